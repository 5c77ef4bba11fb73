//! Pieces that many answers are made of.

use chrono::{DateTime, Utc};
use model::{Because, Scope, ScopeEntry, ServerId, Snapshot, ToolPattern, UserId, WorkspaceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Problem;

/// A thing by its id and what it is called.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Named {
    /// Its id.
    pub id: Uuid,
    /// What it is called now.
    pub name: String,
}

impl Named {
    /// A person.
    pub fn user(facts: &Snapshot, id: UserId) -> Self {
        Self { id: id.uuid(), name: facts.user(id).map(|user| user.name.to_string()).unwrap_or_default() }
    }
}

/// When a state was entered, who brought it about and why.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BecauseView {
    /// When.
    pub at: DateTime<Utc>,
    /// Who: kind and id of a principal. Null: the operator or the system.
    #[schema(value_type = Option<Object>)]
    pub by: Option<model::PrincipalId>,
    /// Why.
    pub reason: String,
}

impl From<&Because> for BecauseView {
    fn from(because: &Because) -> Self {
        Self { at: because.at, by: because.by, reason: because.reason.clone() }
    }
}

/// One entry of a scope, never-list or key scope. Workspace and server by id, or by slug in this organization.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScopeEntryBody {
    /// In which workspace. Left out: in every one that is reached.
    #[serde(default)]
    pub workspace: Option<String>,
    /// On which server. Left out: on every one that is reached.
    #[serde(default)]
    pub server: Option<String>,
    /// Which tools: a name, or a pattern with `*`.
    pub tools: String,
}

/// Reads the entries of a scope.
pub(crate) fn read_scope(
    facts: &Snapshot,
    field: &str,
    entries: &[ScopeEntryBody],
) -> Result<Scope, Problem> {
    entries
        .iter()
        .enumerate()
        .map(|(at, entry)| read_entry(facts, &format!("{field}[{at}]"), entry))
        .collect()
}

fn read_entry(facts: &Snapshot, field: &str, entry: &ScopeEntryBody) -> Result<ScopeEntry, Problem> {
    let tools: ToolPattern = entry.tools.parse().map_err(|wrong: model::PatternError| {
        Problem::invalid_field(&format!("{field}.tools"), &wrong.to_string())
    })?;
    let workspace =
        entry.workspace.as_deref().map(|text| workspace_id(facts, &format!("{field}.workspace"), text));
    let server = entry.server.as_deref().map(|text| server_id(facts, &format!("{field}.server"), text));
    Ok(ScopeEntry { workspace: workspace.transpose()?, server: server.transpose()?, tools })
}

/// A workspace by id or slug.
pub(crate) fn workspace_id(facts: &Snapshot, field: &str, text: &str) -> Result<WorkspaceId, Problem> {
    let by_slug = || facts.workspace_by_slug(text).map(|workspace| workspace.id);
    text.parse()
        .ok()
        .or_else(by_slug)
        .ok_or_else(|| Problem::invalid_field(field, "no workspace of that id or slug"))
}

/// A server by id or slug.
pub(crate) fn server_id(facts: &Snapshot, field: &str, text: &str) -> Result<ServerId, Problem> {
    let by_slug = || facts.server_by_slug(text).map(|server| server.id);
    text.parse()
        .ok()
        .or_else(by_slug)
        .ok_or_else(|| Problem::invalid_field(field, "no server of that id or slug"))
}

/// Shows the entries of a scope.
pub(crate) fn show_scope(scope: &Scope) -> Vec<ScopeEntryBody> {
    scope
        .entries
        .iter()
        .map(|entry| ScopeEntryBody {
            workspace: entry.workspace.map(|id| id.to_string()),
            server: entry.server.map(|id| id.to_string()),
            tools: entry.tools.to_string(),
        })
        .collect()
}

/// Reads a field that has a shape of its own, with its name in the error.
pub(crate) fn read<T: std::str::FromStr<Err = E>, E: ToString>(
    field: &str,
    text: &str,
) -> Result<T, Problem> {
    text.parse().map_err(|wrong: E| Problem::invalid_field(field, &wrong.to_string()))
}
