//! What an agent may do, in words that a person reads in one go.

use std::collections::BTreeSet;

use app::agents::{Access, Line};
use model::{Agent, AgentState, Risk};

/// As many names as are read without counting.
const NAMED: usize = 3;

/// Three lines or so: what it may look at and change, what it may do that cannot be undone, what bounds it.
pub(super) fn may(agent: &Agent, owner: &str, access: &[Access]) -> Vec<String> {
    let allowed: Vec<&Line> = lines(access).filter(|line| line.is_allowed()).collect();
    let mut said = Vec::new();
    if let Some(held) = held(agent, owner) {
        said.push(held);
    } else if allowed.is_empty() {
        said.push(nothing(agent, owner, access));
    } else {
        said.push(format!("{} in {}.", counted(&allowed), places(access)));
        said.push(undoable(&allowed));
    }
    if !agent.never.entries.is_empty() {
        let never: BTreeSet<&str> = agent.never.entries.iter().map(|entry| entry.tools.as_str()).collect();
        said.push(format!("It must never use {}, whatever else is granted.", named(&never)));
    }
    said
}

fn lines(access: &[Access]) -> impl Iterator<Item = &Line> {
    access.iter().flat_map(|access| &access.places).flat_map(|place| &place.lines)
}

/// Why it may do nothing at all, whatever it holds.
fn held(agent: &Agent, owner: &str) -> Option<String> {
    match agent.state {
        AgentState::Live => None,
        AgentState::Paused(_) => Some("It may do nothing while it is paused.".to_owned()),
        AgentState::Unowned(_) => {
            Some(format!("It may do nothing: {owner} no longer answers for it, and nobody else does yet."))
        }
        AgentState::Revoked(_) => Some("It was revoked and will never do anything again.".to_owned()),
    }
}

fn nothing(agent: &Agent, owner: &str, access: &[Access]) -> String {
    if agent.scope.entries.is_empty() {
        "It may do nothing yet: its scope is empty.".to_owned()
    } else if access.iter().all(|access| access.places.is_empty()) {
        format!("It may do nothing: {owner} is in no workspace that it could follow into.")
    } else if lines(access).next().is_none() {
        format!("It may do nothing: {owner} holds no tool in those workspaces, and it never holds more.")
    } else {
        format!("It may do nothing now: of what its scope names, nothing is open to {owner} and to it.")
    }
}

fn counted(allowed: &[&Line]) -> String {
    let of = |risk| allowed.iter().filter(|line| line.tool.risk == risk).count();
    let tools = |n: usize| if n == 1 { "1 tool".to_owned() } else { format!("{n} tools") };
    match (of(Risk::Read), of(Risk::Write)) {
        (0, 0) => "It may use no tool that only looks or can be undone".to_owned(),
        (read, 0) => format!("It may look with {}, and change nothing that can be undone", tools(read)),
        (0, write) => format!("It may change things with {}", tools(write)),
        (read, write) => format!("It may look with {} and change things with {}", tools(read), tools(write)),
    }
}

fn places(access: &[Access]) -> String {
    let home = access.first().map(|access| access.organization);
    let mut names = BTreeSet::new();
    let all = access.iter().flat_map(|access| access.places.iter().map(move |place| (access, place)));
    for (access, place) in all.filter(|(_, place)| place.lines.iter().any(Line::is_allowed)) {
        let name = &place.workspace.name;
        names.insert(if Some(access.organization) == home {
            name.to_string()
        } else {
            format!("{name} of {}", access.organization_name)
        });
    }
    named(&names.iter().map(String::as_str).collect())
}

fn undoable(allowed: &[&Line]) -> String {
    let tools: BTreeSet<&str> = allowed
        .iter()
        .filter(|line| line.tool.risk == Risk::Destructive)
        .map(|line| line.tool.name.as_str())
        .collect();
    match tools.len() {
        0 => "It may do nothing that cannot be undone.".to_owned(),
        1 => format!("It may do one thing that cannot be undone: {}.", named(&tools)),
        n => format!("It may do {n} things that cannot be undone: {}.", named(&tools)),
    }
}

/// Some names in a sentence: `a, b and c`, `a, b, c and 4 more`.
fn named(names: &BTreeSet<&str>) -> String {
    let first: Vec<&str> = names.iter().copied().take(NAMED).collect();
    let more = names.len().saturating_sub(NAMED);
    match (first.split_last(), more) {
        (None, _) => String::new(),
        (Some((only, [])), 0) => (*only).to_owned(),
        (Some((last, before)), 0) => format!("{} and {last}", before.join(", ")),
        (Some(_), more) => format!("{} and {more} more", first.join(", ")),
    }
}
