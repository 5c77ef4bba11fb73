use decision::{Action, On};
use model::{Edit, Gateway, GatewayId, GatewayState, Name};

use crate::{Error, Plan, Planning};

/// A gateway to be registered. It may ask once it has a key.
#[derive(Debug, Clone)]
pub struct NewGateway {
    /// What it is called.
    pub name: Name,
    /// Whether its word counts for who the subject is.
    pub may_assert_subjects: bool,
    /// Whether a call whose tool it does not show is decided for the server as a whole.
    pub allows_unseen_tools: bool,
}

/// Registers a gateway.
pub fn create(planning: &Planning<'_>, new: NewGateway) -> Result<Plan<Gateway>, Error> {
    let id = GatewayId::draw(planning.now, &mut planning.entropy());
    let permit = planning.permit_new(Action::GatewayCreate, On::Gateway(id))?;
    let gateway = Gateway {
        id,
        name: new.name,
        state: GatewayState::Active,
        may_assert_subjects: new.may_assert_subjects,
        allows_unseen_tools: new.allows_unseen_tools,
        created_at: planning.now,
    };
    Ok(Plan::new(permit, vec![Edit::create(gateway.clone())], gateway))
}
