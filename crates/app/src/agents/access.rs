use std::sync::Arc;

use decision::{Decision, Facts, Operation, Question, Reason};
use model::{
    AccessMode, Agent, InvitationState, Member, OrganizationId, OrganizationRole, Override, PrincipalId,
    Role, Server, Snapshot, Tool, ToolState, Workspace,
};

/// What an agent may do in one organization, place by place, with everything that makes or bounds it.
#[derive(Debug, Clone)]
pub struct Access {
    /// The organization whose places they are.
    pub organization: OrganizationId,
    /// What it is called.
    pub organization_name: String,
    /// Its name in URLs.
    pub organization_slug: String,
    /// The places.
    pub places: Vec<Place>,
}

/// A workspace that the agent's owner is in.
#[derive(Debug, Clone)]
pub struct Place {
    /// Which.
    pub workspace: Arc<Workspace>,
    /// The roles that the owner holds there: what the agent inherits.
    pub roles: Vec<Arc<Role>>,
    /// Whether the agent gets in.
    pub entrance: Entrance,
    /// How the people there have narrowed it, where they have.
    pub narrowed: Option<Arc<Override>>,
    /// Every tool that is offered there and that the owner may use, or the agent's scope names.
    pub lines: Vec<Line>,
}

/// Whether an agent gets into a workspace of its owner's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entrance {
    /// With its owner.
    Inherited,
    /// By an accepted invitation.
    Invited,
    /// It was invited, and an administrator there has not answered yet.
    Waiting,
    /// The workspace wants an invitation, and there is none.
    NotInvited,
    /// An administrator there said no.
    Declined,
    /// The workspace does not let in the agents of guests.
    GuestAgentsRefused,
}

/// One tool in one workspace: what is inherited, what the scope says, and what comes of both.
#[expect(clippy::struct_excessive_bools, reason = "each is a link of its own, and a table shows every one")]
#[derive(Debug, Clone)]
pub struct Line {
    /// The server.
    pub server: Arc<Server>,
    /// The tool.
    pub tool: Arc<Tool>,
    /// Whether a role of the owner grants it.
    pub inherited: bool,
    /// Whether only some arguments are granted.
    pub limited: bool,
    /// Whether the agent's scope names it.
    pub in_scope: bool,
    /// Whether the agent's never-list or the people there forbid it.
    pub forbidden: bool,
    /// What comes of all of it.
    pub decision: Decision,
}

impl Line {
    /// Whether some call of it would be allowed.
    pub fn is_allowed(&self) -> bool {
        self.decision.is_allowed()
    }

    /// Why not, or that it is granted.
    pub fn reason(&self) -> Reason {
        self.decision.reason()
    }
}

impl Entrance {
    /// Whether the agent is in.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Inherited | Self::Invited)
    }
}

/// What an agent may do in an organization. `home` has the facts of its own organization, `host` those of the one that
/// is asked about; mostly they are the same.
pub fn access_of(host: &Snapshot, home: &Snapshot, agent: &Agent) -> Option<Access> {
    let organization = host.organization()?;
    let mut workspaces: Vec<_> = host.workspaces_of(Member::User(agent.owner)).collect();
    workspaces.dedup();
    let mut places: Vec<Place> = workspaces
        .into_iter()
        .filter_map(|id| host.workspace(id))
        .map(|workspace| place(host, home, agent, workspace))
        .collect();
    places.sort_by(|a, b| a.workspace.name.cmp(&b.workspace.name));
    Some(Access {
        organization: organization.id,
        organization_name: organization.name.to_string(),
        organization_slug: organization.slug.to_string(),
        places,
    })
}

