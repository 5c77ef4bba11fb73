//! Questions 3 to 8 of a call: what holds for a principal, however it proved itself.

use model::{
    AccessMode, Agent, AgentState, Ceiling, CredentialMode, IdentityMode, Member, OrganizationRole,
    PrincipalId, RobotState, Server, ServerId, Snapshot, ToolState, UserId, Workspace, WorkspaceId,
};

use crate::call::Operation;
use crate::decision::Place;
use crate::{Decision, Facts, Question, Reason, Through};

/// What a principal wants, without how it proved itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Access<'a> {
    pub(crate) principal: PrincipalId,
    pub(crate) server: &'a str,
    pub(crate) workspace: Option<&'a str>,
    pub(crate) operation: Operation<'a>,
    pub(crate) delegation_presented: bool,
}

/// Where a call turned out to go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Where {
    pub(crate) server: ServerId,
    pub(crate) workspace: Option<WorkspaceId>,
}

/// Asks everything that can be asked. Once the principal stands, a question that stops does not keep the later ones
/// from being asked: all are kept as evidence, and the first is the reason.
pub(crate) fn decide(facts: &Facts<'_>, access: &Access<'_>, decision: &mut Decision) -> Option<Where> {
    let standing = principal(facts, access.principal);
    let owner = decision.owner_id().map(Through::Owner);
    if let Err(reason) = standing {
        decision.stops(Question::Principal, reason, owner);
        return None;
    }
    decision.holds(Question::Principal, owner);
    let host = facts.host;
    let Some(server) = host.server_by_slug(access.server).filter(|s| s.is_active()) else {
        decision.stops(Question::Reach, Reason::ServerUnknown, None);
        return None;
    };
    decision.server = Some(Place { id: server.id, name: server.slug.to_string() });
    let member = member_of(facts, access.principal);
    let workspace = match workspace(host, server, access.workspace, member) {
        Ok(workspace) => workspace,
        Err(reason) => {
            decision.stops(Question::Reach, reason, None);
            return Some(Where { server: server.id, workspace: None });
        }
    };
    decision.workspace = Some(Place { id: workspace.id, name: workspace.slug.to_string() });
    let agent = match access.principal {
        PrincipalId::Agent(id) => facts.home.agent(id).map(AsRef::as_ref),
        PrincipalId::User(_) | PrincipalId::Robot(_) => None,
    };
    enter(host, workspace, member, agent, decision);
    tool(host, server, &access.operation, decision);
    grant(host, server, workspace.id, member, &access.operation, decision);
    ceiling(host, server, workspace.id, agent, &access.operation, decision);
    identity(server, workspace, access, decision);
    Some(Where { server: server.id, workspace: Some(workspace.id) })
}

/// Question 3: are the principal, its organization and its owner active?
fn principal(facts: &Facts<'_>, principal: PrincipalId) -> Result<(), Reason> {
    let active = |snapshot: &Snapshot| snapshot.organization().is_some_and(|o| o.is_active());
    if !active(facts.host) || !active(facts.home) {
        return Err(Reason::OrganizationSuspended);
    }
    match principal {
        PrincipalId::Agent(id) => {
            let agent = facts.home.agent(id).ok_or(Reason::SubjectUnknown)?;
            agent_stands(facts, agent)
        }
        PrincipalId::Robot(id) => match facts.home.robot(id).map(|robot| &robot.state) {
            Some(RobotState::Live) => Ok(()),
            Some(RobotState::Paused(_)) => Err(Reason::RobotPaused),
            Some(RobotState::Deleted(_)) => Err(Reason::RobotDeleted),
            None => Err(Reason::SubjectUnknown),
        },
        PrincipalId::User(id) => {
            if member_is_active(facts.home, id) {
                Ok(())
            } else {
                Err(Reason::UserInactive)
            }
        }
    }
}

fn agent_stands(facts: &Facts<'_>, agent: &Agent) -> Result<(), Reason> {
    match agent.state {
        AgentState::Revoked(_) => return Err(Reason::AgentRevoked),
        AgentState::Unowned(_) => return Err(Reason::AgentUnowned),
        AgentState::Paused(_) => return Err(Reason::AgentPaused),
        AgentState::Live => {}
    }
    // The stop button stops every agent at work in the organization: its own and those of its guests.
    let stopped = |snapshot: &Snapshot| snapshot.organization().is_some_and(|o| o.agents_are_stopped());
    if stopped(facts.home) || stopped(facts.host) {
        return Err(Reason::AgentsStopped);
    }
    if member_is_active(facts.home, agent.owner) { Ok(()) } else { Err(Reason::OwnerInactive) }
}

