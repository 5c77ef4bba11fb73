use decision::{Action, On};
use model::{DefinitionHash, Edit, Tool, ToolId};

use crate::{Error, Plan, Planning};

/// Accepts a tool's present definition: from this revision on it may be called again. `looked_at` is the digest of
/// what the person saw, so that nobody accepts what was put in its place meanwhile.
pub fn review(planning: &Planning<'_>, id: ToolId, looked_at: DefinitionHash) -> Result<Plan<Tool>, Error> {
    let before = planning.tool(id)?.clone();
    let permit = planning.permit(Action::ToolReview, On::Server(before.server))?;
    planning.still(before.clone())?;
    if before.definition != looked_at {
        return Err(Error::Conflict {
            code: "definition",
            detail: "the definition is no longer the one that was looked at; look at the present one"
                .to_owned(),
        });
    }
    let after = Tool { reviewed: Some(looked_at), ..before.clone() };
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
