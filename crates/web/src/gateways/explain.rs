//! The path of a decision, as a caller may see it.

use decision::{Decision, Question, Reason};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// One question and its answer.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Explained {
    /// What was asked: `gateway`, `credential`, `principal`, `reach`, `tool`, `grant`, `ceiling` or `identity`.
    #[schema(value_type = String)]
    pub question: Question,
    /// Whether it holds.
    pub holds: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub reason: Option<Reason>,
}

/// Whether the path is wanted.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Explain {
    /// Adds `explain`, the path of the decision.
    #[serde(default)]
    pub explain: bool,
}

/// The path. Where the reason is one that is also given for things that do not exist, the path stops before the
/// first question whose answer depends on what exists, and ends with the reason: the same for an unknown thing and
/// for a forbidden one.
pub(crate) fn explain(decision: &Decision) -> Vec<Explained> {
    let told = decision.public_reason();
    let end = match told {
        Reason::NotGranted => Question::Grant,
        Reason::OutsideScope | Reason::OutsideKeyScope => Question::Ceiling,
        _ => return decision.steps.iter().map(|step| explained(step.question, step.stops)).collect(),
    };
    let before = decision.steps.iter().take_while(|step| step.question < Question::Reach);
    let mut path: Vec<_> = before.map(|step| explained(step.question, step.stops)).collect();
    path.push(explained(end, Some(told)));
    path
}

fn explained(question: Question, reason: Option<Reason>) -> Explained {
    Explained { question, holds: reason.is_none(), reason }
}
