use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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
use crate::place::Place;

/// Which people, and in which order. Each combination is an address of its own.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filter {
    /// Part of a name or an e-mail address.
    pub(crate) q: String,
    /// Only those in this role in the organization.
    pub(crate) role: String,
    /// `some`: only who answers for agents; `none`: only who answers for none.
    pub(crate) agents: String,
    /// `active` or `suspended`.
    pub(crate) state: String,
    /// `90d`: not here for ninety days.
    pub(crate) seen: String,
    /// `yes`: only who asks to come in through their own organization's provider.
    pub(crate) asks: String,
    /// `name`, `role`, `workspaces`, `agents` or `seen`; with a hyphen in front from the end.
    pub(crate) sort: String,
    /// The row that the page follows.
    pub(crate) after: String,
}

impl Filter {
    /// Whether anything is left out.
    pub(super) fn narrows(&self) -> bool {
        [&self.q, &self.role, &self.agents, &self.state, &self.seen, &self.asks]
            .iter()
            .any(|text| !text.is_empty())
    }

    /// The address of the same people in another order or on another page.
    pub(super) fn query(&self, sort: &str, after: &str) -> String {
        query(&[
            ("q", &self.q),
            ("role", &self.role),
            ("agents", &self.agents),
            ("state", &self.state),
            ("seen", &self.seen),
            ("asks", &self.asks),
            ("sort", sort),
            ("after", after),
        ])
    }
}

/// A person in the list.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Who.
    pub(crate) id: UserId,
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
    /// Whether they ask to come in through their own organization's provider.
    pub(super) asks: bool,
}

/// Whoever was not here for so long has perhaps left without anybody telling.
const AWAY: TimeDelta = TimeDelta::days(90);

/// When everybody was last here.
pub(crate) type Seen = BTreeMap<UserId, Presence>;

/// What of other people's things the reader may see at all, asked once for the whole list.
struct Sight {
    people: bool,
    agents: bool,
    workspaces: bool,
}

/// The people that a filter leaves, sorted, with who of them asks to come in. Whoever may not see everybody sees themselves.
pub(super) fn rows(reading: &Reading, filter: &Filter, seen: &Seen, asking: &BTreeSet<UserId>) -> Vec<Row> {
    let found = leaves(reading, filter, seen, reading.facts.list_members(None));
    let marked = found.map(|row| Row { asks: asking.contains(&row.id), ..row });
    let mut rows: Vec<Row> = marked.filter(|row| filter.asks.is_empty() || row.asks).collect();
    sort(&mut rows, &filter.sort);
    rows
}

/// Those of some people whom a filter leaves, in the order in which they came.
pub(crate) fn leaves<'f>(
    reading: &'f Reading,
    filter: &'f Filter,
    seen: &'f Seen,
    members: impl Iterator<Item = &'f Arc<OrganizationMembership>> + 'f,
) -> impl Iterator<Item = Row> + 'f {
    let sight = Sight {
        people: reading.may(Action::MemberRead, On::Organization),
        agents: reading.may(Action::AgentRead, On::Organization),
        workspaces: reading.may(Action::WorkspaceRead, On::Organization),
    };
    let everybody = sight.people;
    let needle = filter.q.trim().to_lowercase();
    members
        .filter(move |member| everybody || reading.may(Action::MemberRead, On::Member(member.user)))
        .filter(move |member| filter.role.is_empty() || member.role.as_str() == filter.role)
        .filter(move |member| filter.state.is_empty() || (filter.state == "active") == member.is_active())
        .map(move |member| row(reading, &sight, member, seen.get(&member.user)))
        .filter(move |row| filter.seen != "90d" || row.seen.is_none_or(|at| reading.now - at > AWAY))
        .filter(move |row| needle.is_empty() || is_named(row, &needle))
        .filter(move |row| match filter.agents.as_str() {
            "some" => row.agents.is_some_and(|count| count > 0),
            "none" => row.agents == Some(0),
            _ => true,
        })
}

fn is_named(row: &Row, needle: &str) -> bool {
    row.name.to_lowercase().contains(needle)
        || row.email.as_ref().is_some_and(|email| email.to_lowercase().contains(needle))
}

fn sort(rows: &mut [Row], by: &str) {
    rows.sort_by_cached_key(|row| row.place(by.trim_start_matches('-')));
    if by.starts_with('-') {
        rows.reverse();
    }
}

impl Row {
    /// Where the person stands in a list by `role`, `workspaces`, `agents` or `seen`; by any other word by their name.
    pub(crate) fn place(&self, by: &str) -> Place {
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let most = |number| Place::by_most(number, &self.name, self.id);
        match by {
            "role" => most(self.role as u64),
            "workspaces" => most(count(self.workspaces)),
            // What is not known comes after none at all, and never after every time.
            "agents" => most(self.agents.map_or(0, |agents| count(agents.saturating_add(1)))),
            "seen" => most(self.seen.map_or(0, |at| u64::try_from(at.timestamp_micros()).unwrap_or(0))),
            _ => Place::by_text(&self.name, self.id),
        }
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
        asks: false,
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
