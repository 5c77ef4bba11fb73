use decision::{Action, On};
use model::{Edit, Gateway, GatewayId};

use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Lets a paused gateway ask again. Why is kept beside the decision, since an active one has no place for it.
pub fn resume(planning: &Planning<'_>, id: GatewayId, reason: &str) -> Result<Plan<Gateway>, Error> {
    let permit = planning.permit(Action::GatewayResume, On::Gateway(id))?;
    let before = planning.gateway(id)?.clone();
    planning.still(before.clone())?;
    let after = before.clone().resume()?;
    let reason = sentence("reason", reason)?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after).because(reason))
}
