use decision::{Action, On};
use model::{Connection, ConnectionId, Edit};

use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// From now on the organization honours no sign-in but this and break-glass.
///
/// It takes a test that has passed and somebody who can still mend it when the provider is down, which is asked of
/// whatever is to be written, under the lock (`accounts::Stake`).
pub fn enforce(planning: &Planning<'_>, id: ConnectionId, reason: &str) -> Result<Plan<Connection>, Error> {
    let permit = planning.permit(Action::ConnectionEnforce, On::Connection(id))?;
    let before = planning.connection(id)?.clone();
    planning.still(before.clone())?;
    let after = before.clone().enforce(planning.because(&sentence("reason", reason)?))?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}

/// Other sign-ins are honoured again.
pub fn relax(planning: &Planning<'_>, id: ConnectionId, reason: &str) -> Result<Plan<Connection>, Error> {
    let permit = planning.permit(Action::ConnectionRelax, On::Connection(id))?;
    let before = planning.connection(id)?.clone();
    planning.still(before.clone())?;
    let after = before.clone().relax(planning.because(&sentence("reason", reason)?))?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
