//! Questions 3 to 8 of a call: what holds for a principal, however it proved itself.

use std::sync::Arc;

use model::{
    AccessMode, Agent, AgentState, Ceiling, CredentialMode, Grant, GrantId, IdentityMode, Member,
    OrganizationRole, PrincipalId, RobotState, RoleId, Scope, Server, ServerId, Snapshot, ToolState, UserId,
    Workspace, WorkspaceId,
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
    /// The ceiling of the key it came with, where that has one of its own.
    pub(crate) key_scope: Option<&'a Scope>,
    /// The one grant that counts, where it is asked what each would give.
    pub(crate) only: Option<GrantId>,
}

/// Where a principal came to: what is the same for every tool of a server.
#[derive(Debug, Clone, Copy)]
pub(crate) struct There<'f> {
    agent: Option<&'f Agent>,
    member: Option<Member>,
    pub(crate) server: &'f Server,
    workspace: &'f Workspace,
}

/// Asks everything that can be asked. Once the principal stands, a question that stops does not keep the later ones
/// from being asked: all are kept as evidence, and the first is the reason.
pub(crate) fn decide(facts: &Facts<'_>, access: &Access<'_>, decision: &mut Decision) {
    if let Some(there) = come(facts, access, decision) {
        use_tool(facts.host, &there, access, decision);
    }
}

/// Questions 3 and 4, which are not about the tool. None: they stop before anything further can be asked.
pub(crate) fn come<'f>(facts: &Facts<'f>, access: &Access<'_>, decision: &mut Decision) -> Option<There<'f>> {
    let agent = agent_of(facts, access.principal);
    let standing = principal(facts, access.principal, agent);
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
    let member = member_of(access.principal, agent);
    let workspace = match workspace(host, server, access, member, agent) {
        Ok(workspace) => workspace,
        Err(reason) => {
            decision.stops(Question::Reach, reason, None);
            return None;
        }
    };
    decision.workspace = Some(Place { id: workspace.id, name: workspace.slug.to_string() });
    enter(host, workspace, member, agent, decision);
    Some(There { agent, member, server, workspace })
}

/// Questions 5 to 8, which are about the tool.
pub(crate) fn use_tool(host: &Snapshot, there: &There<'_>, access: &Access<'_>, decision: &mut Decision) {
    let There { agent, member, server, workspace } = *there;
    tool(host, server, &access.operation, decision);
    grant(host, server, workspace.id, member, access, decision);
    let asked =
        Ceiling { workspace: Some(workspace.id), server: Some(server.id), tool: access.operation.tool() };
    if let Some(agent) = agent {
        within(&agent.scope, &asked, access, Reason::OutsideScope, decision);
        spared(host, agent, &asked, access, decision);
    }
    if let Some(scope) = access.key_scope {
        within(scope, &asked, access, Reason::OutsideKeyScope, decision);
    }
    identity(server, workspace, access, decision);
}

/// Question 3: are the principal, its organization and its owner active?
fn principal(facts: &Facts<'_>, principal: PrincipalId, agent: Option<&Agent>) -> Result<(), Reason> {
    let active = |snapshot: &Snapshot| snapshot.organization().is_some_and(|o| o.is_active());
    if !active(facts.host) || !active(facts.home) {
        return Err(Reason::OrganizationSuspended);
    }
    match principal {
        PrincipalId::Agent(_) => agent_stands(facts, agent.ok_or(Reason::SubjectUnknown)?),
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

/// The agent that the principal is. It belongs to its home.
pub(crate) fn agent_of<'f>(facts: &Facts<'f>, principal: PrincipalId) -> Option<&'f Agent> {
    match principal {
        PrincipalId::Agent(id) => facts.home.agent(id).map(AsRef::as_ref),
        PrincipalId::User(_) | PrincipalId::Robot(_) => None,
    }
}

/// Whose memberships count: an agent's owner's, otherwise the principal's own.
pub(crate) fn member_of(principal: PrincipalId, agent: Option<&Agent>) -> Option<Member> {
    match principal {
        PrincipalId::User(id) => Some(Member::User(id)),
        PrincipalId::Robot(id) => Some(Member::Robot(id)),
        PrincipalId::Agent(_) => agent.map(|agent| Member::User(agent.owner)),
    }
}

/// Question 4, first half: in which workspace is the call made?
fn workspace<'s>(
    host: &'s Snapshot,
    server: &Server,
    access: &Access<'_>,
    member: Option<Member>,
    agent: Option<&Agent>,
) -> Result<&'s Workspace, Reason> {
    if let Some(slug) = access.workspace {
        let workspace = host.workspace_by_slug(slug).ok_or(Reason::WorkspaceUnknown)?;
        let attached = host.is_attached(server.id, workspace.id);
        return if attached { Ok(workspace) } else { Err(Reason::ServerUnreachable) };
    }
    let mut places = host.places_of(server.id);
    let first = places.next().ok_or(Reason::ServerUnreachable)?;
    if places.next().is_some() {
        return Err(ambiguous(host, server, access, member, agent));
    }
    host.workspace(first).map(AsRef::as_ref).ok_or(Reason::ServerUnreachable)
}

