use decision::{Action, On};
use model::{ConnectionId, ConnectionState, Edit};

use crate::{Error, Plan, Planning};

/// Forgets a way in that is closed, or that nobody ever came in by.
pub fn remove(planning: &Planning<'_>, id: ConnectionId) -> Result<Plan<()>, Error> {
    let permit = planning.permit(Action::ConnectionRemove, On::Connection(id))?;
    let before = planning.connection(id)?.clone();
    planning.still(before.clone())?;
    if !matches!(before.state, ConnectionState::Disabled(_) | ConnectionState::Draft) {
        let detail = "people come in by this connection; disable it first";
        return Err(Error::Conflict { code: "state", detail: detail.to_owned() });
    }
    Ok(Plan::new(permit, vec![Edit::remove(before)], ()))
}
