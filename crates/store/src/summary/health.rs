//! How the newest calls went, and when people lost their agents.

use std::collections::BTreeMap;

use model::{GatewayId, OrganizationId, Revision, Timestamp, UserId};
use sea_orm::QueryResult;
use uuid::Uuid;

use super::{CALLS, NEWEST};
use crate::{Backend, Store, StoreError, text};

/// Calls whose times are looked at: enough for the hundredth slowest to be ten of them, and read in a few milliseconds.
const TIMED: usize = 1_000;

/// Revisions that are looked through for cascades, newest first: what happens in weeks.
const REVISIONS: u64 = 2_000;

/// What left the agents of a person without anybody who answers for them: in one revision, the membership and the agents.
/// The kinds are not narrowed: SQLite would go by them, through every agent of an import, and not by what was edited.
const CASCADES: [&str; 2] = [
    "select revision, min(at) as at, max(case when kind = 'membership' then target end) as person, \
    count(case when kind = 'agent' then 1 end) as agents from changes",
    "where organization_id = $1 and revision > $2 and before is not null group by revision \
    having count(case when kind = 'agent' then 1 end) > 0 \
    and count(case when kind = 'membership' then 1 end) > 0 order by revision desc limit $3",
];

/// How long the newest calls took to decide and record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    /// How many were looked at.
    pub calls: usize,
    /// When the newest was decided.
    pub newest: Timestamp,
    /// Half took at most so many microseconds.
    pub median_us: u64,
    /// Ninety-nine of a hundred took at most so many.
    pub p99_us: u64,
}

/// One person lost their access, and their agents theirs with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cascade {
    /// In which revision, all of it.
    pub revision: Revision,
    /// When.
    pub at: Timestamp,
    /// Who answered for them.
    pub person: UserId,
    /// How many agents were cut.
    pub agents: u64,
}

impl Store {
    /// How the newest calls went. None: there was none among the newest records.
    pub async fn pace(&self, organization: OrganizationId) -> Result<Option<Pace>, StoreError> {
        let newest = format!(
            "select at, duration_us, action from decisions where organization_id = $1 \
             order by at desc, id desc limit {TIMED}"
        );
        let rows = self.find_rows(organization, &newest, [organization.uuid().into()]).await?;
        let mut calls = Vec::with_capacity(rows.len());
        for row in &rows {
            if row.try_get::<String>("", "action")?.starts_with(CALLS) {
                calls.push((row.try_get::<i64>("", "at")?, row.try_get::<i64>("", "duration_us")?));
            }
        }
        let Some((newest, _)) = calls.first().copied() else { return Ok(None) };
        let mut times: Vec<i64> = calls.iter().map(|(_, took)| *took).collect();
        times.sort_unstable();
        let at = |share: usize| times.get((times.len() * share).div_ceil(100).saturating_sub(1));
        let time = |share| text::unsigned(at(share).copied().unwrap_or(0));
        let newest = text::moment(newest)?;
        Ok(Some(Pace { calls: times.len(), newest, median_us: time(50), p99_us: time(99) }))
    }

    /// How often each gateway asked since a moment, among the newest records.
    pub async fn gateway_calls(
        &self,
        organization: OrganizationId,
        since: Timestamp,
    ) -> Result<BTreeMap<GatewayId, u64>, StoreError> {
        let newest = format!(
            "select gateway_id from decisions where organization_id = $1 and at > $2 \
             order by at desc limit {NEWEST}"
        );
        let values = [organization.uuid().into(), text::micros(since).into()];
        let mut calls = BTreeMap::new();
        for row in self.find_rows(organization, &newest, values).await? {
            if let Some(gateway) = row.try_get::<Option<Uuid>>("", "gateway_id")? {
                *calls.entry(GatewayId::from_uuid(gateway)).or_default() += 1;
            }
        }
        Ok(calls)
    }

    /// The last times that somebody lost their agents, newest first, of those within the last revisions.
    pub async fn cascades(
        &self,
        organization: OrganizationId,
        now: Revision,
        most: u16,
    ) -> Result<Vec<Cascade>, StoreError> {
        let since = text::signed(now.0.saturating_sub(REVISIONS));
        let values = [organization.uuid().into(), since.into(), i64::from(most).into()];
        // SQLite knows nothing of how few were edited, and would read every change there is.
        let by = match self.backend() {
            Backend::Sqlite => " indexed by changes_edited ",
            Backend::Postgres => " ",
        };
        let rows = self.find_rows(organization, &CASCADES.join(by), values).await?;
        rows.iter().map(cascade).collect()
    }
}

fn cascade(row: &QueryResult) -> Result<Cascade, StoreError> {
    Ok(Cascade {
        revision: Revision(text::unsigned(row.try_get("", "revision")?)),
        at: text::moment(row.try_get("", "at")?)?,
        person: text::checked(&row.try_get::<String>("", "person")?)?,
        agents: text::unsigned(row.try_get("", "agents")?),
    })
}
