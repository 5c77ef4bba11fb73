use app::evidence::shown;
use chrono::{DateTime, Utc};
use model::{Actor, Change, Fact};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// One change of one fact.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeView {
    /// The transaction that made it.
    pub revision: u64,
    /// Its place within the transaction, from zero.
    pub position: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// Who made it.
    pub actor: ActorView,
    /// What was done, as a verb on a noun.
    pub action: String,
    /// The decision that permitted it.
    pub decision: Option<Uuid>,
    /// What was changed: kind and id.
    #[schema(value_type = Option<Object>)]
    pub target: Option<model::Target>,
    /// What was. Null: nothing.
    pub before: Option<Value>,
    /// What is. Null: nothing.
    pub after: Option<Value>,
}

/// Who made a change.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActorView {
    /// The principal, kind and id. Null: the operator, or the system following a rule.
    #[schema(value_type = Option<Object>)]
    pub principal: Option<model::PrincipalId>,
    /// The owner, where an agent acted.
    pub owner: Option<Uuid>,
    /// The key it acted with, by its public id.
    pub key: Option<String>,
}

impl From<&Change> for ChangeView {
    fn from(change: &Change) -> Self {
        Self {
            revision: change.revision.0,
            position: change.position,
            at: change.at,
            actor: change.actor.into(),
            action: change.action.clone(),
            decision: change.decision.map(model::DecisionId::uuid),
            target: change.edit.subject().map(Fact::target),
            before: change.edit.before.as_ref().map(shown),
            after: change.edit.after.as_ref().map(shown),
        }
    }
}

impl From<Actor> for ActorView {
    fn from(actor: Actor) -> Self {
        Self {
            principal: actor.principal,
            owner: actor.owner.map(model::UserId::uuid),
            key: actor.key.map(|key| key.to_string()),
        }
    }
}
