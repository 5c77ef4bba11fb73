//! How many changes a search finds, and which are the first and the last.

use model::{OrganizationId, Revision, Timestamp};
use sea_orm::{ConnectionTrait, PaginatorTrait, QueryOrder, QuerySelect, Select};

use super::find::{ChangeCursor, all_of, placed};
use super::row::{Column, Entity};
use super::search::{ChangeSearch, LOOKED_THROUGH, horizon, matching, newest_first};
use crate::{Order, Page, Store, StoreError, text};

/// The extent of what a search finds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ChangeSpan {
    /// How many changes.
    pub records: u64,
    /// The newest of them, and when it was made.
    pub newest: Option<(ChangeCursor, Timestamp)>,
    /// The oldest of them, and when it was made.
    pub oldest: Option<(ChangeCursor, Timestamp)>,
    /// Where the looking stopped though there is more.
    pub stopped_at: Option<ChangeCursor>,
}

impl Store {
    /// How many changes a search finds before a place, and which are the first and the last: among as many changes as
    /// one search looks through.
    pub async fn span_of_changes(
        &self,
        organization: OrganizationId,
        search: &ChangeSearch,
        before: Option<ChangeCursor>,
    ) -> Result<ChangeSpan, StoreError> {
        let reading = self.reading(organization).await?;
        let page = Page { after: before, limit: 1, order: Order::NewestFirst };
        let all = placed(all_of(organization), page);
        let horizon = horizon(&reading, all.clone(), LOOKED_THROUGH).await?;
        let found = matching(reading.get_database_backend(), all, search, horizon);
        let records = found.clone().count(&reading).await?;
        let oldest_first = found.clone().order_by_asc(Column::Revision).order_by_asc(Column::Position);
        let mut ends = [None, None];
        for (end, select) in ends.iter_mut().zip([newest_first(found), oldest_first]) {
            *end = place(select).one(&reading).await?.map(read).transpose()?;
        }
        let [newest, oldest] = ends;
        let stopped_at = horizon.map(|revision| ChangeCursor { revision, position: 0 });
        Ok(ChangeSpan { records, newest, oldest, stopped_at })
    }
}

type Place = (i64, i32, i64);

fn place(select: Select<Entity>) -> sea_orm::Selector<sea_orm::SelectGetableTuple<Place>> {
    select.select_only().columns([Column::Revision, Column::Position, Column::At]).limit(1).into_tuple()
}

fn read((revision, position, at): Place) -> Result<(ChangeCursor, Timestamp), StoreError> {
    let revision = Revision(text::unsigned(revision));
    let position = u32::try_from(position).unwrap_or(0);
    Ok((ChangeCursor { revision, position }, text::moment(at)?))
}
