//! The answer of `/v1/check`, alone or as an item of a batch.

use decision::{Obligation, Record};
use enforcement::Answer;
use model::{DecisionId, PrincipalKind, RunId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::gateways::explain::{Explained, explain};
use crate::problem::FieldError;

/// May it, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckAnswer<'a> {
    /// Whether it may.
    pub decision: bool,
    /// The id of the recorded decision.
    #[schema(value_type = Uuid)]
    pub decision_id: DecisionId,
    /// Why: a stable code.
    pub reason: &'static str,
    /// The revision of the facts it rests on.
    pub revision: u64,
    /// Who acts. Null where nobody was recognized.
    pub actor: Option<Party<'a>>,
    /// The person who answers for it. Null for robots.
    pub owner: Option<Named<'a>>,
    /// On whose behalf, where a delegation proved it.
    pub on_behalf_of: Option<Named<'a>>,
    /// The workspace: on allow the one it happens in, on denial the one that was asked for.
    pub workspace: Option<&'a str>,
    /// The run, as it was asked.
    #[schema(value_type = Option<Uuid>)]
    pub run_id: Option<RunId>,
    /// What the gateway has to do besides. One that it cannot fulfil is a denial.
    #[schema(value_type = Vec<Object>)]
    pub obligations: &'a [Obligation],
    /// The path of the decision. Only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<Vec<Explained>>,
    /// What is wrong with the item. Only in a batch, with the reason `malformed`.
    #[serde(skip_serializing_if = "<[FieldError]>::is_empty")]
    pub errors: &'a [FieldError],
}

/// A principal.
#[derive(Debug, Serialize, ToSchema)]
pub struct Party<'a> {
    /// Its id.
    pub id: Uuid,
    /// `user`, `agent` or `robot`.
    #[schema(value_type = String)]
    pub kind: PrincipalKind,
    /// Its name.
    pub name: &'a str,
}

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Named<'a> {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: &'a str,
}

impl<'a> From<&'a decision::Party> for Party<'a> {
    fn from(party: &'a decision::Party) -> Self {
        Self { id: party.id.uuid(), kind: party.id.kind(), name: &party.name }
    }
}

impl<'a> From<&'a decision::Party> for Named<'a> {
    fn from(party: &'a decision::Party) -> Self {
        Self { id: party.id.uuid(), name: &party.name }
    }
}

impl<'a> CheckAnswer<'a> {
    /// The answer to a question that named `asked` as its workspace.
    pub(crate) fn of(answer: &'a Answer, asked: Option<&'a str>, explained: bool) -> Self {
        let record = &answer.record;
        let decision = answer.decision();
        Self {
            decision: decision.is_allowed(),
            decision_id: record.id,
            reason: decision.public_reason().code(),
            revision: decision.revision.0,
            actor: decision.actor.as_ref().map(Into::into),
            owner: decision.owner.as_ref().map(Into::into),
            on_behalf_of: record.on_behalf_of.as_ref().map(Into::into),
            workspace: workspace(record, asked),
            run_id: record.run,
            obligations: &decision.obligations,
            explain: explained.then(|| explain(decision)),
            errors: &[],
        }
    }
}

/// The workspace that may be told. Which one it would have been is told on allow only: on denial it would say that
/// the server exists.
pub(crate) fn workspace<'a>(record: &'a Record, asked: Option<&'a str>) -> Option<&'a str> {
    match &record.decision.workspace {
        Some(place) if record.decision.is_allowed() => Some(&place.name),
        _ => asked,
    }
}
