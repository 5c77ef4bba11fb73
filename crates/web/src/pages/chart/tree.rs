use app::Reading;
use decision::{Action, On};
use model::{
    Agent, AgentState, Member, OrganizationMembership, OrganizationRole, Robot, RobotState, UserId,
    WorkspaceId,
};

/// So many agents stand under a person; more are counted, and their list is one link away.
const AGENTS: usize = 12;

/// A person and what they answer for.
#[derive(Debug)]
pub(super) struct Branch {
    /// Who.
    pub(super) id: UserId,
    /// What they are called.
    pub(super) name: String,
    /// As what.
    pub(super) role: OrganizationRole,
    /// Whether they are deactivated.
    pub(super) suspended: bool,
    /// The first of their agents.
    pub(super) agents: Vec<Leaf>,
    /// How many more there are.
    pub(super) more: usize,
}

/// An agent or a robot.
#[derive(Debug)]
pub(super) struct Leaf {
    /// Its id.
    pub(super) id: uuid::Uuid,
    /// What it is called.
    pub(super) name: String,
    /// The state it is in.
    pub(super) state: &'static str,
}

/// The people of the organization, or of one workspace of it: who answers for the most first.
pub(super) fn branches(reading: &Reading, workspace: Option<WorkspaceId>) -> Vec<Branch> {
    let facts = &reading.facts;
    let all_agents = reading.may(Action::AgentRead, On::Organization);
    let here = |member: &&std::sync::Arc<OrganizationMembership>| {
        workspace.is_none_or(|id| facts.roles_held(Member::User(member.user), id).next().is_some())
    };
    let mut branches: Vec<Branch> = facts
        .list_members(None)
        .filter(here)
        .map(|member| {
            let own = reading.caller.principal == Some(model::PrincipalId::User(member.user));
            branch(reading, member, all_agents || own)
        })
        .collect();
    branches.sort_by_cached_key(|branch| {
        let agents = branch.agents.len().saturating_add(branch.more);
        (std::cmp::Reverse(agents), branch.name.to_lowercase(), branch.id)
    });
    branches
}

fn branch(reading: &Reading, member: &OrganizationMembership, sees_agents: bool) -> Branch {
    let facts = &reading.facts;
    let agents: Vec<&Agent> = facts
        .agents_of(member.user)
        .map(AsRef::as_ref)
        .filter(|agent| sees_agents && !matches!(agent.state, AgentState::Revoked(_)))
        .collect();
    let leaf = |agent: &&Agent| Leaf {
        id: agent.id.uuid(),
        name: agent.name.to_string(),
        state: agent.state.as_str(),
    };
    Branch {
        id: member.user,
        name: facts.user(member.user).map(|user| user.name.to_string()).unwrap_or_default(),
        role: member.role,
        suspended: !member.is_active(),
        agents: agents.iter().take(AGENTS).map(leaf).collect(),
        more: agents.len().saturating_sub(AGENTS),
    }
}

/// The robots of the organization, or of one workspace of it, by name.
pub(super) fn robots(reading: &Reading, workspace: Option<WorkspaceId>) -> Vec<Leaf> {
    let facts = &reading.facts;
    let here = |robot: &&std::sync::Arc<Robot>| {
        !matches!(robot.state, RobotState::Deleted(_))
            && workspace.is_none_or(|id| facts.roles_held(Member::Robot(robot.id), id).next().is_some())
            && reading.may(Action::RobotRead, On::Robot(robot.id))
    };
    let leaf = |robot: &std::sync::Arc<Robot>| Leaf {
        id: robot.id.uuid(),
        name: robot.name.to_string(),
        state: robot.state.as_str(),
    };
    let mut robots: Vec<Leaf> = facts.list_robots(None).filter(here).map(leaf).collect();
    robots.sort_by_cached_key(|leaf| (leaf.name.to_lowercase(), leaf.id));
    robots
}
