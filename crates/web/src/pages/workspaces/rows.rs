use std::collections::BTreeSet;

use app::{Reading, workspaces};
use decision::{Action, On};
use model::{
    AgentState, Member, OrganizationRole, RoleId, UserId, Visibility, Workspace, WorkspaceId,
    WorkspaceMembershipId,
};

/// A workspace in the list.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Its address.
    pub(super) path: String,
    /// What it is called.
    pub(super) name: String,
    /// Its name in calls.
    pub(super) slug: String,
    /// Who may know of it.
    pub(super) visibility: &'static str,
    /// How many there are in it.
    pub(super) counts: Counts,
}

/// How many there are in a workspace.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// People, guests aside.
    pub(super) people: usize,
    /// Guests.
    pub(super) guests: usize,
    /// Agents of the organization that are there through one of them, revoked ones aside.
    pub(super) agents: usize,
    /// Robots.
    pub(super) robots: usize,
    /// Servers that are offered.
    pub(super) servers: usize,
}

/// The workspaces that the reader may see, by name.
pub(super) fn rows(reading: &Reading, needle: &str) -> Vec<Row> {
    let needle = needle.trim().to_lowercase();
    let seen = reading.facts.list_workspaces(None).filter(|workspace| {
        let named = workspace.name.as_str().to_lowercase().contains(&needle)
            || workspace.slug.as_str().contains(&needle);
        named && reading.may(Action::WorkspaceRead, On::Workspace(workspace.id))
    });
    let mut rows: Vec<Row> = seen.map(|workspace| row(reading, workspace)).collect();
    rows.sort_by_cached_key(|row| (row.name.to_lowercase(), row.slug.clone()));
    rows
}

fn row(reading: &Reading, workspace: &Workspace) -> Row {
    Row {
        path: path(workspace),
        name: workspace.name.to_string(),
        slug: workspace.slug.to_string(),
        visibility: visibility(workspace.visibility),
        counts: counts(reading, workspace.id),
    }
}

/// What a workspace is called in an address: its slug, or its id where the slug is the word for a new one.
pub(crate) fn path(workspace: &Workspace) -> String {
    match workspace.slug.as_str() {
        "new" => workspace.id.to_string(),
        slug => slug.to_owned(),
    }
}

/// Who may know of it, in words.
pub(super) fn visibility(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Private => "Members only",
        Visibility::Organization => "Everyone here",
    }
}

/// How many there are in a workspace.
pub(super) fn counts(reading: &Reading, workspace: WorkspaceId) -> Counts {
    let facts = &reading.facts;
    let people = workspaces::people_of(facts, workspace);
    let guests = people.iter().filter(|user| is_guest(reading, **user)).count();
    let live = |user: &UserId| {
        let agents = facts.agents_of(*user);
        agents.filter(|agent| !matches!(agent.state, AgentState::Revoked(_))).count()
    };
    let robots = facts.memberships_in(workspace).map(|membership| membership.member);
    let robots: BTreeSet<Member> = robots.filter(|member| matches!(member, Member::Robot(_))).collect();
    Counts {
        people: people.len().saturating_sub(guests),
        guests,
        agents: people.iter().map(live).sum(),
        robots: robots.len(),
        servers: facts.servers_in(workspace).count(),
    }
}

/// Whether that person is a guest of the organization.
pub(super) fn is_guest(reading: &Reading, user: UserId) -> bool {
    reading.facts.member(user).is_some_and(|member| member.role == OrganizationRole::Guest)
}

/// A person or robot in a workspace, with all their roles there.
#[derive(Debug, Clone)]
pub(super) struct Inmate {
    /// Who.
    pub(super) member: Member,
    /// Their id in text.
    pub(super) id: String,
    /// What they are called.
    pub(super) name: String,
    /// Their roles there, and the membership that gives each.
    pub(super) roles: Vec<(WorkspaceMembershipId, RoleId, String)>,
    /// What a person is in the organization.
    pub(super) standing: Option<&'static str>,
    /// Whether a person is deactivated.
    pub(super) suspended: bool,
    /// How many agents of the organization are there through them.
    pub(super) agents: usize,
}

/// Who is in a workspace, by name: people who are guests, or everybody else.
pub(super) fn inmates(reading: &Reading, workspace: WorkspaceId, guests: bool) -> Vec<Inmate> {
    let members: BTreeSet<Member> =
        reading.facts.memberships_in(workspace).map(|membership| membership.member).collect();
    let wanted = |member: &Member| match member {
        Member::User(user) => is_guest(reading, *user) == guests,
        Member::Robot(_) => !guests,
    };
    let mut inmates: Vec<Inmate> =
        members.into_iter().filter(wanted).map(|member| inmate(reading, workspace, member)).collect();
    inmates.sort_by_cached_key(|inmate| (inmate.name.to_lowercase(), inmate.id.clone()));
    inmates
}

/// One of them.
pub(super) fn inmate(reading: &Reading, workspace: WorkspaceId, member: Member) -> Inmate {
    let facts = &reading.facts;
    let principal: model::PrincipalId = member.into();
    let roles = facts.roles_held(member, workspace).map(|(membership, role)| {
        let name = facts.role(role).map(|role| role.name.to_string()).unwrap_or_default();
        (membership, role, name)
    });
    let in_organization = match member {
        Member::User(user) => facts.member(user),
        Member::Robot(_) => None,
    };
    let agents = match member {
        Member::User(user) => {
            facts.agents_of(user).filter(|agent| !matches!(agent.state, AgentState::Revoked(_))).count()
        }
        Member::Robot(_) => 0,
    };
    Inmate {
        member,
        id: principal.uuid().to_string(),
        name: facts.name_of(principal).unwrap_or_default().to_owned(),
        roles: roles.collect(),
        standing: in_organization.map(|member| member.role.as_str()),
        suspended: in_organization.is_some_and(|member| !member.is_active()),
        agents,
    }
}
