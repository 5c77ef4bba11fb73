//! Records as lines of comma-separated values.

use app::evidence::StoredDecision;
use app::evidence::shown;
use decision::Verdict;
use model::{Change, Fact, Snapshot};

use super::DecisionView;
use super::decision_view::AskedFor;
use crate::api::presented::Named;
use crate::csv;

/// The columns of a file of decisions.
pub(super) const DECISIONS: [&str; 26] = [
    "at",
    "id",
    "decision",
    "reason",
    "action",
    "actor_kind",
    "actor_id",
    "actor",
    "owner_id",
    "owner",
    "on_behalf_of",
    "workspace",
    "server",
    "tool",
    "target_kind",
    "target_id",
    "gateway_id",
    "key",
    "address",
    "run_id",
    "trace_id",
    "span_id",
    "revision",
    "duration_us",
    "note",
    "recorded",
];

/// The columns of a file of changes.
pub(super) const CHANGES: [&str; 15] = [
    "at",
    "id",
    "revision",
    "position",
    "action",
    "actor_kind",
    "actor_id",
    "actor",
    "owner_id",
    "key",
    "target_kind",
    "target_id",
    "decision",
    "before",
    "after",
];

/// A decision as a line.
pub(super) fn decision(stored: StoredDecision) -> String {
    let view = DecisionView::brief(stored);
    let named =
        |party: Option<Named>| party.map(|party| (party.id.to_string(), party.name)).unwrap_or_default();
    let place = |place: Option<AskedFor>| place.and_then(|place| place.name);
    let (owner_id, owner) = named(view.owner);
    let (_, on_behalf_of) = named(view.on_behalf_of);
    let actor = view.actor.map(|actor| (actor.kind, actor.id.to_string(), actor.name)).unwrap_or_default();
    let target = view.target.map(|target| (target.kind.as_str(), target.id)).unwrap_or_default();
    let recorded = view.recorded;
    let cells = [
        csv::moment(view.at),
        view.id.to_string(),
        if view.decision == Verdict::Allow { "allow" } else { "deny" }.to_owned(),
        view.reason.to_owned(),
        view.action,
        actor.0.to_owned(),
        actor.1,
        actor.2,
        owner_id,
        owner,
        on_behalf_of,
        place(view.workspace).unwrap_or_default(),
        place(view.server).unwrap_or_default(),
        place(view.tool).unwrap_or_default(),
        target.0.to_owned(),
        target.1,
        view.gateway.map(|id| id.to_string()).unwrap_or_default(),
        view.key.unwrap_or_default(),
        view.address.map(|address| address.to_string()).unwrap_or_default(),
        view.run_id.map(|id| id.to_string()).unwrap_or_default(),
        view.trace_id.unwrap_or_default(),
        view.span_id.unwrap_or_default(),
        view.revision.to_string(),
        view.duration_us.to_string(),
        view.note.unwrap_or_default(),
        format!("{}/{}/{}", recorded.node, recorded.epoch, recorded.sequence),
    ];
    csv::line(cells.iter().map(String::as_str))
}

/// A change as a line. Whoever made it is called what they are called now; what was and what is stand as JSON.
pub(super) fn change(facts: &Snapshot, change: &Change) -> String {
    let principal = change.actor.principal;
    let target = change.edit.subject().map(Fact::target);
    let json = |fact: Option<&Fact>| fact.map(|fact| shown(fact).to_string()).unwrap_or_default();
    let cells = [
        csv::moment(change.at),
        format!("{}.{}", change.revision.0, change.position),
        change.revision.0.to_string(),
        change.position.to_string(),
        change.action.clone(),
        principal.map(|principal| principal.kind().as_str().to_owned()).unwrap_or_default(),
        principal.map(|principal| principal.uuid().to_string()).unwrap_or_default(),
        principal.and_then(|principal| facts.name_of(principal)).unwrap_or_default().to_owned(),
        change.actor.owner.map(|owner| owner.to_string()).unwrap_or_default(),
        change.actor.key.map(|key| key.to_string()).unwrap_or_default(),
        target.as_ref().map(|target| target.kind.as_str().to_owned()).unwrap_or_default(),
        target.map(|target| target.id).unwrap_or_default(),
        change.decision.map(|id| id.to_string()).unwrap_or_default(),
        json(change.edit.before.as_ref()),
        json(change.edit.after.as_ref()),
    ];
    csv::line(cells.iter().map(String::as_str))
}
