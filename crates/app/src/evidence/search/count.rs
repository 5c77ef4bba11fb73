//! What stands beside a list of records: how they lie in time, and how often each value of a field occurs.

use model::{OrganizationId, Timestamp};
use store::{Counted, Search, Tally};

use crate::{App, Error, Reading};

/// How many bars a picture has: enough to see a shape, few enough for a narrow screen.
pub(super) const BARS: u16 = 48;

/// The fields that are counted, as a query writes them, in the order in which they are shown.
pub const FACETS: [&str; 7] = ["decision", "reason", "actor", "owner", "action", "workspace", "server"];

/// What was counted in a window of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// The window's beginning.
    pub from: Timestamp,
    /// Its end, not in it.
    pub until: Timestamp,
    /// Whether it begins later than the query does: as many records were counted as one answer may.
    pub is_cut: bool,
    /// How many records.
    pub records: u64,
    /// How many of them deny.
    pub denied: u64,
    /// Over time, oldest first.
    pub bars: Vec<Bar>,
    /// By field, in the order of [`FACETS`].
    pub facets: Vec<Facet>,
}

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end, not in it.
    pub until: Timestamp,
    /// How many allow.
    pub allowed: u64,
    /// How many deny.
    pub denied: u64,
}

/// A field and its commonest values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The field, as a query writes it.
    pub field: &'static str,
    /// Its values, most first.
    pub values: Vec<Tally>,
}

impl App {
    /// Counts what a search finds among the newest five thousand records before its end.
    pub async fn count(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        search: &Search,
    ) -> Result<Counts, Error> {
        let counted = self.store.count_decisions(organization, search, BARS, reading.now).await?;
        Ok(Counts::of(&counted))
    }
}

impl Counts {
    fn of(counted: &Counted) -> Self {
        let bar = |(at, (allowed, denied)): (usize, &(u64, u64))| {
            let (from, until) = counted.stretch(at);
            Bar { from, until, allowed: *allowed, denied: *denied }
        };
        let facet = |field: &'static str| {
            let values = counted.values.iter().filter(|tally| tally.field == field);
            Facet { field, values: values.cloned().collect() }
        };
        Self {
            from: counted.from,
            until: counted.until,
            is_cut: counted.is_cut,
            records: counted.records,
            denied: counted.denied,
            bars: counted.bars.iter().enumerate().map(bar).collect(),
            facets: FACETS.iter().map(|field| facet(field)).collect(),
        }
    }
}
