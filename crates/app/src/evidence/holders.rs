//! Who may use a tool, each with the links by which they come to it: asked of the same evaluator that answers gateways.

use decision::{Action, Decision, Facts, On, Operation, Through};
use model::{GrantId, Member, PrincipalId, RoleId, Snapshot, ToolId, UserId, WorkspaceId};
use std::collections::BTreeSet;

use crate::{Error, Reading};

/// Principals that are asked about for one answer: each costs the evaluator some microseconds.
pub const ASKED_ABOUT: usize = 20_000;
/// Holders that one answer has.
pub const MOST_HOLDERS: usize = 1_000;

/// Somebody who may use a tool, and by which links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Who.
    pub principal: PrincipalId,
    /// Who answers for it, where it is an agent.
    pub owner: Option<UserId>,
    /// In which workspace.
    pub workspace: WorkspaceId,
    /// By which role.
    pub role: Option<RoleId>,
    /// By which grant of it.
    pub grant: Option<GrantId>,
}

/// The answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holders {
    /// Who may, workspace by workspace: people, agents, robots.
    pub held: Vec<Held>,
    /// How many were asked about.
    pub asked_about: usize,
    /// Whether there are more who were not asked about, or are not told.
    pub is_cut: bool,
}

/// Everybody of the organization who may call a tool with some arguments, in one workspace or in each that offers its
/// server.
pub fn holders(reading: &Reading, tool: ToolId, workspace: Option<WorkspaceId>) -> Result<Holders, Error> {
    reading.check(Action::DecisionRead, On::Evidence(None))?;
    let facts = &reading.facts;
    let mut holders = Holders::default();
    let Some(tool) = facts.tool(tool) else { return Ok(holders) };
    let Some(server) = facts.server(tool.server) else { return Ok(holders) };
    let eyes = Facts::of(facts);
    let places: Vec<WorkspaceId> =
        facts.places_of(tool.server).filter(|place| workspace.is_none_or(|only| only == *place)).collect();
    for place in places {
        let Some(slug) = facts.workspace(place).map(|workspace| workspace.slug.clone()) else { continue };
        for principal in reaching(facts, place) {
            if holders.asked_about >= ASKED_ABOUT || holders.held.len() >= MOST_HOLDERS {
                holders.is_cut = true;
                return Ok(holders);
            }
            holders.asked_about += 1;
            let operation = Operation::Visibility { name: tool.name.as_str() };
            let decision =
                decision::why(&eyes, principal, server.slug.as_str(), Some(slug.as_str()), operation);
            if decision.is_allowed() {
                holders.held.push(Held::of(facts, principal, place, &decision));
            }
        }
    }
    Ok(holders)
}

/// Who can reach a workspace at all: its members, and the agents that they answer for. To ask about others would only
/// tell that they are no members.
fn reaching(facts: &Snapshot, place: WorkspaceId) -> impl Iterator<Item = PrincipalId> + '_ {
    let members: BTreeSet<Member> = facts.memberships_in(place).map(|membership| membership.member).collect();
    let users = members.iter().filter_map(|member| match member {
        Member::User(user) => Some(*user),
        Member::Robot(_) => None,
    });
    let users: Vec<UserId> = users.collect();
    let robots: Vec<PrincipalId> = members
        .iter()
        .filter_map(|member| match member {
            Member::Robot(robot) => Some(PrincipalId::Robot(*robot)),
            Member::User(_) => None,
        })
        .collect();
    let of_each = users.into_iter().flat_map(move |user| {
        let agents = facts.agents_of(user).map(|agent| PrincipalId::Agent(agent.id));
        std::iter::once(PrincipalId::User(user)).chain(agents)
    });
    of_each.chain(robots)
}

impl Held {
    fn of(facts: &Snapshot, principal: PrincipalId, workspace: WorkspaceId, decision: &Decision) -> Self {
        let grant = decision.steps.iter().find_map(|step| match step.through {
            Some(Through::Grant(id)) => Some(id),
            _ => None,
        });
        let role = grant.and_then(|id| facts.grant(id)).map(|grant| grant.role);
        Self { principal, owner: decision.owner_id(), workspace, role, grant }
    }
}
