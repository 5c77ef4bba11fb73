//! Picking what is in an agent's scope, place by place and tool by tool.
//!
//! Every choice is one check box, whose value is one entry of the scope: `workspace/server/tools`, with `-` for every
//! workspace or server. So a form without a script says exactly what it means, and what it cannot offer as a tool (a
//! pattern, an entry for every workspace) is kept by a box of its own.

use std::collections::BTreeSet;

use app::agents::{Access, Line, Place};
use model::{Risk, Scope, ScopeEntry, Snapshot};

/// Everything that can be picked.
pub(super) struct Picker {
    /// The workspaces of the agent's owner.
    pub(super) places: Vec<PickPlace>,
    /// What the scope has and no box above stands for.
    pub(super) others: Vec<PickOther>,
}

/// A workspace and what can be picked there.
pub(super) struct PickPlace {
    /// Its name.
    pub(super) name: String,
    /// The organization it belongs to, where that is another one.
    pub(super) organization: Option<String>,
    /// What stands in the way there, where something does.
    pub(super) note: Option<&'static str>,
    /// How many boxes are checked.
    pub(super) checked: usize,
    /// The servers that are offered there.
    pub(super) servers: Vec<PickServer>,
}

/// A server in a workspace.
pub(super) struct PickServer {
    /// Its place among all boxes of the page.
    pub(super) id: usize,
    /// Its name.
    pub(super) name: String,
    /// The value that stands for every tool of it.
    pub(super) every: String,
    /// Whether that is in the scope.
    pub(super) every_checked: bool,
    /// Its tools: those that only look come first.
    pub(super) tools: Vec<PickTool>,
}

/// A tool on a server in a workspace.
pub(super) struct PickTool {
    /// Its place among all boxes of the page.
    pub(super) id: usize,
    /// The value of its box.
    pub(super) value: String,
    /// Its name.
    pub(super) name: String,
    /// What it does, in a few words; may be empty.
    pub(super) title: String,
    /// What it can do to the world.
    pub(super) risk: Risk,
    /// Whether it is in the scope by itself.
    pub(super) checked: bool,
    /// The pattern in the scope that covers it anyway.
    pub(super) covered_by: Option<String>,
    /// Whether its owner may use it, which bounds the agent.
    pub(super) held: bool,
    /// Whether only some arguments are granted.
    pub(super) limited: bool,
}

/// An entry that is no single tool in a single workspace.
pub(super) struct PickOther {
    /// The value of its box.
    pub(super) value: String,
    /// The entry in words.
    pub(super) words: String,
}

/// The value of the box of an entry.
pub(super) fn value(entry: &ScopeEntry) -> String {
    let id = |id: Option<String>| id.unwrap_or_else(|| "-".to_owned());
    format!(
        "{}/{}/{}",
        id(entry.workspace.map(|id| id.to_string())),
        id(entry.server.map(|id| id.to_string())),
        entry.tools
    )
}

/// The entry of the value of a box.
pub(super) fn entry(value: &str) -> Option<ScopeEntry> {
    let mut parts = value.splitn(3, '/');
    let workspace = optional(parts.next()?).ok()?;
    let server = optional(parts.next()?).ok()?;
    Some(ScopeEntry { workspace, server, tools: parts.next()?.parse().ok()? })
}

fn optional<T: std::str::FromStr>(text: &str) -> Result<Option<T>, T::Err> {
    if text == "-" { Ok(None) } else { text.parse().map(Some) }
}

