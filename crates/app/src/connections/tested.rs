use decision::{Action, On};
use model::{Change, ConnectionId, FactKind, OrganizationId};

use crate::evidence::{ChangeFilter, Order, Page};
use crate::{App, Error, Reading};

impl App {
    /// The last test of a way in that has passed: who made it, and when. One that failed is told to whoever made it, and
    /// changes nothing.
    pub async fn last_test(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        id: ConnectionId,
    ) -> Result<Option<Change>, Error> {
        let filter = ChangeFilter {
            kind: Some(FactKind::Connection),
            target: Some(id.to_string()),
            action: Some(Action::ConnectionTest.name().to_owned()),
            ..ChangeFilter::default()
        };
        reading.check(Action::ConnectionRead, On::Connection(id))?;
        let page = Page { after: None, limit: 1, order: Order::NewestFirst };
        Ok(self.changes(reading, organization, &filter, page).await?.into_iter().next())
    }
}