fn member_is_active(snapshot: &Snapshot, user: UserId) -> bool {
    snapshot.member(user).is_some_and(|member| member.is_active())
}

/// Whose memberships count: an agent's owner's, otherwise the principal's own.
fn member_of(facts: &Facts<'_>, principal: PrincipalId) -> Option<Member> {
    match principal {
        PrincipalId::User(id) => Some(Member::User(id)),
        PrincipalId::Robot(id) => Some(Member::Robot(id)),
        PrincipalId::Agent(id) => facts.home.agent(id).map(|agent| Member::User(agent.owner)),
    }
}

/// Question 4, first half: in which workspace is the call made?
fn workspace<'s>(
    host: &'s Snapshot,
    server: &Server,
    named: Option<&str>,
    member: Option<Member>,
) -> Result<&'s Workspace, Reason> {
    if let Some(slug) = named {
        let workspace = host.workspace_by_slug(slug).ok_or(Reason::WorkspaceUnknown)?;
        let attached = host.is_attached(server.id, workspace.id);
        return if attached { Ok(workspace) } else { Err(Reason::ServerUnreachable) };
    }
    let mut places = host.places_of(server.id);
    let first = places.next().ok_or(Reason::ServerUnreachable)?;
    if places.next().is_some() {
        let reached = |id| member.is_some_and(|m| host.roles_held(m, id).next().is_some());
        let any = host.places_of(server.id).any(reached);
        return Err(if any { Reason::WorkspaceRequired } else { Reason::NotAMember });
    }
    host.workspace(first).map(AsRef::as_ref).ok_or(Reason::ServerUnreachable)
}

/// Question 4, second half: does the principal reach that workspace?
fn enter(
    host: &Snapshot,
    workspace: &Workspace,
    member: Option<Member>,
    agent: Option<&Agent>,
    decision: &mut Decision,
) {
    let membership =
        member.filter(|m| counts_here(host, *m)).and_then(|m| host.roles_held(m, workspace.id).next());
    let Some((membership, _)) = membership else {
        return decision.stops(Question::Reach, Reason::NotAMember, None);
    };
    decision.holds(Question::Reach, Some(Through::Membership(membership)));
    let Some(agent) = agent else { return };
    let guest = host.member(agent.owner).is_some_and(|m| m.role == OrganizationRole::Guest);
    if guest && !workspace.guest_agents {
        decision.stops(Question::Reach, Reason::GuestAgentsRefused, None);
    }
    if workspace.access_mode == AccessMode::Explicit {
        let accepted = host
            .invitations_of(agent.id, workspace.id)
            .find(|invitation| invitation.is_accepted() && invitation.invited_by == agent.owner);
        match accepted {
            Some(invitation) => decision.holds(Question::Reach, Some(Through::Invitation(invitation.id))),
            None => decision.stops(Question::Reach, Reason::InvitationRequired, None),
        }
    }
}

/// A person's memberships in workspaces count only while their membership in the organization does.
fn counts_here(host: &Snapshot, member: Member) -> bool {
    match member {
        Member::User(id) => member_is_active(host, id),
        Member::Robot(id) => host.robot(id).is_some(),
    }
}

/// Question 5: is the tool known, offered, and as it was when a person reviewed it?
fn tool(host: &Snapshot, server: &Server, operation: &Operation<'_>, decision: &mut Decision) {
    let Some(name) = operation.tool() else { return };
    let Some(tool) = host.tool_by_name(server.id, name).filter(|t| t.state == ToolState::Offered) else {
        return decision.stops(Question::Tool, Reason::ToolUnknown, None);
    };
    decision.tool = Some(Place { id: tool.id, name: tool.name.to_string() });
    if tool.is_reviewed() {
        decision.holds(Question::Tool, None);
    } else {
        decision.stops(Question::Tool, Reason::ToolChanged, None);
    }
}

