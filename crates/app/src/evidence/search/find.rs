//! Asking the store what a query means.

use model::OrganizationId;
use store::{DecisionCursor, Found, Page, Search, StoredDecision};

use super::{Query, QueryError};
use crate::evidence::decisions::visible;
use crate::{App, Error, Reading};

impl App {
    /// What a query means for this caller: whoever has no general right to see decisions searches their own and those
    /// of the agents they answered for at the time.
    pub fn search_of(&self, reading: &Reading, query: &Query) -> Result<Search, Error> {
        let wrong = |error: QueryError| Error::invalid("q", error.to_string());
        let mut search = query.search(&reading.facts, reading.now).map_err(wrong)?;
        search.attributable_to = visible(reading, None)?;
        Ok(search)
    }

    /// A page of what a search finds.
    pub async fn search(
        &self,
        organization: OrganizationId,
        search: &Search,
        page: Page<DecisionCursor>,
    ) -> Result<Found<StoredDecision>, Error> {
        Ok(self.store.search_decisions(organization, search, page).await?)
    }
}
