use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use app::Reading;
use app::sessions::Presence;
use chrono::TimeDelta;
use decision::{Action, On};
use model::{
    AgentState, Member, MembershipState, OrganizationMembership, OrganizationRole, PrincipalId, Proof,
    Timestamp, UserId,
};
use serde::Deserialize;

use crate::pages::query::query;

/// Which people, and in which order. Each combination is an address of its own.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    /// Part of a name or an e-mail address.
    pub(super) q: String,
    /// Only those in this role in the organization.
    pub(super) role: String,
    /// `some`: only who answers for agents; `none`: only who answers for none.
    pub(super) agents: String,
    /// `active` or `suspended`.
    pub(super) state: String,
    /// `90d`: not here for ninety days.
    pub(super) seen: String,
    /// `name`, `role`, `workspaces`, `agents` or `seen`; with a hyphen in front from the end.
    pub(super) sort: String,
    /// The row that the page follows.
    pub(super) after: String,
}

impl Filter {
    /// Whether anything is left out.
    pub(super) fn narrows(&self) -> bool {
        [&self.q, &self.role, &self.agents, &self.state, &self.seen].iter().any(|text| !text.is_empty())
    }

    /// The address of the same people in another order or on another page.
    pub(super) fn query(&self, sort: &str, after: &str) -> String {
        query(&[
            ("q", &self.q),
            ("role", &self.role),
            ("agents", &self.agents),
            ("state", &self.state),
            ("seen", &self.seen),
            ("sort", sort),
            ("after", after),
        ])
    }
}

/// A person in the list.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Who.
    pub(super) id: UserId,
    /// What they are called.
    pub(super) name: String,
    /// Where mail goes.
    pub(super) email: Option<String>,
    /// As what.
    pub(super) role: OrganizationRole,
    /// Whether they are deactivated.
    pub(super) suspended: bool,
    /// In how many workspaces that the reader may see.
    pub(super) workspaces: usize,
    /// How many agents they answer for, revoked ones aside. None: the reader may not see them.
    pub(super) agents: Option<usize>,
    /// When they were last here; none: never.
    pub(super) seen: Option<Timestamp>,
    /// Where they come from.
    pub(super) source: &'static str,
}

/// Whoever was not here for so long has perhaps left without anybody telling.
const AWAY: TimeDelta = TimeDelta::days(90);

/// When everybody was last here.
pub(super) type Seen = BTreeMap<UserId, Presence>;

/// What of other people's things the reader may see at all, asked once for the whole list.
struct Sight {
    people: bool,
    agents: bool,
    workspaces: bool,
}

/// The people that a filter leaves, sorted. Whoever may not see everybody sees themselves.
pub(super) fn rows(reading: &Reading, filter: &Filter, seen: &Seen) -> Vec<Row> {
    let sight = Sight {
        people: reading.may(Action::MemberRead, On::Organization),
        agents: reading.may(Action::AgentRead, On::Organization),
        workspaces: reading.may(Action::WorkspaceRead, On::Organization),
    };
    let needle = filter.q.trim().to_lowercase();
    let mut rows: Vec<Row> = reading
        .facts
        .list_members(None)
        .filter(|member| sight.people || reading.may(Action::MemberRead, On::Member(member.user)))
        .filter(|member| filter.role.is_empty() || member.role.as_str() == filter.role)
        .filter(|member| filter.state.is_empty() || (filter.state == "active") == member.is_active())
        .map(|member| row(reading, &sight, member, seen.get(&member.user)))
        .filter(|row| filter.seen != "90d" || row.seen.is_none_or(|at| reading.now - at > AWAY))
        .filter(|row| needle.is_empty() || is_named(row, &needle))
        .filter(|row| match filter.agents.as_str() {
            "some" => row.agents.is_some_and(|count| count > 0),
            "none" => row.agents == Some(0),
            _ => true,
        })
        .collect();
    sort(&mut rows, &filter.sort);
    rows
}

fn is_named(row: &Row, needle: &str) -> bool {
    row.name.to_lowercase().contains(needle)
        || row.email.as_ref().is_some_and(|email| email.to_lowercase().contains(needle))
}

fn sort(rows: &mut [Row], by: &str) {
    let name = |row: &Row| (row.name.to_lowercase(), row.id);
    match by.trim_start_matches('-') {
        "role" => rows.sort_by_cached_key(|row| (Reverse(row.role), name(row))),
        "workspaces" => rows.sort_by_cached_key(|row| (Reverse(row.workspaces), name(row))),
        "seen" => rows.sort_by_cached_key(|row| (Reverse(row.seen), name(row))),
        "agents" => rows.sort_by_cached_key(|row| (Reverse(row.agents), name(row))),
        _ => rows.sort_by_cached_key(name),
    }
    if by.starts_with('-') {
        rows.reverse();
    }
}

fn row(
    reading: &Reading,
    sight: &Sight,
    member: &OrganizationMembership,
    presence: Option<&Presence>,
) -> Row {
    let facts = &reading.facts;
    let person = facts.user(member.user);
    let own = reading.caller.principal == Some(PrincipalId::User(member.user));
    let agents = facts.agents_of(member.user).filter(|agent| !matches!(agent.state, AgentState::Revoked(_)));
    let places: BTreeSet<_> = facts.workspaces_of(Member::User(member.user)).collect();
    let seen = |id: &&model::WorkspaceId| {
        sight.workspaces || reading.may(Action::WorkspaceRead, On::Workspace(**id))
    };
    Row {
        id: member.user,
        name: person.map(|person| person.name.to_string()).unwrap_or_default(),
        email: person.and_then(|person| person.email.clone()),
        role: member.role,
        suspended: matches!(member.state, MembershipState::Suspended(_)),
        workspaces: places.iter().filter(seen).count(),
        agents: (sight.agents || own).then(|| agents.count()),
        seen: presence.map(|presence| presence.at),
        source: source(reading, member, presence),
    }
}

/// Where a person of the organization comes from, as far as it is known.
pub(super) fn source(
    reading: &Reading,
    member: &OrganizationMembership,
    seen: Option<&Presence>,
) -> &'static str {
    let through = |seen: &Presence| matches!(seen.proof, Proof::Oidc | Proof::Oauth);
    match member.role {
        OrganizationRole::Guest => "Guest",
        _ if reading.facts.directory_user(member.user).is_some() => "Directory",
        _ if seen.is_some_and(through) => "Single sign-on",
        _ => "Added by hand",
    }
}
