//! Reading on from a moment, for whoever watches the log, and how far a search reaches, for whoever takes it away.

use model::{DecisionId, OrganizationId, Timestamp};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

use super::row::{Column, Model};
use super::search::{LOOKED_THROUGH, Search, horizon, matching};
use super::{DecisionCursor, StoredDecision};
use crate::{Store, StoreError, text};

/// What a search finds in one step through the log, newest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// How many records.
    pub records: u64,
    /// The newest of them.
    pub newest: Option<DecisionCursor>,
    /// The oldest of them.
    pub oldest: Option<DecisionCursor>,
    /// Where the search stopped looking though there is more.
    pub stopped_at: Option<Timestamp>,
}

impl Store {
    /// What a search finds from a moment on, newest first: not more than `limit`.
    pub async fn newest_decisions(
        &self,
        organization: OrganizationId,
        search: &Search,
        since: Timestamp,
        limit: u64,
    ) -> Result<Vec<StoredDecision>, StoreError> {
        let from = search.from.map_or(since, |from| from.max(since));
        let select = matching(organization, search, Some(from))
            .order_by_desc(Column::At)
            .order_by_desc(Column::Id)
            .limit(limit);
        let rows = select.all(&self.reading(organization).await?).await?;
        rows.into_iter().map(Model::decision).collect()
    }

    /// How many records a search finds before a moment, and which are the first and the last: among as many records as
    /// one search looks through.
    pub async fn span_of_decisions(
        &self,
        organization: OrganizationId,
        search: &Search,
    ) -> Result<Span, StoreError> {
        let reading = self.reading(organization).await?;
        let stopped_at = horizon(&reading, organization, search, None, LOOKED_THROUGH).await?;
        let found = matching(organization, search, stopped_at);
        let bounds = found.clone().select_only();
        let bounds = bounds
            .column_as(Column::At.count(), "records")
            .column_as(Column::At.max(), "newest")
            .column_as(Column::At.min(), "oldest");
        let bounds: Option<(i64, Option<i64>, Option<i64>)> = bounds.into_tuple().one(&reading).await?;
        let Some((records, Some(newest), Some(oldest))) = bounds else {
            return Ok(Span { stopped_at, ..Span::default() });
        };
        let mut ends = [None, None];
        for (end, (at, order)) in
            ends.iter_mut().zip([(newest, sea_orm::Order::Desc), (oldest, sea_orm::Order::Asc)])
        {
            let at_once = found.clone().filter(Column::At.eq(at)).order_by(Column::Id, order);
            *end = at_once.one(&reading).await?.map(|row| DecisionId::from_uuid(row.id));
        }
        let place = |at, id: Option<DecisionId>| -> Result<_, StoreError> {
            let at = text::moment(at)?;
            Ok(id.map(|id| DecisionCursor { at, id }))
        };
        let [first, last] = ends;
        Ok(Span {
            records: text::unsigned(records),
            newest: place(newest, first)?,
            oldest: place(oldest, last)?,
            stopped_at,
        })
    }
}
