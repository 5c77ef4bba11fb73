//! Asking the store what a query means.

use chrono::TimeDelta;
use model::OrganizationId;
use store::{DecisionCursor, Found, Page, Search, StoredDecision};

use super::count::{Counts, count};
use super::{Query, QueryError};
use crate::evidence::decisions::visible;
use crate::{App, Error, Reading};

/// How many records are counted for the picture and the facets: about ten milliseconds' worth.
const COUNTED: u64 = 2_000;

/// What a query found.
#[derive(Debug, Clone)]
pub struct Results {
    /// A page of records, newest first.
    pub found: Found<StoredDecision>,
    /// Counted over the newest records that match.
    pub counts: Counts,
    /// Whether there are more than were counted.
    pub counted_all: bool,
}

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

    /// A page of what a search finds, and the counts beside it.
    pub async fn search_and_count(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        search: &Search,
        page: Page<DecisionCursor>,
    ) -> Result<Results, Error> {
        let found = self.search(organization, search, page).await?;
        let briefs = self.store.brief_decisions(organization, search, COUNTED).await?;
        let until = search.until.unwrap_or(reading.now);
        let oldest = briefs.items.last().and_then(|brief| model::Timestamp::from_timestamp_micros(brief.at));
        let whole = search.from.filter(|_| briefs.stopped_at.is_none());
        let from = whole.or(oldest).unwrap_or(until - TimeDelta::days(1));
        Ok(Results {
            found,
            counts: count(&briefs.items, from, until),
            counted_all: briefs.stopped_at.is_none(),
        })
    }
}
