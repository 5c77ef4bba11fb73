use decision::{Action, On};
use model::{Edit, Gateway, GatewayId, GatewayState, Name};

use crate::{Error, Plan, Planning};

/// What about a gateway is to be otherwise. None: as it is.
#[derive(Debug, Clone, Default)]
pub struct GatewayPatch {
    /// Its name.
    pub name: Option<Name>,
    /// Whether its word counts for who the subject is.
    pub may_assert_subjects: Option<bool>,
    /// Whether a call whose tool it does not show is decided for the server as a whole.
    pub allows_unseen_tools: Option<bool>,
}

/// Renames a gateway and sets what is believed of it.
pub fn update(planning: &Planning<'_>, id: GatewayId, wanted: GatewayPatch) -> Result<Plan<Gateway>, Error> {
    let permit = planning.permit(Action::GatewayUpdate, On::Gateway(id))?;
    let before = planning.gateway(id)?.clone();
    planning.still(before.clone())?;
    if matches!(before.state, GatewayState::Revoked(_)) {
        return Err(Error::Conflict { code: "state", detail: "the gateway was revoked for ever".to_owned() });
    }
    let mut after = before.clone();
    after.name = wanted.name.unwrap_or(after.name);
    after.may_assert_subjects = wanted.may_assert_subjects.unwrap_or(after.may_assert_subjects);
    after.allows_unseen_tools = wanted.allows_unseen_tools.unwrap_or(after.allows_unseen_tools);
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
