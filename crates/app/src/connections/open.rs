use decision::{Action, On};
use model::{Connection, ConnectionId, Edit};

use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Notes that a test has passed: on these very terms, or it proves nothing.
pub fn pass(
    planning: &Planning<'_>,
    id: ConnectionId,
    tested: &model::Terms,
) -> Result<Plan<Connection>, Error> {
    let permit = planning.permit(Action::ConnectionTest, On::Connection(id))?;
    let before = planning.connection(id)?.clone();
    if before.terms != *tested {
        let detail = "the connection was changed during the test; test it again";
        return Err(Error::Conflict { code: "changed", detail: detail.to_owned() });
    }
    let after = before.clone().pass(planning.because("a test has passed"))?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}

/// Closes a way in. The sessions that came in by it end with it.
pub fn disable(planning: &Planning<'_>, id: ConnectionId, reason: &str) -> Result<Plan<Connection>, Error> {
    let permit = planning.permit(Action::ConnectionDisable, On::Connection(id))?;
    let before = planning.connection(id)?.clone();
    planning.still(before.clone())?;
    let after = before.clone().disable(planning.because(&sentence("reason", reason)?))?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}

/// Brings a closed way in back to where it can be tested.
pub fn reopen(planning: &Planning<'_>, id: ConnectionId) -> Result<Plan<Connection>, Error> {
    let permit = planning.permit(Action::ConnectionDisable, On::Connection(id))?;
    let before = planning.connection(id)?.clone();
    planning.still(before.clone())?;
    let after = before.clone().reopen()?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
