//! Who the subject of an evaluation is. Three encodings of an agent mean the same: the agent itself as the subject,
//! the person with the agent in `context.agent`, and the person with `properties.act`.

use enforcement::Claim;
use model::{AgentId, PrincipalId, RobotId, Snapshot, UserId};
use serde_json::Value;

use crate::gateways::authzen::entity::{Entity, Evaluation};

/// Who acts, as the gateway says.
///
/// An agent that is said to act for a person is taken at that word only where the person is its owner: acting for
/// others needs a delegation, and none can be verified yet. Otherwise it is nobody, and denied.
pub(crate) fn claim(facts: &Snapshot, evaluation: &Evaluation<'_>) -> Claim {
    let subject = principal(facts, &evaluation.subject);
    let claimed = match agent(evaluation) {
        Ok(None) => subject,
        Ok(Some(agent)) => {
            subject.filter(|subject| acts_for(facts, agent, *subject)).map(|_| PrincipalId::Agent(agent))
        }
        Err(Unclear) => None,
    };
    claimed.map_or(Claim::Nobody, Claim::Principal)
}

fn principal(facts: &Snapshot, subject: &Entity<'_>) -> Option<PrincipalId> {
    let id = subject.id;
    match subject.kind {
        "agent" => id.parse().ok().map(PrincipalId::Agent),
        "robot" => id.parse().ok().map(PrincipalId::Robot),
        "user" => id.parse().ok().map(PrincipalId::User),
        // The interoperability profiles call everybody so.
        "identity" => {
            let id = id.parse::<UserId>().ok()?.uuid();
            let any = [
                PrincipalId::User(UserId::from_uuid(id)),
                PrincipalId::Agent(AgentId::from_uuid(id)),
                PrincipalId::Robot(RobotId::from_uuid(id)),
            ];
            any.into_iter().find(|principal| facts.name_of(*principal).is_some())
        }
        _ => None,
    }
}

/// An agent is named in a way that cannot be understood, or two different ones are.
struct Unclear;

/// The agent beside the subject, where one is named.
fn agent(evaluation: &Evaluation<'_>) -> Result<Option<AgentId>, Unclear> {
    let in_context = evaluation.context("agent").map(parse).transpose()?;
    let in_act = evaluation.subject.property("act").map(act).transpose()?;
    match (in_context, in_act) {
        (Some(one), Some(other)) if one != other => Err(Unclear),
        (one, other) => Ok(one.or(other)),
    }
}

fn parse(id: &Value) -> Result<AgentId, Unclear> {
    id.as_str().and_then(|id| id.parse().ok()).ok_or(Unclear)
}

/// The newest actor of a chain is the outermost; it alone decides.
fn act(act: &Value) -> Result<AgentId, Unclear> {
    match act.get("sub_profile").and_then(Value::as_str) {
        Some("ai_agent") => parse(act.get("sub").ok_or(Unclear)?),
        _ => Err(Unclear),
    }
}

fn acts_for(facts: &Snapshot, agent: AgentId, subject: PrincipalId) -> bool {
    match subject {
        PrincipalId::Agent(same) => same == agent,
        PrincipalId::User(person) => facts.agent(agent).is_some_and(|agent| agent.owner == person),
        PrincipalId::Robot(_) => false,
    }
}
