use decision::{Reason, Verdict};
use model::{DecisionId, GatewayId, KeyId, OrganizationId, PrincipalKind, RunId, Timestamp, UserId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::StoredDecision;
use super::row::{Column, Entity, Model};
use crate::changes::starts_with;
use crate::tenancy::of;
use crate::{Order, Page, Store, StoreError, text};

/// Which decisions. What is left out does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecisionFilter {
    /// By this principal.
    pub actor: Option<Uuid>,
    /// By principals of this kind.
    pub actor_kind: Option<PrincipalKind>,
    /// By an agent that this person answered for.
    pub owner: Option<UserId>,
    /// By this person, or by an agent that they answered for.
    pub attributable_to: Option<UserId>,
    /// Of this run.
    pub run: Option<RunId>,
    /// In this workspace: its id, or its slug as it was asked for.
    pub workspace: Option<String>,
    /// On this server: its id, or its slug as it was asked for.
    pub server: Option<String>,
    /// Of this tool: its id, or its name as it was asked for.
    pub tool: Option<String>,
    /// That came out so.
    pub verdict: Option<Verdict>,
    /// For this reason.
    pub reason: Option<Reason>,
    /// Whose action begins so, for example `agent.` or `tools/`.
    pub action: Option<String>,
    /// At or after.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Asked by this gateway.
    pub gateway: Option<GatewayId>,
    /// Only what was managed, and no call: it is found without a look at the calls.
    pub is_management: bool,
    /// Proven by this key.
    pub key: Option<KeyId>,
}

/// The place of a decision among those of its organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DecisionCursor {
    /// When it was decided.
    pub at: Timestamp,
    /// Its id, which orders those of one moment.
    pub id: DecisionId,
}

impl StoredDecision {
    /// Its place, for the page after it.
    pub fn cursor(&self) -> DecisionCursor {
        DecisionCursor { at: self.at, id: self.id }
    }
}

impl Store {
    /// One decision.
    pub async fn decision(
        &self,
        organization: OrganizationId,
        id: DecisionId,
    ) -> Result<Option<StoredDecision>, StoreError> {
        let select =
            Entity::find().filter(of(Column::OrganizationId, organization)).filter(Column::Id.eq(id.uuid()));
        let found = select.one(&self.reading(organization).await?).await?;
        found.map(Model::decision).transpose()
    }

    /// The decisions that a filter leaves, newest first unless the page says otherwise.
    pub async fn decisions(
        &self,
        organization: OrganizationId,
        filter: &DecisionFilter,
        page: Page<DecisionCursor>,
    ) -> Result<Vec<StoredDecision>, StoreError> {
        let select =
            Entity::find().filter(of(Column::OrganizationId, organization)).filter(filter.condition());
        let found = ordered(select, page).all(&self.reading(organization).await?).await?;
        found.into_iter().map(Model::decision).collect()
    }

    /// How many decisions are recorded with that key, whatever they came to: what a limit of uses counts. Exact at any
    /// time, after a crash too, because it counts the records themselves.
    pub async fn uses_of_key(&self, organization: OrganizationId, key: KeyId) -> Result<u64, StoreError> {
        let select = Entity::find()
            .filter(of(Column::OrganizationId, organization))
            .filter(Column::KeyId.eq(key.as_str()));
        Ok(select.count(&self.reading(organization).await?).await?)
    }
}

/// A page of what is selected, in the order of time.
pub(super) fn ordered(mut select: Select<Entity>, page: Page<DecisionCursor>) -> Select<Entity> {
    if let Some(cursor) = page.after {
        let place = Expr::tuple([Expr::col(Column::At), Expr::col(Column::Id)]);
        let seen = Expr::tuple([Expr::val(text::micros(cursor.at)), Expr::val(cursor.id.uuid())]);
        select = select.filter(match page.order {
            Order::NewestFirst => place.lt(seen),
            Order::OldestFirst => place.gt(seen),
        });
    }
    select.order_by(Column::At, page.order.sql()).order_by(Column::Id, page.order.sql()).limit(page.most())
}

impl DecisionFilter {
    fn condition(&self) -> Condition {
        let verdict = |verdict| if verdict == Verdict::Allow { "allow" } else { "deny" };
        let starts = |prefix: &String| starts_with(Column::Action, prefix);
        Condition::all()
            .add_option(self.actor.map(|id| Column::ActorId.eq(id)))
            .add_option(self.actor_kind.map(|kind| Column::ActorKind.eq(kind.as_str())))
            .add_option(self.owner.map(|id| Column::OwnerId.eq(id.uuid())))
            .add_option(self.attributable_to.map(attributable_to))
            .add_option(self.run.map(|id| Column::RunId.eq(id.uuid())))
            .add_option(self.workspace.as_ref().map(|x| named(Column::WorkspaceId, Column::WorkspaceName, x)))
            .add_option(self.server.as_ref().map(|x| named(Column::ServerId, Column::ServerName, x)))
            .add_option(self.tool.as_ref().map(|x| named(Column::ToolId, Column::ToolName, x)))
            .add_option(self.verdict.map(|v| Column::Verdict.eq(verdict(v))))
            .add_option(self.reason.map(|reason| Column::Reason.eq(reason.code())))
            .add_option(self.action.as_ref().map(starts))
            .add_option(self.from.map(|at| Column::At.gte(text::micros(at))))
            .add_option(self.until.map(|at| Column::At.lt(text::micros(at))))
            .add_option(self.gateway.map(|id| Column::GatewayId.eq(id.uuid())))
            .add_option(self.is_management.then(|| Column::GatewayId.is_null()))
            .add_option(self.key.map(|id| Column::KeyId.eq(id.as_str())))
    }
}

pub(super) fn attributable_to(user: UserId) -> Condition {
    let themselves = Column::ActorId.eq(user.uuid()).and(Column::ActorKind.eq(PrincipalKind::User.as_str()));
    Condition::any().add(Column::OwnerId.eq(user.uuid())).add(themselves)
}

/// Something by its id or its name.
pub(super) fn named(id: Column, name: Column, text: &str) -> Condition {
    Condition::any().add_option(Uuid::try_parse(text).ok().map(|uuid| id.eq(uuid))).add(name.eq(text))
}
