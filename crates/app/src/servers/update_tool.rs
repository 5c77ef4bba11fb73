use decision::{Action, On};
use model::{Edit, Risk, Tool, ToolId};

use crate::servers::title::checked_title;
use crate::{Error, Plan, Planning};

/// What about a tool is to be otherwise. None: as it is.
#[derive(Debug, Clone, Default)]
pub struct ToolPatch {
    /// A title for people.
    pub title: Option<String>,
    /// What it can do to the world.
    pub risk: Option<Risk>,
}

/// Sets a tool's title and risk. Neither comes from the server again, whatever it says later.
pub fn update_tool(planning: &Planning<'_>, id: ToolId, wanted: ToolPatch) -> Result<Plan<Tool>, Error> {
    let before = planning.tool(id)?.clone();
    let permit = planning.permit(Action::ToolUpdate, On::Server(before.server))?;
    planning.still(before.clone())?;
    let mut after = before.clone();
    if let Some(title) = wanted.title {
        after.title = checked_title(&title)?;
    }
    after.risk = wanted.risk.unwrap_or(after.risk);
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
