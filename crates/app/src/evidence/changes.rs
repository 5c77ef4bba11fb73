use decision::{Action, On};
use model::{Change, OrganizationId};
use store::{ChangeCursor, ChangeFilter, Page};

use crate::{App, Error, Reading};

impl App {
    /// The changes that a filter leaves.
    pub async fn changes(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        filter: &ChangeFilter,
        page: Page<ChangeCursor>,
    ) -> Result<Vec<Change>, Error> {
        reading.check(Action::ChangeRead, On::Organization)?;
        Ok(self.store.changes(organization, filter, page).await?)
    }
}
