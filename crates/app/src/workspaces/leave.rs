use decision::{Action, Permit};
use model::{
    Agent, AgentId, AgentState, Edit, FactKind, Member, UserId, WorkspaceId, WorkspaceMembership,
    WorkspaceMembershipId, cascade,
};

use crate::members::Cut;
use crate::plan::sentence;
use crate::workspaces::agents::reaches;
use crate::workspaces::place::permit;
use crate::{Error, Plan, Planning};

/// What ended with a place in a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Memberships and invitations that ended.
    pub cut: Cut,
    /// Agents of the organization that were there through this person and are out with them.
    pub agents_out: Vec<AgentId>,
}

/// Takes a person out of a workspace, with every role they have there. Their agents are out in the same revision,
/// because an agent's access is computed from its owner's.
pub fn leave(
    planning: &Planning<'_>,
    workspace: WorkspaceId,
    user: UserId,
    reason: &str,
) -> Result<Plan<Left>, Error> {
    let member = Member::User(user);
    let permit = permit(planning, Action::WorkspaceMembershipRemove, workspace, member)?;
    if planning.facts.roles_held(member, workspace).next().is_none() {
        return Err(Error::NotFound(FactKind::WorkspaceMembership));
    }
    all_of_it(planning, permit, workspace, user, reason)
}

/// Takes one role from a person or robot in a workspace. With their last one they have left it.
pub fn leave_one(
    planning: &Planning<'_>,
    workspace: WorkspaceId,
    id: WorkspaceMembershipId,
    reason: &str,
) -> Result<Plan<Left>, Error> {
    let membership = membership(planning, workspace, id)?;
    let permit = permit(planning, Action::WorkspaceMembershipRemove, workspace, membership.member)?;
    planning.still(membership.clone())?;
    let last = planning.facts.roles_held(membership.member, workspace).all(|(held, _)| held == id);
    if let (Member::User(user), true) = (membership.member, last) {
        return all_of_it(planning, permit, workspace, user, reason);
    }
    let edits = vec![Edit::remove(membership.clone())];
    let left = Left { cut: Cut::of(&edits), agents_out: Vec::new() };
    Ok(Plan::new(permit, edits, left).because(sentence("reason", reason)?))
}

fn membership<'a>(
    planning: &Planning<'a>,
    workspace: WorkspaceId,
    id: WorkspaceMembershipId,
) -> Result<&'a WorkspaceMembership, Error> {
    let found =
        planning.facts.workspace_membership(id).filter(|membership| membership.workspace == workspace);
    found.map(AsRef::as_ref).ok_or(Error::NotFound(FactKind::WorkspaceMembership))
}

fn all_of_it(
    planning: &Planning<'_>,
    permit: Permit,
    workspace: WorkspaceId,
    user: UserId,
    reason: &str,
) -> Result<Plan<Left>, Error> {
    let reason = sentence("reason", reason)?;
    let edits = cascade::workspace_lost(planning.facts, user, workspace, &planning.because(&reason));
    let there = |agent: &Agent| reaches(agent, workspace) && !matches!(agent.state, AgentState::Revoked(_));
    let agents = planning.facts.agents_of(user).filter(|agent| there(agent));
    let left = Left { cut: Cut::of(&edits), agents_out: agents.map(|agent| agent.id).collect() };
    Ok(Plan::new(permit, edits, left).because(reason))
}
