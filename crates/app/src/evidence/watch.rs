//! Watching the log: what has been decided since the last look, for as long as the one who looks may see it.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use decision::Caller;
use model::{DecisionId, OrganizationId, Timestamp};
use store::StoredDecision;

use super::Query;
use super::decisions::{sees_all, sees_own};
use crate::{App, Error};

/// Records reach the table in the order of their commits, and carry the moment of their decision: of two nodes, one may
/// be late by as much. What was seen already is known by its id.
const LATE: TimeDelta = TimeDelta::seconds(5);

/// Records told in one look. Nobody reads more in a second; the rest is in the log.
pub const MOST_AT_ONCE: u64 = 100;

/// Somebody's look at the log as it grows.
pub struct Watch {
    app: App,
    organization: OrganizationId,
    query: Query,
    /// Nothing before it is told.
    began: Timestamp,
    since: Timestamp,
    seen: BTreeMap<DecisionId, Timestamp>,
}

/// What has come since the last look.
#[derive(Debug, Default)]
pub struct Seen {
    /// The records, oldest first.
    pub records: Vec<StoredDecision>,
    /// Whether there were more than are told.
    pub is_cut: bool,
}

impl App {
    /// Begins to watch what a query finds, from a moment on.
    pub fn watch(&self, organization: OrganizationId, query: Query, began: Timestamp) -> Watch {
        Watch { app: self.clone(), organization, query, began, since: began, seen: BTreeMap::new() }
    }
}

impl Watch {
    /// Looks once. Who looks is asked anew each time, and each record is looked at with what they may see now.
    pub async fn look(&mut self, caller: Caller) -> Result<Seen, Error> {
        let reading = self.app.read(caller, self.organization).await?;
        let search = self.app.search_of(&reading, &self.query)?;
        let store = &self.app.store;
        let found = store.newest_decisions(self.organization, &search, self.since, MOST_AT_ONCE + 1).await?;
        let is_cut = found.len() as u64 > MOST_AT_ONCE;
        let may_see = |stored: &StoredDecision| sees_all(&reading) || sees_own(&reading, stored);
        let mut records: Vec<StoredDecision> = found
            .into_iter()
            .take(usize::try_from(MOST_AT_ONCE).unwrap_or(usize::MAX))
            .filter(|stored| stored.at > self.began && !self.seen.contains_key(&stored.id) && may_see(stored))
            .collect();
        records.reverse();
        self.since = self.began.max(reading.now - LATE);
        self.seen.extend(records.iter().map(|stored| (stored.id, stored.at)));
        let since = self.since;
        self.seen.retain(|_, at| *at >= since);
        Ok(Seen { records, is_cut })
    }
}