/// Why a call to a server of several workspaces stops when it names none. Only who has something to call there is
/// asked to choose: to anybody else the question would tell that the server exists.
fn ambiguous(
    host: &Snapshot,
    server: &Server,
    access: &Access<'_>,
    member: Option<Member>,
    agent: Option<&Agent>,
) -> Reason {
    let holding = |id| member.is_some_and(|m| holds_something(host, m, id, server.id));
    let reaches = |scope: Option<&Scope>, id| {
        let asked = Ceiling { workspace: Some(id), server: Some(server.id), tool: None };
        scope.is_none_or(|scope| scope.reaching(&asked).is_some())
    };
    let held: Vec<WorkspaceId> = host.places_of(server.id).filter(|id| holding(*id)).collect();
    let inside: Vec<WorkspaceId> =
        held.iter().copied().filter(|id| reaches(agent.map(|agent| &agent.scope), *id)).collect();
    match (held.is_empty(), inside.is_empty()) {
        (true, _) => Reason::NotAMember,
        (_, true) => Reason::OutsideScope,
        _ if inside.iter().any(|id| reaches(access.key_scope, *id)) => Reason::WorkspaceRequired,
        _ => Reason::OutsideKeyScope,
    }
}

/// The roles that count: those held there, as far as they still exist.
pub(crate) fn roles(
    host: &Snapshot,
    member: Member,
    workspace: WorkspaceId,
) -> impl Iterator<Item = RoleId> + '_ {
    host.roles_held(member, workspace).map(|(_, role)| role).filter(|role| host.role(*role).is_some())
}

/// Whether any grant there reaches any tool of the server.
pub(crate) fn holds_something(
    host: &Snapshot,
    member: Member,
    workspace: WorkspaceId,
    server: ServerId,
) -> bool {
    roles(host, member, workspace).any(|role| host.grants_on(role, server).next().is_some())
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

/// Question 5: is the tool known, offered, and as it was when a person reviewed it? Where it is not shown it may be
/// any, so all have to be.
fn tool(host: &Snapshot, server: &Server, operation: &Operation<'_>, decision: &mut Decision) {
    if matches!(operation, Operation::Unseen) {
        let mut offered = host.tools_of(server.id).filter(|t| t.state == ToolState::Offered);
        if offered.any(|tool| !tool.is_reviewed()) {
            return decision.stops(Question::Tool, Reason::ToolChanged, None);
        }
    }
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
    access: &Access<'_>,
    decision: &mut Decision,
) {
    let mut nearest = Reason::NotGranted;
    let roles = member.into_iter().flat_map(|m| roles(host, m, workspace));
    let counts = |grant: &&Arc<Grant>| access.only.is_none_or(|only| only == grant.id);
    let named = access.operation.tool();
    for grant in roles.flat_map(|role| host.grants_naming(role, server.id, named)).filter(counts) {
        match falls_short(grant, &access.operation) {
            None => return decision.holds(Question::Grant, Some(Through::Grant(grant.id))),
            Some(Reason::NotGranted) => {}
            Some(nearer) => nearest = nearer,
        }
    }
    decision.stops(Question::Grant, nearest, access.only.map(Through::Grant));
}

/// Why a grant does not reach the operation, if it does not.
fn falls_short(grant: &Grant, operation: &Operation<'_>) -> Option<Reason> {
    let unlimited = grant.constraints.is_empty();
    match operation {
        // The call may be of any tool with any arguments: only a grant of all of them reaches it.
        Operation::Unseen => (!unlimited || !grant.tools.is_every()).then_some(Reason::ToolUnseen),
        Operation::Tool { name, .. } | Operation::Visibility { name } if !grant.tools.matches(name) => {
            Some(Reason::NotGranted)
        }
        Operation::Tool { arguments: None, .. } => (!unlimited).then_some(Reason::ArgumentsMissing),
        Operation::Tool { arguments: Some(given), .. } => {
            let held = grant.constraints.iter().all(|constraint| constraint.holds(given));
            (!held).then_some(Reason::ArgumentNotAllowed)
        }
        _ => None,
    }
}

/// Question 7, the ceilings: is it inside an agent's or a key's scope?
fn within(scope: &Scope, asked: &Ceiling<'_>, access: &Access<'_>, outside: Reason, decision: &mut Decision) {
    let entry = match scope.reaching(asked) {
        None => Err(outside),
        Some(_) if matches!(access.operation, Operation::Unseen) => {
            scope.reaching_every_tool(asked).ok_or(Reason::ToolUnseen)
        }
        Some(entry) => Ok(entry),
    };
    match entry {
        Ok(entry) => decision.holds(Question::Ceiling, Some(Through::Entry(entry))),
        Err(reason) => decision.stops(Question::Ceiling, reason, None),
    }
}

/// Question 7, the refusals: is it outside the agent's never-list and its overrides there?
fn spared(host: &Snapshot, agent: &Agent, asked: &Ceiling<'_>, access: &Access<'_>, decision: &mut Decision) {
    let unseen = matches!(access.operation, Operation::Unseen);
    let never = if unseen { agent.never.forbidding_any_tool(asked) } else { agent.never.forbidding(asked) };
    if let Some(entry) = never {
        decision.stops(Question::Ceiling, Reason::NeverListed, Some(Through::Entry(entry)));
    }
    let (Some(workspace), Some(server)) = (asked.workspace, asked.server) else { return };
    let narrowed = host.overrides_on(agent.id, workspace).find(|narrowing| {
        if unseen { narrowing.refuses_any_tool(server) } else { narrowing.refuses(server, asked.tool) }
    });
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
