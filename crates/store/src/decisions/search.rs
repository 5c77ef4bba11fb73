//! Searching the evidence by terms, as people write them.

use std::net::IpAddr;

use decision::{Reason, Verdict};
use model::{GatewayId, KeyId, OrganizationId, PrincipalKind, RunId, Timestamp, UserId};
use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::find::{attributable_to, named, ordered};
use super::row::{Column, Entity, Model};
use super::{DecisionCursor, StoredDecision};
use crate::changes::starts_with;
use crate::tenancy::of;
use crate::terms::{self, Matching};
use crate::{Page, Store, StoreError, text};

/// How many records are looked through for one answer, newest first. A term that no index serves reads each of them,
/// and whoever waits can go on from where the search stopped.
pub(super) const LOOKED_THROUGH: u64 = 10_000;

/// What is searched for: every term has to hold. Terms that say what a field is join to one that holds if any does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// The terms.
    pub terms: Vec<Term>,
    /// At or after.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Only what this person did, or agents that they answered for: what an owner may see.
    pub attributable_to: Option<UserId>,
}

/// One thing that has to be, or not to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What.
    pub matches: Matches,
    /// Whether it must not be.
    pub negated: bool,
}

/// What a record can be asked for. Names are those at the time, as they were recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matches {
    /// Who acted: an id or a name.
    Actor(String),
    /// Who answered for it: an id or a name.
    Owner(String),
    /// On whose behalf: an id or a name.
    OnBehalfOf(String),
    /// The kind of principal.
    Kind(PrincipalKind),
    /// What was asked for.
    Action(String),
    /// How what was asked for begins.
    ActionPrefix(String),
    /// How it came out.
    Verdict(Verdict),
    /// Why.
    Reason(Reason),
    /// Where: an id or a slug.
    Workspace(String),
    /// On what: an id or a slug.
    Server(String),
    /// With what: an id or a name.
    Tool(String),
    /// What a management action was about: an id.
    Target(String),
    /// In which run.
    Run(RunId),
    /// In which trace.
    Trace(String),
    /// Through which gateway.
    Gateway(GatewayId),
    /// By which key.
    Key(KeyId),
    /// From which address.
    Address(IpAddr),
    /// A piece of the name of anything in it, in any case.
    Text(String),
}

/// What a search found on one page.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<T> {
    /// The records.
    pub items: Vec<T>,
    /// Where the search stopped looking though there is more: it can go on from before that moment.
    pub stopped_at: Option<Timestamp>,
}

impl Store {
    /// A page of what a search finds. Not more than ten thousand records are looked through for it.
    pub async fn search_decisions(
        &self,
        organization: OrganizationId,
        search: &Search,
        page: Page<DecisionCursor>,
    ) -> Result<Found<StoredDecision>, StoreError> {
        let reading = self.reading(organization).await?;
        let horizon = horizon(&reading, organization, search, page.after, LOOKED_THROUGH).await?;
        let select = matching(organization, search, horizon);
        let rows = ordered(select, page).all(&reading).await?;
        let full = text::unsigned(i64::try_from(rows.len()).unwrap_or(i64::MAX)) >= page.limit;
        let items = rows.into_iter().map(Model::decision).collect::<Result<_, _>>()?;
        Ok(Found { items, stopped_at: horizon.filter(|_| !full) })
    }
}

/// The moment of the last record that may be looked through; none where there are fewer. Read from the index in the
/// order of time alone.
pub(super) async fn horizon(
    reading: &DatabaseTransaction,
    organization: OrganizationId,
    search: &Search,
    after: Option<DecisionCursor>,
    most: u64,
) -> Result<Option<Timestamp>, StoreError> {
    let until = after.map(|cursor| cursor.at).or(search.until);
    let at: Option<i64> = Entity::find()
        .select_only()
        .column(Column::At)
        .filter(of(Column::OrganizationId, organization))
        .filter(Condition::all().add_option(until.map(|at| Column::At.lte(text::micros(at)))))
        .order_by_desc(Column::At)
        .offset(most)
        .limit(1)
        .into_tuple()
        .one(reading)
        .await?;
    let at = at.map(text::moment).transpose()?;
    Ok(at.filter(|at| search.from.is_none_or(|from| *at > from)))
}

/// What a search leaves, from a moment on where one is given.
pub(super) fn matching(
    organization: OrganizationId,
    search: &Search,
    horizon: Option<Timestamp>,
) -> Select<Entity> {
    let from = horizon.or(search.from);
    let terms: Vec<_> = search.terms.iter().map(|term| (&term.matches, term.negated)).collect();
    Entity::find()
        .filter(of(Column::OrganizationId, organization))
        .filter(
            Condition::all()
                .add_option(from.map(|at| Column::At.gte(text::micros(at))))
                .add_option(search.until.map(|at| Column::At.lt(text::micros(at))))
                .add_option(search.attributable_to.map(attributable_to)),
        )
        .filter(terms::all(&terms))
}

impl Matching for Matches {
    fn is_of(&self, other: &Self) -> bool {
        let action = |it: &Self| matches!(it, Self::Action(_) | Self::ActionPrefix(_));
        match (self, other) {
            (Self::Text(one), Self::Text(two)) => one == two,
            _ if action(self) && action(other) => true,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    fn condition(&self) -> Condition {
        let one = |expression: Expr| Condition::all().add(expression);
        match self {
            Self::Actor(text) => named(Column::ActorId, Column::ActorName, text),
            Self::Owner(text) => named(Column::OwnerId, Column::OwnerName, text),
            Self::OnBehalfOf(text) => named(Column::OnBehalfOfId, Column::OnBehalfOfName, text),
            Self::Kind(kind) => one(Column::ActorKind.eq(kind.as_str())),
            Self::Action(text) => one(Column::Action.eq(text.as_str())),
            Self::ActionPrefix(text) => one(starts_with(Column::Action, text)),
            Self::Verdict(Verdict::Allow) => one(Column::Verdict.eq("allow")),
            Self::Verdict(Verdict::Deny) => one(Column::Verdict.eq("deny")),
            Self::Reason(reason) => one(Column::Reason.eq(reason.code())),
            Self::Workspace(text) => named(Column::WorkspaceId, Column::WorkspaceName, text),
            Self::Server(text) => named(Column::ServerId, Column::ServerName, text),
            Self::Tool(text) => named(Column::ToolId, Column::ToolName, text),
            Self::Target(text) => one(Column::TargetId.eq(text.as_str())),
            Self::Run(id) => one(Column::RunId.eq(id.uuid())),
            Self::Trace(text) => one(Column::TraceId.eq(text.as_str())),
            Self::Gateway(id) => one(Column::GatewayId.eq(id.uuid())),
            Self::Key(id) => one(Column::KeyId.eq(id.as_str())),
            Self::Address(address) => one(Column::Address.eq(address.to_string())),
            Self::Text(text) => holds(text),
        }
    }
}

/// Whether a piece of text stands in the name of anything, whatever its case.
fn holds(piece: &str) -> Condition {
    let escaped = piece.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let like = |column: Column| {
        let lower = Expr::from(Func::lower(Expr::col(column)));
        lower.like(LikeExpr::new(format!("%{escaped}%")).escape('!'))
    };
    let columns = [
        Column::Action,
        Column::ActorName,
        Column::OwnerName,
        Column::WorkspaceName,
        Column::ServerName,
        Column::ToolName,
    ];
    columns.into_iter().fold(Condition::any(), |any, column| any.add(like(column)))
}
