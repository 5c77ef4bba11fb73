use std::collections::BTreeSet;

use decision::{Action, On};
use model::{OrganizationId, UserId};

use crate::{App, Error, Reading};

impl App {
    /// Who of an organization asks to come in by an account of another organization's provider. For whoever may see that of
    /// everybody; to all others nobody does.
    pub async fn who_asks_to_come_in(
        &self,
        reading: &Reading,
        organization: OrganizationId,
    ) -> Result<BTreeSet<UserId>, Error> {
        if !reading.may(Action::IdentityRead, On::Organization) {
            return Ok(BTreeSet::new());
        }
        Ok(self.store.who_asks(organization).await?)
    }
}
