use serde::{Deserialize, Serialize};

use crate::{ServerId, ToolPattern, WorkspaceId};

/// A set of (workspace, server, tools) entries: the ceiling of an agent or key, or its never-list.
///
/// Empty matches nothing. As a ceiling that means: nothing is allowed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scope {
    /// The entries, in the order they were given.
    pub entries: Vec<ScopeEntry>,
}

/// One entry of a scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeEntry {
    /// In which workspace. Absent in JSON as `null` or left out: in every workspace that is reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workspace: Option<WorkspaceId>,
    /// On which server. Absent: on every server that is reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server: Option<ServerId>,
    /// Which tools. Never absent: an entry without tools means nothing, not everything.
    pub tools: ToolPattern,
}

/// What a scope is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Ceiling<'a> {
    /// The workspace of the call, where known.
    pub workspace: Option<WorkspaceId>,
    /// The server of the call, where known.
    pub server: Option<ServerId>,
    /// The tool. None: something that concerns the server as a whole, such as listing.
    pub tool: Option<&'a str>,
}

impl ScopeEntry {
    fn names(&self, asked: &Ceiling<'_>) -> bool {
        let place = self.workspace.is_none() || self.workspace == asked.workspace;
        let server = self.server.is_none() || self.server == asked.server;
        place && server && asked.tool.is_none_or(|tool| self.tools.matches(tool))
    }
}

impl Scope {
    /// The position of the first entry that reaches what is asked, if any does.
    pub fn reaching(&self, asked: &Ceiling<'_>) -> Option<usize> {
        self.entries.iter().position(|entry| entry.names(asked))
    }

    /// As a never-list: the first entry that forbids what is asked. Tool-less questions are forbidden only by an
    /// entry for every tool.
    pub fn forbidding(&self, asked: &Ceiling<'_>) -> Option<usize> {
        self.entries
            .iter()
            .position(|entry| entry.names(asked) && (asked.tool.is_some() || entry.tools.is_every()))
    }

    /// For a call whose tool is not shown, and so may be any: the first entry that reaches every tool there.
    pub fn reaching_every_tool(&self, asked: &Ceiling<'_>) -> Option<usize> {
        self.entries.iter().position(|entry| entry.names(asked) && entry.tools.is_every())
    }

    /// As a never-list for such a call: the first entry that forbids any tool there.
    pub fn forbidding_any_tool(&self, asked: &Ceiling<'_>) -> Option<usize> {
        self.entries.iter().position(|entry| entry.names(asked))
    }
}

impl FromIterator<ScopeEntry> for Scope {
    fn from_iter<I: IntoIterator<Item = ScopeEntry>>(entries: I) -> Self {
        Self { entries: entries.into_iter().collect() }
    }
}
