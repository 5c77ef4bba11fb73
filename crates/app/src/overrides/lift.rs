use decision::{Action, On};
use model::{AgentId, Edit, FactKind, WorkspaceId};

use crate::overrides::put::standing;
use crate::{Error, Plan, Planning};

/// Lifts what narrows an agent in a workspace: it may again what its owner, its scope and its never-list leave it.
pub fn lift(planning: &Planning<'_>, workspace: WorkspaceId, agent: AgentId) -> Result<Plan<()>, Error> {
    let permit = planning.permit(Action::OverrideRemove, On::Workspace(workspace))?;
    let edits: Vec<Edit> = standing(planning, workspace, agent).cloned().map(Edit::remove).collect();
    if edits.is_empty() {
        return Err(Error::NotFound(FactKind::Override));
    }
    for narrowing in standing(planning, workspace, agent) {
        planning.still(narrowing.clone())?;
    }
    Ok(Plan::new(permit, edits, ()))
}
