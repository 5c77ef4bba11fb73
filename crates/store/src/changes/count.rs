//! Counting what a search finds among the changes: over time, and how often each actor, kind and action occurs.

use model::{OrganizationId, Revision, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::find::all_of;
use super::row::{Column, Entity};
use super::search::{ChangeSearch, horizon, matching};
use crate::{Store, StoreError, text};

/// How many changes are counted for one answer, newest first, as of the decisions.
const COUNTED: u64 = 5_000;

/// Values of a field that are told: the commonest. More are found with a word more in the query.
const VALUES: u64 = 8;

/// The changes of each value of a field, the commonest first.
pub type ChangeTallies<T> = Vec<(T, u64)>;

/// What was counted in a window of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedChanges {
    /// The window's beginning.
    pub from: Timestamp,
    /// Its end, not in it.
    pub until: Timestamp,
    /// Whether it begins later than the search does, because so many changes were looked through.
    pub is_cut: bool,
    /// How many changes were found in it.
    pub records: u64,
    /// By who made them; those of the operator and of rules are left out.
    pub actors: ChangeTallies<Uuid>,
    /// By the kind of fact.
    pub kinds: ChangeTallies<String>,
    /// By what was done.
    pub actions: ChangeTallies<String>,
    /// Over time: stretches of the window, equally long, oldest first.
    pub bars: Vec<u64>,
}

impl Store {
    /// Counts what a search finds among the newest five thousand changes before its end.
    pub async fn count_changes(
        &self,
        organization: OrganizationId,
        search: &ChangeSearch,
        bars: u16,
        now: Timestamp,
    ) -> Result<CountedChanges, StoreError> {
        let reading = self.reading(organization).await?;
        let until = search.until.unwrap_or(now);
        let before = all_of(organization).filter(Column::At.lt(text::micros(until)));
        let (stopped, first) = beginning(&reading, organization, search, before).await?;
        let found = matching(reading.get_database_backend(), all_of(organization), search, stopped);
        let from = Ord::min(first.unwrap_or(until), until);
        let mut counted = CountedChanges {
            from,
            until,
            is_cut: stopped.is_some(),
            records: 0,
            actors: tallied(&reading, found.clone().filter(Column::ActorId.is_not_null()), Column::ActorId)
                .await?,
            kinds: tallied(&reading, found.clone(), Column::Kind).await?,
            actions: tallied(&reading, found.clone(), Column::Action).await?,
            bars: vec![0; usize::from(bars)],
        };
        for (bar, changes) in over_time(&reading, found, &counted).await? {
            counted.records += changes;
            // Clocks differ: what is newer than now belongs to the last stretch, and what is older to the first.
            let at = usize::try_from(bar).unwrap_or(0).min(counted.bars.len().saturating_sub(1));
            if let Some(bar) = counted.bars.get_mut(at) {
                *bar += changes;
            }
        }
        Ok(counted)
    }
}

impl CountedChanges {
    /// The bounds of a stretch of the window, which [`CountedChanges::bars`] numbers.
    pub fn stretch(&self, at: usize) -> (Timestamp, Timestamp) {
        let (width, at) = (self.width(), i64::try_from(at).unwrap_or(i64::MAX));
        let bound = |number: i64| {
            let micros = text::micros(self.from).saturating_add(width.saturating_mul(number));
            text::moment(micros).unwrap_or(self.until)
        };
        (bound(at), bound(at.saturating_add(1)))
    }

    /// How long a stretch is, in microseconds. Rounded up, so that the last change is in the last one.
    fn width(&self) -> i64 {
        let whole = text::micros(self.until).saturating_sub(text::micros(self.from));
        let bars = Ord::max(i64::try_from(self.bars.len()).unwrap_or(i64::MAX), 1);
        Ord::max(whole.saturating_add(bars - 1) / bars, 1)
    }
}

/// Where counting begins: the revision, where it does so because so many changes were looked through, and the moment.
async fn beginning(
    reading: &DatabaseTransaction,
    organization: OrganizationId,
    search: &ChangeSearch,
    before: Select<Entity>,
) -> Result<(Option<Revision>, Option<Timestamp>), StoreError> {
    let all = || all_of(organization);
    if let Some(revision) = horizon(reading, before, COUNTED).await? {
        let there = all().filter(Column::Revision.eq(text::signed(revision.0)));
        let at = at_of(reading, there).await?;
        if search.from.is_none_or(|from| at.is_some_and(|at| at > from)) {
            return Ok((Some(revision), at));
        }
    }
    match search.from {
        Some(from) => Ok((None, Some(from))),
        None => Ok((None, at_of(reading, all().order_by_asc(Column::Revision)).await?)),
    }
}

/// When the first change of a selection was made.
async fn at_of(
    reading: &DatabaseTransaction,
    select: Select<Entity>,
) -> Result<Option<Timestamp>, StoreError> {
    let at: Option<i64> = select.select_only().column(Column::At).limit(1).into_tuple().one(reading).await?;
    at.map(text::moment).transpose()
}

/// How often each value of a column occurs, the commonest first.
async fn tallied<T>(
    reading: &DatabaseTransaction,
    found: Select<Entity>,
    column: Column,
) -> Result<ChangeTallies<T>, StoreError>
where
    (T, i64): sea_orm::TryGetableMany + Send + Sync + 'static,
{
    let rows: Vec<(T, i64)> = found
        .select_only()
        .column(column)
        .column_as(Expr::cust("count(*)"), "records")
        .group_by(column)
        .order_by_desc(Expr::cust("count(*)"))
        .order_by_asc(column)
        .limit(VALUES)
        .into_tuple()
        .all(reading)
        .await?;
    Ok(rows.into_iter().map(|(value, records)| (value, text::unsigned(records))).collect())
}

/// How many changes each stretch has.
async fn over_time(
    reading: &DatabaseTransaction,
    found: Select<Entity>,
    counted: &CountedChanges,
) -> Result<Vec<(i64, u64)>, StoreError> {
    let number = Expr::col(Column::At).sub(text::micros(counted.from)).div(counted.width());
    let rows: Vec<(i64, i64)> = found
        .select_only()
        .column_as(number, "bar")
        .column_as(Expr::cust("count(*)"), "records")
        .group_by(Expr::cust("1"))
        .into_tuple()
        .all(reading)
        .await?;
    Ok(rows.into_iter().map(|(bar, records)| (bar, text::unsigned(records))).collect())
}
