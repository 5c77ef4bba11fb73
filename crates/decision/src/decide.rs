//! The entry: one function for every question.

use model::{GatewayState, KeyState, PrincipalId, Scope, Snapshot};

use crate::call::{Call, Operation, Subject};
use crate::decision::Party;
use crate::manage::{self, Manage};
use crate::mask;
use crate::reach::{self, Access};
use crate::{Decision, Question, Reason, Through};

/// What a decision rests on.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The organization whose gateway, workspace and server it concerns.
    pub host: &'a Snapshot,
    /// The organization that the principal and its key belong to; mostly the same one.
    pub home: &'a Snapshot,
}

/// Anything that can be asked.
#[derive(Debug, Clone, Copy)]
pub enum Request<'a> {
    /// A gateway asks about a call.
    Call(Call<'a>),
    /// A person (or somebody who is none) wants to manage.
    Manage(Manage),
}

impl<'a> From<Call<'a>> for Request<'a> {
    fn from(call: Call<'a>) -> Self {
        Self::Call(call)
    }
}

impl From<Manage> for Request<'_> {
    fn from(manage: Manage) -> Self {
        Self::Manage(manage)
    }
}

impl<'a> Facts<'a> {
    /// Facts of one organization, which is both.
    pub fn of(snapshot: &'a Snapshot) -> Self {
        Self { host: snapshot, home: snapshot }
    }

    pub(crate) fn begin(&self) -> Decision {
        let mut decision = Decision::undecided();
        decision.organization = self.host.organization().map(|o| o.id);
        decision.revision = self.host.revision();
        let home = self.home.organization().map(|o| o.id);
        decision.home =
            home.filter(|id| Some(*id) != decision.organization).map(|id| (id, self.home.revision()));
        decision
    }
}

/// Answers any request. Pure and total: what cannot be decided is denied.
pub fn decide<'a>(facts: &Facts<'_>, request: impl Into<Request<'a>>) -> Decision {
    let mut decision = facts.begin();
    match request.into() {
        Request::Manage(request) => manage::decide(facts, &request, &mut decision),
        Request::Call(call) => {
            decide_call(facts, &call, &mut decision);
            decision.conclude();
            mask::mask(&mut decision, facts, &call);
        }
    }
    decision
}

fn decide_call(facts: &Facts<'_>, call: &Call<'_>, decision: &mut Decision) {
    if !gateway(facts, call, decision) {
        return;
    }
    let Some((principal, key_scope)) = credential(facts, call, decision) else { return };
    let access = Access {
        principal,
        server: call.server,
        workspace: call.workspace,
        operation: call.operation,
        delegation_presented: call.delegation_presented,
        key_scope,
        only: None,
    };
    reach::decide(facts, &access, decision);
}

/// Question 1: is the gateway active, and can the call be understood?
fn gateway(facts: &Facts<'_>, call: &Call<'_>, decision: &mut Decision) -> bool {
    let gateway = facts.host.gateway(call.gateway);
    let active = gateway.is_some_and(|g| matches!(g.state, GatewayState::Active));
    let unseen_allowed = gateway.is_some_and(|g| g.allows_unseen_tools);
    let stops = match call.operation {
        _ if !active => Some(Reason::GatewayInactive),
        Operation::Malformed => Some(Reason::Malformed),
        Operation::UnknownMethod { .. } => Some(Reason::MethodUnknown),
        Operation::Unseen if !unseen_allowed => Some(Reason::ToolUnseen),
        _ => None,
    };
    match stops {
        Some(reason) => decision.stops(Question::Gateway, reason, None),
        None => decision.holds(Question::Gateway, None),
    }
    stops.is_none()
}

/// Question 2: who is it, and does the credential verify within its own limits?
///
/// A caller that proves nothing is told nothing more: the later questions are not asked.
fn credential<'f>(
    facts: &Facts<'f>,
    call: &Call<'_>,
    decision: &mut Decision,
) -> Option<(PrincipalId, Option<&'f Scope>)> {
    let refuse = |decision: &mut Decision, reason| {
        decision.stops(Question::Credential, reason, None);
        None
    };
    let asserts = facts.host.gateway(call.gateway).is_some_and(|g| g.may_assert_subjects);
    let id = match call.subject {
        Subject::Missing => return refuse(decision, Reason::CredentialMissing),
        Subject::Unknown => return refuse(decision, Reason::CredentialUnknown),
        Subject::Asserted(_) | Subject::AssertedUnknown if !asserts => {
            return refuse(decision, Reason::SubjectNotAssertable);
        }
        Subject::AssertedUnknown => return refuse(decision, Reason::SubjectUnknown),
        Subject::Asserted(principal) => {
            name_actor(facts, principal, decision);
            decision.holds(Question::Credential, None);
            return Some((principal, None));
        }
        Subject::Key(id) | Subject::Mismatch(id) => id,
    };
    let Some(key) = facts.home.key(id) else { return refuse(decision, Reason::CredentialUnknown) };
    decision.key = Some(id);
    let principal = match key.holder {
        model::Holder::Agent(id) => PrincipalId::Agent(id),
        model::Holder::Robot(id) => PrincipalId::Robot(id),
        model::Holder::Gateway(_) | model::Holder::User(_) | model::Holder::Directory(_) => {
            return refuse(decision, Reason::CredentialKind);
        }
    };
    name_actor(facts, principal, decision);
    let stops = match (&key.state, call.subject) {
        (KeyState::Revoked(_), _) => Some(Reason::CredentialRevoked),
        _ if !key.counts_at(call.now) => Some(Reason::CredentialExpired),
        (_, Subject::Mismatch(_)) => Some(Reason::SubjectMismatch),
        _ if !key.limits.allows_address(call.address) => Some(Reason::AddressNotAllowed),
        _ if !key.limits.allows_gateway(call.gateway) => Some(Reason::GatewayNotAllowed),
        _ if key.limits.max_uses.is_some_and(|most| call.uses >= most) => Some(Reason::UsesExhausted),
        _ => None,
    };
    if let Some(reason) = stops {
        decision.stops(Question::Credential, reason, Some(Through::Key(id)));
        return None;
    }
    decision.holds(Question::Credential, Some(Through::Key(id)));
    Some((principal, key.limits.scope.as_ref()))
}

/// Writes the two principals into the decision: who acts, and who answers for it.
pub(crate) fn name_actor(facts: &Facts<'_>, principal: PrincipalId, decision: &mut Decision) {
    let party = |id| Party { id, name: facts.home.name_of(id).unwrap_or("").to_owned() };
    let agent = reach::agent_of(facts, principal);
    decision.actor = Some(match agent {
        Some(agent) => Party { id: principal, name: agent.name.to_string() },
        None => party(principal),
    });
    decision.owner = agent.map(|agent| party(PrincipalId::User(agent.owner)));
}
