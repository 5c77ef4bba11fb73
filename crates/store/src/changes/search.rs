//! Searching the changes by terms, as people write them.

use model::{Change, DecisionId, FactKind, OrganizationId, Revision, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbBackend, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use uuid::Uuid;

use super::answered::answered_for;
use super::find::{ChangeCursor, all_of, placed, read, starts_with};
use super::row::{Column, Entity};
use crate::terms::{self, Matching};
use crate::{Page, Store, StoreError, text};

/// How many changes are looked through for one answer, newest first. A term that no index serves reads each of them,
/// and whoever waits can go on from where the search stopped.
pub(super) const LOOKED_THROUGH: u64 = 10_000;

/// What changes are searched for: every term has to hold. Terms of one field are alternatives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeSearch {
    /// The terms, each with whether it must not be.
    pub terms: Vec<(ChangeMatches, bool)>,
    /// At or after.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

/// What a change can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeMatches {
    /// Who made it: any of these principals.
    Actor(Vec<Uuid>),
    /// Who answered for the agent that it is of, before or after, or whose key it is of: any of these people.
    Owner(Vec<Uuid>),
    /// The kind of fact.
    Kind(FactKind),
    /// What was done.
    Action(String),
    /// How what was done begins.
    ActionPrefix(String),
    /// The fact's id.
    Target(String),
    /// A piece of the action, or of the fact before or after, in any case.
    Text(String),
}

/// What a search found on one page.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundChanges {
    /// The changes.
    pub items: Vec<Change>,
    /// Where the search stopped looking though there is more.
    pub stopped_at: Option<ChangeCursor>,
}

impl Store {
    /// A page of what a search finds, newest first. Not more than ten thousand changes are looked through for it.
    pub async fn search_changes(
        &self,
        organization: OrganizationId,
        search: &ChangeSearch,
        page: Page<ChangeCursor>,
    ) -> Result<FoundChanges, StoreError> {
        let reading = self.reading(organization).await?;
        let all = placed(all_of(organization), page);
        let horizon = horizon(&reading, all.clone(), LOOKED_THROUGH).await?;
        let found = matching(reading.get_database_backend(), all, search, horizon);
        let rows = newest_first(found).limit(page.most()).all(&reading).await?;
        let full = text::unsigned(i64::try_from(rows.len()).unwrap_or(i64::MAX)) >= page.limit;
        // What is older than the search reaches is not looked through at all.
        let stopped_at = horizon.filter(|_| !full).map(|revision| ChangeCursor { revision, position: 0 });
        Ok(FoundChanges { items: read(rows)?, stopped_at })
    }

    /// What was changed under a decision.
    pub async fn changes_under(
        &self,
        organization: OrganizationId,
        decision: DecisionId,
        revisions: (Revision, Revision),
        limit: u64,
    ) -> Result<Vec<Change>, StoreError> {
        let (from, until) = revisions;
        let select = all_of(organization)
            .filter(Column::Revision.gte(text::signed(from.0)))
            .filter(Column::Revision.lte(text::signed(until.0)))
            .filter(Column::DecisionId.eq(decision.uuid()))
            .order_by_asc(Column::Revision)
            .order_by_asc(Column::Position);
        read(select.limit(limit).all(&self.reading(organization).await?).await?)
    }

    /// The newest changes of one fact up to a revision, by the index of facts.
    pub async fn changes_of_fact(
        &self,
        organization: OrganizationId,
        target: &model::Target,
        until: Revision,
        limit: u64,
    ) -> Result<Vec<Change>, StoreError> {
        let select = all_of(organization)
            .filter(Column::Kind.eq(target.kind.as_str()))
            .filter(Column::Target.eq(target.id.as_str()))
            .filter(Column::Revision.lte(text::signed(until.0)));
        read(newest_first(select).limit(limit).all(&self.reading(organization).await?).await?)
    }
}

