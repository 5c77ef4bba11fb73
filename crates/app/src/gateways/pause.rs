use decision::{Action, On};
use model::{Edit, Gateway, GatewayId};

use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Holds a gateway: whatever it asks is denied until it is resumed.
pub fn pause(planning: &Planning<'_>, id: GatewayId, reason: &str) -> Result<Plan<Gateway>, Error> {
    let permit = planning.permit(Action::GatewayPause, On::Gateway(id))?;
    let before = planning.gateway(id)?.clone();
    planning.still(before.clone())?;
    let after = before.clone().pause(planning.because(&sentence("reason", reason)?))?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