fn place(host: &Snapshot, home: &Snapshot, agent: &Agent, workspace: &Arc<Workspace>) -> Place {
    let roles = host.roles_held(Member::User(agent.owner), workspace.id);
    let mut lines: Vec<Line> = host
        .servers_in(workspace.id)
        .filter(|server| server.is_active())
        .flat_map(|server| host.tools_of(server.id).map(move |tool| (server, tool)))
        .filter(|(_, tool)| tool.state == ToolState::Offered)
        .map(|(server, tool)| line(host, home, agent, workspace, server, tool))
        .filter(|line| line.inherited || line.in_scope)
        .collect();
    lines.sort_by(|a, b| {
        (&a.server.name, a.tool.risk, &a.tool.name).cmp(&(&b.server.name, b.tool.risk, &b.tool.name))
    });
    Place {
        workspace: Arc::clone(workspace),
        roles: roles.filter_map(|(_, role)| host.role(role).cloned()).collect(),
        entrance: entrance(host, agent, workspace),
        narrowed: host.overrides_on(agent.id, workspace.id).next().cloned(),
        lines,
    }
}

fn entrance(host: &Snapshot, agent: &Agent, workspace: &Workspace) -> Entrance {
    let guest = host.member(agent.owner).is_some_and(|m| m.role == OrganizationRole::Guest);
    if guest && !workspace.guest_agents {
        return Entrance::GuestAgentsRefused;
    }
    if workspace.access_mode == AccessMode::Inherit {
        return Entrance::Inherited;
    }
    let mut latest = Entrance::NotInvited;
    for invitation in host.invitations_of(agent.id, workspace.id).filter(|i| i.invited_by == agent.owner) {
        latest = match invitation.state {
            InvitationState::Accepted(_) => return Entrance::Invited,
            InvitationState::Pending => Entrance::Waiting,
            InvitationState::Declined(_) => Entrance::Declined,
            InvitationState::Withdrawn(_) => Entrance::NotInvited,
        };
    }
    latest
}

fn line(
    host: &Snapshot,
    home: &Snapshot,
    agent: &Agent,
    workspace: &Workspace,
    server: &Arc<Server>,
    tool: &Arc<Tool>,
) -> Line {
    let operation = Operation::Visibility { name: tool.name.as_str() };
    let (server_slug, workspace_slug) = (server.slug.as_str(), Some(workspace.slug.as_str()));
    let decision = decision::why(
        &Facts { host, home },
        PrincipalId::Agent(agent.id),
        server_slug,
        workspace_slug,
        operation,
    );
    // The owner's own access says what is inherited: it is the same whatever state the agent is in.
    let owner = decision::why(
        &Facts::of(host),
        PrincipalId::User(agent.owner),
        server_slug,
        workspace_slug,
        operation,
    );
    let asked = model::Ceiling {
        workspace: Some(workspace.id),
        server: Some(server.id),
        tool: Some(tool.name.as_str()),
    };
    let narrowed = host
        .overrides_on(agent.id, workspace.id)
        .any(|narrowing| narrowing.refuses(server.id, Some(tool.name.as_str())));
    let granted = |decision: &Decision| {
        !decision.steps.iter().any(|s| s.question == Question::Grant && s.stops.is_some())
    };
    Line {
        server: Arc::clone(server),
        tool: Arc::clone(tool),
        inherited: granted(&owner),
        limited: is_limited(host, agent, workspace, server, tool),
        in_scope: agent.scope.reaching(&asked).is_some(),
        forbidden: agent.never.forbidding(&asked).is_some() || narrowed,
        decision,
    }
}

/// Whether every grant of the owner that reaches the tool limits its arguments.
fn is_limited(host: &Snapshot, agent: &Agent, workspace: &Workspace, server: &Server, tool: &Tool) -> bool {
    let mut grants = host
        .roles_held(Member::User(agent.owner), workspace.id)
        .flat_map(|(_, role)| host.grants_on(role, server.id))
        .filter(|grant| grant.tools.matches(tool.name.as_str()))
        .peekable();
    grants.peek().is_some() && grants.all(|grant| !grant.constraints.is_empty())
}
