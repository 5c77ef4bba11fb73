use app::{Error, Reading};
use decision::{Action, On};
use model::{FactKind, Snapshot, Workspace, WorkspaceId};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::Problem;

/// The path of one workspace.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct WorkspacePath {
    /// The workspace's id or slug.
    pub workspace: String,
}

/// The workspace that a path names by id or slug, for a use case that decides about it.
pub(in crate::api) fn named(facts: &Snapshot, text: &str) -> Result<WorkspaceId, Problem> {
    let by_slug = || facts.workspace_by_slug(text);
    let found = text.parse().ok().and_then(|id| facts.workspace(id)).or_else(by_slug);
    Ok(found.ok_or(Error::NotFound(FactKind::Workspace))?.id)
}

/// The workspace that a path names, if the reader may see it.
pub(in crate::api) fn seen<'a>(reading: &'a Reading, text: &str) -> Result<&'a Workspace, Problem> {
    let id = named(&reading.facts, text)?;
    reading.check(Action::WorkspaceRead, On::Workspace(id))?;
    let found = reading.facts.workspace(id).ok_or(Error::NotFound(FactKind::Workspace))?;
    Ok(found)
}