/// The revision of the last change that may be looked through, of so many; none where there are fewer.
pub(super) async fn horizon(
    reading: &DatabaseTransaction,
    select: Select<Entity>,
    most: u64,
) -> Result<Option<Revision>, StoreError> {
    let last = newest_first(select).select_only().column(Column::Revision).offset(most).limit(1);
    let last: Option<i64> = last.into_tuple().one(reading).await?;
    Ok(last.map(|revision| Revision(text::unsigned(revision))))
}

/// What a search leaves of a selection, from a revision on where one is given.
pub(super) fn matching(
    backend: DbBackend,
    select: Select<Entity>,
    search: &ChangeSearch,
    horizon: Option<Revision>,
) -> Select<Entity> {
    let reached = horizon.map(|revision| Column::Revision.gte(text::signed(revision.0)));
    select.filter(search.condition(backend)).filter(Condition::all().add_option(reached))
}

pub(super) fn newest_first(select: Select<Entity>) -> Select<Entity> {
    select.order_by_desc(Column::Revision).order_by_desc(Column::Position)
}

impl ChangeSearch {
    fn condition(&self, backend: DbBackend) -> Condition {
        let asked: Vec<_> =
            self.terms.iter().map(|(matches, negated)| (Asked { matches, backend }, *negated)).collect();
        let terms: Vec<_> = asked.iter().map(|(asked, negated)| (asked, *negated)).collect();
        terms::all(&terms)
            .add_option(self.from.map(|at| Column::At.gte(text::micros(at))))
            .add_option(self.until.map(|at| Column::At.lt(text::micros(at))))
    }
}

/// A term, in the words of a database.
struct Asked<'s> {
    matches: &'s ChangeMatches,
    backend: DbBackend,
}

impl Matching for Asked<'_> {
    fn is_of(&self, other: &Self) -> bool {
        use ChangeMatches::{Action, ActionPrefix, Text};
        let action = |it: &ChangeMatches| matches!(it, Action(_) | ActionPrefix(_));
        match (self.matches, other.matches) {
            (Text(one), Text(two)) => one == two,
            (one, two) if action(one) && action(two) => true,
            (one, two) => std::mem::discriminant(one) == std::mem::discriminant(two),
        }
    }

    fn condition(&self) -> Condition {
        let one = |expression: Expr| Condition::all().add(expression);
        match self.matches {
            ChangeMatches::Actor(ids) => one(Column::ActorId.is_in(ids.iter().copied())),
            // Nobody of that name: nothing, and not everything.
            ChangeMatches::Owner(ids) => {
                let nobody = Condition::any().add(Expr::val(false));
                ids.iter().fold(nobody, |any, id| any.add(answered_for(*id, self.backend)))
            }
            ChangeMatches::Kind(kind) => one(Column::Kind.eq(kind.as_str())),
            ChangeMatches::Action(text) => one(Column::Action.eq(text.as_str())),
            ChangeMatches::ActionPrefix(text) => one(starts_with(Column::Action, text)),
            ChangeMatches::Target(text) => one(Column::Target.eq(text.as_str())),
            ChangeMatches::Text(text) => holds(text),
        }
    }
}

/// Whether a piece of text stands in the action or in the fact, whatever its case. Not in facts that have the hash of a
/// secret, or it could be found out bit by bit.
fn holds(piece: &str) -> Condition {
    let escaped = piece.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let like = |column: Column| {
        let lower = Expr::from(Func::lower(Expr::col(column)));
        lower.like(LikeExpr::new(format!("%{escaped}%")).escape('!'))
    };
    let hashed = [FactKind::Key, FactKind::MemberInvitation].map(FactKind::as_str);
    let fact = Condition::any().add(like(Column::Before)).add(like(Column::After));
    Condition::any()
        .add(like(Column::Action))
        .add(Condition::all().add(Column::Kind.is_not_in(hashed)).add(fact))
}
