use futures_util::TryStreamExt;
use model::{Change, FactKind, OrganizationId, Revision, Timestamp, UserId};
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select, StreamTrait,
};
use uuid::Uuid;

use super::answered::answered_for;
use super::row::{Column, Entity, Model};
use crate::page::MOST;
use crate::tenancy::of;
use crate::{Order, Page, Store, StoreError, text};

/// Which changes. What is left out does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeFilter {
    /// Made by this principal.
    pub actor: Option<Uuid>,
    /// Of an agent that this person answered for, before or after, or of a key of such an agent.
    pub owner: Option<UserId>,
    /// Of facts of this kind.
    pub kind: Option<FactKind>,
    /// Of the fact of this id.
    pub target: Option<String>,
    /// Whose action begins so, for example `agent.`.
    pub action: Option<String>,
    /// At or after.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

/// The place of a change among those of its organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangeCursor {
    /// Its revision.
    pub revision: Revision,
    /// Its position within it.
    pub position: u32,
}

impl Store {
    /// The changes after a revision, oldest first: about as many as `limit`, and never part of a revision.
    pub async fn changes_after(
        &self,
        organization: OrganizationId,
        after_revision: Revision,
        limit: u64,
    ) -> Result<Vec<Change>, StoreError> {
        after(&self.reading(organization).await?, organization, after_revision, limit).await
    }

    /// The changes that a filter leaves, newest first unless the page says otherwise.
    pub async fn changes(
        &self,
        organization: OrganizationId,
        filter: &ChangeFilter,
        page: Page<ChangeCursor>,
    ) -> Result<Vec<Change>, StoreError> {
        let reading = self.reading(organization).await?;
        let condition = filter.condition(ConnectionTrait::get_database_backend(&reading));
        let select = placed(all_of(organization).filter(condition), page)
            .order_by(Column::Revision, page.order.sql())
            .order_by(Column::Position, page.order.sql())
            .limit(page.most());
        read(select.all(&reading).await?)
    }
}

impl ChangeFilter {
    fn condition(&self, backend: DbBackend) -> Condition {
        let starts = |prefix: &String| starts_with(Column::Action, prefix);
        Condition::all()
            .add_option(self.actor.map(|id| Column::ActorId.eq(id)))
            .add_option(self.owner.map(|id| answered_for(id.uuid(), backend)))
            .add_option(self.kind.map(|kind| Column::Kind.eq(kind.as_str())))
            .add_option(self.target.as_deref().map(|id| Column::Target.eq(id)))
            .add_option(self.action.as_ref().map(starts))
            .add_option(self.from.map(|at| Column::At.gte(text::micros(at))))
            .add_option(self.until.map(|at| Column::At.lt(text::micros(at))))
    }
}

/// Whether a column begins so. Not `like`, which SQLite compares without case, and which has wildcards.
pub(crate) fn starts_with(column: impl ColumnTrait, prefix: &str) -> Expr {
    let length = i32::try_from(prefix.chars().count()).unwrap_or(i32::MAX);
    let start = Func::cust("substr").arg(column.into_expr()).arg(1_i32).arg(length);
    Expr::expr(start).eq(prefix)
}

/// What comes after the place where a page begins.
pub(super) fn placed(select: Select<Entity>, page: Page<ChangeCursor>) -> Select<Entity> {
    let Some(cursor) = page.after else { return select };
    let place = Expr::tuple([Expr::col(Column::Revision), Expr::col(Column::Position)]);
    let seen = Expr::tuple([
        Expr::val(text::signed(cursor.revision.0)),
        Expr::val(i32::try_from(cursor.position).unwrap_or(i32::MAX)),
    ]);
    select.filter(match page.order {
        Order::NewestFirst => place.lt(seen),
        Order::OldestFirst => place.gt(seen),
    })
}

pub(super) fn all_of(organization: OrganizationId) -> Select<Entity> {
    Entity::find().filter(of(Column::OrganizationId, organization))
}

pub(super) fn read(rows: Vec<Model>) -> Result<Vec<Change>, StoreError> {
    rows.into_iter().map(Model::change).collect()
}

/// The changes after a revision; see [`Store::changes_after`].
pub(crate) async fn after<C: ConnectionTrait>(
    connection: &C,
    organization: OrganizationId,
    after: Revision,
    limit: u64,
) -> Result<Vec<Change>, StoreError> {
    let limit = Ord::clamp(limit, 1, MOST);
    let select = all_of(organization).order_by_asc(Column::Revision).order_by_asc(Column::Position);
    let beyond = select.clone().filter(Column::Revision.gt(text::signed(after.0)));
    let mut rows = beyond.limit(limit.saturating_add(1)).all(connection).await?;
    if text::unsigned(i64::try_from(rows.len()).unwrap_or(i64::MAX)) <= limit {
        return read(rows);
    }
    // There is more, so the last revision may be cut: it is left for the next time, unless it is the only one.
    let first = rows.first().map(|row| row.revision);
    let last = rows.last().map(|row| row.revision);
    match (first, last) {
        (Some(only), Some(last)) if only == last => {
            read(select.filter(Column::Revision.eq(only)).all(connection).await?)
        }
        _ => {
            rows.retain(|row| Some(row.revision) != last);
            read(rows)
        }
    }
}

/// Each change up to a revision, oldest first.
pub(crate) async fn each_until<C: ConnectionTrait + StreamTrait>(
    connection: &C,
    organization: OrganizationId,
    until: Revision,
    mut with: impl FnMut(Change),
) -> Result<(), StoreError> {
    let select = all_of(organization)
        .filter(Column::Revision.lte(text::signed(until.0)))
        .order_by_asc(Column::Revision)
        .order_by_asc(Column::Position);
    let mut rows = select.stream(connection).await?;
    while let Some(row) = rows.try_next().await? {
        with(row.change()?);
    }
    Ok(())
}