/// Question 6: does a grant of a role held there reach it, with these arguments?
fn grant(
    host: &Snapshot,
    server: &Server,
    workspace: WorkspaceId,
    member: Option<Member>,
    operation: &Operation<'_>,
    decision: &mut Decision,
) {
    let mut nearest = Reason::NotGranted;
    let roles = member.into_iter().flat_map(|m| host.roles_held(m, workspace));
    for grant in roles.flat_map(|(_, role)| host.grants_on(role, server.id)) {
        let reaches = operation.tool().is_none_or(|tool| grant.tools.matches(tool));
        let arguments = match operation {
            Operation::Tool { arguments, .. } => *arguments,
            _ => None,
        };
        let limited = matches!(operation, Operation::Tool { .. }) && !grant.constraints.is_empty();
        match (reaches, limited, arguments) {
            (false, ..) => {}
            (true, true, None) => nearest = Reason::ArgumentsMissing,
            (true, true, Some(given)) if !grant.constraints.iter().all(|c| c.holds(given)) => {
                nearest = Reason::ArgumentNotAllowed;
            }
            (true, ..) => return decision.holds(Question::Grant, Some(Through::Grant(grant.id))),
        }
    }
    decision.stops(Question::Grant, nearest, None);
}

/// Question 7: is it inside the agent's scope, outside its never-list and its overrides?
fn ceiling(
    host: &Snapshot,
    server: &Server,
    workspace: WorkspaceId,
    agent: Option<&Agent>,
    operation: &Operation<'_>,
    decision: &mut Decision,
) {
    let Some(agent) = agent else { return };
    let asked = Ceiling { workspace: Some(workspace), server: Some(server.id), tool: operation.tool() };
    match agent.scope.reaching(&asked) {
        Some(entry) => decision.holds(Question::Ceiling, Some(Through::Entry(entry))),
        None => decision.stops(Question::Ceiling, Reason::OutsideScope, None),
    }
    if let Some(entry) = agent.never.forbidding(&asked) {
        decision.stops(Question::Ceiling, Reason::NeverListed, Some(Through::Entry(entry)));
    }
    let narrowed = host.overrides_on(agent.id, workspace).find(|o| o.refuses(server.id, operation.tool()));
    if let Some(narrowed) = narrowed {
        decision.stops(Question::Ceiling, Reason::BlockedHere, Some(Through::Override(narrowed.id)));
    }
}

/// Question 8: may this principal act alone here?
///
/// Acting on behalf of a person comes with delegations. Until a delegation can be verified, one that is presented
/// cannot be decided, and is denied.
fn identity(server: &Server, workspace: &Workspace, access: &Access<'_>, decision: &mut Decision) {
    let mode = workspace.identity_mode.map_or(server.identity_mode, |mode| mode.max(server.identity_mode));
    let needs_user = mode != IdentityMode::Agent || server.credential_mode == CredentialMode::Personal;
    let stops = match access.principal {
        _ if access.delegation_presented => Some(Reason::DelegationUnknown),
        PrincipalId::User(_) => None,
        PrincipalId::Robot(_) if server.credential_mode == CredentialMode::Personal => {
            Some(Reason::PersonalServer)
        }
        _ if needs_user => Some(Reason::UserRequired),
        _ => None,
    };
    match stops {
        Some(reason) => decision.stops(Question::Identity, reason, None),
        None => decision.holds(Question::Identity, None),
    }
}

/// Chooses what the caller is told. Where the full reason, or any other step that stops, depends on whether a thing
/// exists, the answer is worked out from names alone, as if it did not: from the agent's own scope, which is the
/// agent's to know.
pub(crate) fn mask(decision: &mut Decision, facts: &Facts<'_>, tool: Option<&str>) {
    if !decision.steps.iter().any(|step| step.stops.is_some_and(Reason::reveals_existence)) {
        return;
    }
    let agent = match decision.actor.as_ref().map(|party| party.id) {
        Some(PrincipalId::Agent(id)) => facts.home.agent(id),
        _ => None,
    };
    let asked = Ceiling {
        workspace: decision.workspace.as_ref().map(|place| place.id),
        server: decision.server.as_ref().map(|place| place.id),
        tool,
    };
    let outside = agent.is_some_and(|agent| agent.scope.reaching(&asked).is_none());
    decision.public_reason = if outside { Reason::OutsideScope } else { Reason::NotGranted };
}
