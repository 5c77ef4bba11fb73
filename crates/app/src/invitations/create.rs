use decision::{Action, On, Permit};
use model::{
    Agent, AgentId, AgentState, Edit, FactKind, Invitation, InvitationId, InvitationState, Member,
    OrganizationRole, UserId, Workspace, WorkspaceId,
};

use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Asks for an agent to be let into a workspace whose access mode is explicit. Counts at once where the workspace
/// says so; otherwise an administrator there answers.
///
/// The agent is looked for in [`Planning::home`]. Its owner has to be in the workspace: it can never hold more there
/// than they do. `message` is for whoever answers.
pub fn invite(
    planning: &Planning<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    message: &str,
) -> Result<Plan<Invitation>, Error> {
    planning.permit(Action::WorkspaceRead, On::Workspace(workspace))?;
    let workspace = planning.workspace(workspace)?;
    let permit = permit(planning, agent)?;
    let agent = planning.home.agent(agent).ok_or(Error::NotFound(FactKind::Agent))?;
    let home = planning.home.organization().ok_or(Error::NotFound(FactKind::Organization))?.id;
    may_ask(planning, workspace, agent)?;
    let mut edits = superseded(planning, workspace.id, agent)?;
    let asked = Invitation {
        id: InvitationId::draw(planning.now, &mut planning.entropy()),
        workspace: workspace.id,
        agent_organization: home,
        agent: agent.id,
        invited_by: agent.owner,
        message: sentence("message", message)?,
        state: InvitationState::Pending,
    };
    let invitation = if workspace.auto_accept_agents {
        asked.accept(planning.because("accepted by the rule of the workspace"))?
    } else {
        asked
    };
    edits.push(Edit::create(invitation.clone()));
    Ok(Plan::new(permit, edits, invitation))
}

/// A refusal about an agent of another organization, or about none, never tells whether there is one.
fn permit(planning: &Planning<'_>, agent: AgentId) -> Result<Permit, Error> {
    let own = planning.facts.agent(agent).is_some();
    planning.permit(Action::InvitationCreate, On::Agent(agent)).map_err(|error| match error {
        Error::Denied(denial) if !own => Error::Hidden(denial),
        other => other,
    })
}

fn may_ask(planning: &Planning<'_>, workspace: &Workspace, agent: &Agent) -> Result<(), Error> {
    let conflict = |code, detail: &str| Err(Error::Conflict { code, detail: detail.to_owned() });
    if !matches!(agent.state, AgentState::Live | AgentState::Paused(_)) {
        return conflict("state", "the agent has ended, or nobody answers for it");
    }
    if !is_in(planning, workspace.id, agent.owner) {
        return conflict("not_a_member", "its owner is not in the workspace");
    }
    let guest =
        planning.facts.member(agent.owner).is_some_and(|member| member.role == OrganizationRole::Guest);
    if guest && !workspace.guest_agents {
        return conflict("guest_agents_refused", "the workspace does not let in the agents of guests");
    }
    let open = planning
        .facts
        .invitations_of(agent.id, workspace.id)
        .any(|invitation| invitation.invited_by == agent.owner && is_open(invitation));
    if open {
        return conflict("taken", "the agent is invited to this workspace already");
    }
    Ok(())
}

fn is_in(planning: &Planning<'_>, workspace: WorkspaceId, user: UserId) -> bool {
    planning.facts.roles_held(Member::User(user), workspace).next().is_some()
}

fn is_open(invitation: &Invitation) -> bool {
    matches!(invitation.state, InvitationState::Pending | InvitationState::Accepted(_))
}

/// Invitations by former owners end with the new one: should the agent go back, they must not count again unasked.
fn superseded(planning: &Planning<'_>, workspace: WorkspaceId, agent: &Agent) -> Result<Vec<Edit>, Error> {
    let because = planning.because("superseded: the agent was handed over");
    planning
        .facts
        .invitations_of(agent.id, workspace)
        .filter(|invitation| is_open(invitation))
        .map(|invitation| {
            let before = Invitation::clone(invitation);
            Ok(Edit::update(before.clone(), before.withdraw(because.clone())?))
        })
        .collect()
}
