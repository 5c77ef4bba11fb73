use decision::{Action, On};
use model::{Edit, Gateway, GatewayId, Holder, cascade};

use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Ends a gateway for ever, and every key of it in the same transaction.
pub fn revoke(planning: &Planning<'_>, id: GatewayId, reason: &str) -> Result<Plan<Gateway>, Error> {
    let permit = planning.permit(Action::GatewayRevoke, On::Gateway(id))?;
    let before = planning.gateway(id)?.clone();
    planning.still(before.clone())?;
    let because = planning.because(&sentence("reason", reason)?);
    let after = before.clone().revoke(because.clone())?;
    let mut edits = vec![Edit::update(before, after.clone())];
    edits.extend(cascade::keys_end(planning.facts, Holder::Gateway(id), &because));
    Ok(Plan::new(permit, edits, after))
}
