use app::Reading;
use decision::{Action, On};
use model::{CredentialMode, IdentityMode, Risk, Server, ServerId, Snapshot, Tool, ToolState};

/// A server in the list.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Its address.
    pub(super) path: String,
    /// What it is called.
    pub(super) name: String,
    /// Its name in calls.
    pub(super) slug: String,
    /// Where its tools come from.
    pub(super) url: Option<String>,
    /// Whose credentials it is called with.
    pub(super) mode: &'static str,
    /// How many tools it offers.
    pub(super) tools: usize,
    /// How many of them wait for a review, and are denied until then.
    pub(super) drifted: usize,
    /// In how many workspaces it is offered.
    pub(super) places: usize,
    /// Whether it was taken out of use.
    pub(super) removed: bool,
}

/// The servers, by name; those out of use only where they are asked for.
pub(super) fn rows(reading: &Reading, needle: &str, removed: bool) -> Vec<Row> {
    if !reading.may(Action::ServerRead, On::Organization) {
        return Vec::new();
    }
    let needle = needle.trim().to_lowercase();
    let servers = reading.facts.list_servers(None).filter(|server| {
        let named =
            server.name.as_str().to_lowercase().contains(&needle) || server.slug.as_str().contains(&needle);
        named && server.is_active() != removed
    });
    let mut rows: Vec<Row> = servers.map(|server| row(&reading.facts, server)).collect();
    rows.sort_by_cached_key(|row| (row.name.to_lowercase(), row.slug.clone()));
    rows
}

fn row(facts: &Snapshot, server: &Server) -> Row {
    let offered = || facts.tools_of(server.id).filter(|tool| tool.state == ToolState::Offered);
    Row {
        path: path(server),
        name: server.name.to_string(),
        slug: server.slug.to_string(),
        url: server.url.clone(),
        mode: mode(server.credential_mode),
        tools: offered().count(),
        drifted: offered().filter(|tool| !tool.is_reviewed()).count(),
        places: facts.places_of(server.id).count(),
        removed: !server.is_active(),
    }
}

/// What a server is called in an address: its slug, or its id where the slug is the word for a new one.
pub(crate) fn path(server: &Server) -> String {
    match server.slug.as_str() {
        "new" => server.id.to_string(),
        slug => slug.to_owned(),
    }
}

/// Whose credentials a server is called with, in words.
pub(crate) fn mode(mode: CredentialMode) -> &'static str {
    match mode {
        CredentialMode::Shared => "Shared",
        CredentialMode::Personal => "Personal",
    }
}

/// Who must be allowed for a call, in words.
pub(crate) fn identity(mode: IdentityMode) -> &'static str {
    match mode {
        IdentityMode::Agent => "The agent alone",
        IdentityMode::OnBehalfOf => "A person it acts for",
        IdentityMode::Hybrid => "Both, the agent and the person",
    }
}

/// What a tool can do to the world, in a word.
pub(crate) fn risk(risk: Risk) -> &'static str {
    match risk {
        Risk::Read => "read",
        Risk::Write => "write",
        Risk::Destructive => "destructive",
    }
}

/// A tool in the list of its server.
#[derive(Debug, Clone)]
pub(super) struct ToolRow {
    /// Its id.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
    /// Its title, where it has one.
    pub(super) title: String,
    /// What it can do to the world.
    pub(super) risk: &'static str,
    /// How many roles reach it.
    pub(super) roles: usize,
    /// Whether its definition waits for a review.
    pub(super) drifted: bool,
    /// Whether nobody ever reviewed one.
    pub(super) unseen: bool,
    /// Whether the server no longer offers it.
    pub(super) withdrawn: bool,
}

/// The tools of a server, by name; what waits for a review comes first.
pub(super) fn tools(facts: &Snapshot, server: ServerId, needle: &str) -> Vec<ToolRow> {
    let needle = needle.trim().to_lowercase();
    let tools = facts.tools_of(server).filter(|tool| {
        tool.name.as_str().to_lowercase().contains(&needle) || tool.title.to_lowercase().contains(&needle)
    });
    let mut rows: Vec<ToolRow> = tools.map(|tool| tool_row(facts, tool)).collect();
    rows.sort_by_cached_key(|row| (row.withdrawn, !row.drifted, row.name.clone()));
    rows
}

fn tool_row(facts: &Snapshot, tool: &Tool) -> ToolRow {
    let reaches = |role: &model::Role| {
        facts.grants_on(role.id, tool.server).any(|grant| grant.tools.matches(tool.name.as_str()))
    };
    let withdrawn = tool.state == ToolState::Withdrawn;
    ToolRow {
        id: tool.id.to_string(),
        name: tool.name.to_string(),
        title: tool.title.clone(),
        risk: risk(tool.risk),
        roles: facts.list_roles(None).filter(|role| reaches(role)).count(),
        drifted: !tool.is_reviewed() && !withdrawn,
        unseen: tool.reviewed.is_none(),
        withdrawn,
    }
}
