//! What is taken away, as the bytes of a file: sent as it is read, so that however much it is, little of it is held.

use actix_web::HttpResponse;
use actix_web::web::Bytes;
use app::evidence::{StoredDecision, Taken};
use chrono::SecondsFormat;
use futures_util::stream;
use serde_json::json;

use super::DecisionView;
use crate::csv;

/// The shape of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Comma-separated values: a line of names, then the rows.
    Csv,
    /// Lines of JSON: the manifest, then the rows with their paths, then how many there were.
    Jsonl,
}

/// The columns of a CSV file.
const COLUMNS: [&str; 26] = [
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

impl Shape {
    /// The shape of that name.
    pub(crate) fn of(name: &str) -> Option<Self> {
        [Self::Csv, Self::Jsonl].into_iter().find(|shape| shape.name() == name)
    }

    /// Its name, which is also the end of the file's.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Jsonl => "application/jsonl",
        }
    }

    fn head(self, taken: &Taken) -> String {
        match self {
            Self::Csv => csv::line(COLUMNS),
            Self::Jsonl => format!("{}\n", json!({ "export": taken.manifest })),
        }
    }

    fn row(self, stored: StoredDecision) -> String {
        match self {
            Self::Csv => row(stored),
            Self::Jsonl => format!("{}\n", json!({ "decision": DecisionView::whole(stored) })),
        }
    }

    fn end(self, rows: u64) -> String {
        match self {
            Self::Csv => String::new(),
            Self::Jsonl => format!("{}\n", json!({ "end": { "rows": rows } })),
        }
    }
}

/// The answer that sends it. `Link` names the record of the taking, which has the manifest.
pub(crate) fn send(taken: Taken, shape: Shape, organization: &str) -> HttpResponse {
    let day = taken.manifest.at.format("%Y-%m-%d");
    let name = format!("attachment; filename=\"evidence-{organization}-{day}.{}\"", shape.name());
    let mut response = HttpResponse::Ok();
    response
        .content_type(shape.content_type())
        .insert_header(("content-disposition", name))
        .insert_header(("cache-control", "no-store"))
        .insert_header(("x-content-type-options", "nosniff"));
    if let Some(id) = taken.manifest.decision {
        let link = format!("</v1/orgs/{organization}/decisions/{id}>; rel=\"describedby\"");
        response.insert_header(("link", link));
    }
    let head = shape.head(&taken);
    response.streaming(stream::unfold(Some(Sending { taken, shape, head, rows: 0 }), next))
}

struct Sending {
    taken: Taken,
    shape: Shape,
    head: String,
    rows: u64,
}

type Sent = (Result<Bytes, app::Error>, Option<Sending>);

/// The next bytes. After a failure nothing more: the answer breaks off, so that nobody takes half of it for all.
async fn next(sending: Option<Sending>) -> Option<Sent> {
    let mut sending = sending?;
    let mut text = std::mem::take(&mut sending.head);
    match sending.taken.next().await {
        Ok(Some(part)) => {
            sending.rows = sending.rows.saturating_add(part.len() as u64);
            for stored in part {
                text.push_str(&sending.shape.row(stored));
            }
            Some((Ok(text.into()), Some(sending)))
        }
        Ok(None) => {
            text.push_str(&sending.shape.end(sending.rows));
            Some((Ok(text.into()), None))
        }
        Err(error) => {
            tracing::error!(%error, "an export of evidence was broken off");
            Some((Err(error), None))
        }
    }
}

fn row(stored: StoredDecision) -> String {
    let view = DecisionView::brief(stored);
    let named = |party: Option<crate::api::presented::Named>| {
        party.map(|party| (party.id.to_string(), party.name)).unwrap_or_default()
    };
    let place = |place: Option<super::decision_view::AskedFor>| place.and_then(|place| place.name);
    let (owner_id, owner) = named(view.owner);
    let (_, on_behalf_of) = named(view.on_behalf_of);
    let actor = view.actor.map(|actor| (actor.kind, actor.id.to_string(), actor.name)).unwrap_or_default();
    let target = view.target.map(|target| (target.kind.as_str(), target.id)).unwrap_or_default();
    let recorded = view.recorded;
    let cells = [
        view.at.to_rfc3339_opts(SecondsFormat::Micros, true),
        view.id.to_string(),
        if view.decision == decision::Verdict::Allow { "allow" } else { "deny" }.to_owned(),
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