/// An entry in words: `list_* on Payments in Finance`.
pub(super) fn words(facts: &Snapshot, access: &[Access], entry: &ScopeEntry) -> String {
    let tools = if entry.tools.is_every() { "Every tool".to_owned() } else { entry.tools.to_string() };
    let places = || access.iter().flat_map(|access| &access.places);
    let server = match entry.server {
        None => "every server".to_owned(),
        Some(id) => facts
            .server(id)
            .or_else(|| places().flat_map(|p| &p.lines).map(|line| &line.server).find(|s| s.id == id))
            .map_or_else(|| "a server that is not here".to_owned(), |server| server.name.to_string()),
    };
    let workspace = match entry.workspace {
        None => "every workspace it gets into".to_owned(),
        Some(id) => facts
            .workspace(id)
            .or_else(|| places().map(|place| &place.workspace).find(|w| w.id == id))
            .map_or_else(
                || "a workspace that is not here".to_owned(),
                |workspace| workspace.name.to_string(),
            ),
    };
    format!("{tools} on {server} in {workspace}")
}

impl Picker {
    /// What can be picked, with what is picked already.
    pub(super) fn of(facts: &Snapshot, access: &[Access], scope: &Scope) -> Self {
        let home = facts.organization().map(|organization| organization.id);
        let picked: BTreeSet<String> = scope.entries.iter().map(value).collect();
        let mut offered = BTreeSet::new();
        let mut places = Vec::new();
        for access in access {
            for place in &access.places {
                let mut shown = PickPlace::of(place, scope, &picked, &mut offered);
                shown.organization =
                    (Some(access.organization) != home).then(|| access.organization_name.clone());
                places.push(shown);
            }
        }
        number(&mut places);
        let others = scope
            .entries
            .iter()
            .filter(|entry| !offered.contains(&value(entry)))
            .map(|entry| PickOther { value: value(entry), words: words(facts, access, entry) })
            .collect();
        Self { places, others }
    }

    /// Whether there is anything to pick from.
    pub(super) fn is_empty(&self) -> bool {
        self.places.iter().all(|place| place.servers.is_empty())
    }
}

/// Gives each box of the page a number, for its label to name it by.
fn number(places: &mut [PickPlace]) {
    let mut next = 0;
    for server in places.iter_mut().flat_map(|place| &mut place.servers) {
        for tool in &mut server.tools {
            next += 1;
            tool.id = next;
        }
        next += 1;
        server.id = next;
    }
}

impl PickPlace {
    fn of(place: &Place, scope: &Scope, picked: &BTreeSet<String>, offered: &mut BTreeSet<String>) -> Self {
        let mut servers: Vec<PickServer> = Vec::new();
        let mut last = None;
        for line in &place.lines {
            if last != Some(line.server.id) {
                last = Some(line.server.id);
                let every = format!("{}/{}/*", place.workspace.id, line.server.id);
                let every_checked = picked.contains(&every);
                offered.insert(every.clone());
                servers.push(PickServer {
                    id: 0,
                    name: line.server.name.to_string(),
                    every,
                    every_checked,
                    tools: Vec::new(),
                });
            }
            if let Some(server) = servers.last_mut() {
                let tool = PickTool::of(place, line, scope, picked);
                offered.insert(tool.value.clone());
                server.tools.push(tool);
            }
        }
        let of_server = |server: &PickServer| {
            usize::from(server.every_checked) + server.tools.iter().filter(|tool| tool.checked).count()
        };
        Self {
            name: place.workspace.name.to_string(),
            organization: None,
            note: super::entrance::note(place.entrance),
            checked: servers.iter().map(of_server).sum(),
            servers,
        }
    }
}

impl PickTool {
    fn of(place: &Place, line: &Line, scope: &Scope, picked: &BTreeSet<String>) -> Self {
        let value = format!("{}/{}/{}", place.workspace.id, line.server.id, line.tool.name);
        let asked = model::Ceiling {
            workspace: Some(place.workspace.id),
            server: Some(line.server.id),
            tool: Some(line.tool.name.as_str()),
        };
        let checked = picked.contains(&value);
        let covering = scope.reaching(&asked).and_then(|at| scope.entries.get(at)).filter(|_| !checked);
        Self {
            id: 0,
            value,
            name: line.tool.name.to_string(),
            title: line.tool.title.clone(),
            risk: line.tool.risk,
            checked,
            covered_by: covering.map(|entry| entry.tools.to_string()),
            held: line.inherited,
            limited: line.limited,
        }
    }
}
