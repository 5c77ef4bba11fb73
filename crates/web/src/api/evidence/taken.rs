//! What is taken away, as the bytes of a file: sent as it is read, so that however much it is, little of it is held.

use std::fmt::Write;

use actix_web::HttpResponse;
use actix_web::web::Bytes;
use app::evidence::{Of, Part, Query, Taken};
use futures_util::stream;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{ChangeView, DecisionView, csv_rows};
use crate::{Problem, csv};

/// The shape of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Comma-separated values: a line of names, then the rows.
    Csv,
    /// Lines of JSON: the manifest, then the rows, then the manifest again with what the file came to.
    Jsonl,
}

impl Shape {
    /// What is to be taken and in which shape, as somebody asked for it.
    pub(crate) fn asked(q: &str, format: &str) -> Result<(Query, Self), Problem> {
        let shape =
            Self::of(format).ok_or_else(|| Problem::invalid_field("format", "expected `csv` or `jsonl`"))?;
        let query = Query::parse(q).map_err(|error| Problem::invalid_field("q", &error.to_string()))?;
        Ok((query, shape))
    }

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
        match (self, taken.manifest.of) {
            (Self::Csv, Of::Decisions) => csv::line(csv_rows::DECISIONS),
            (Self::Csv, Of::Changes) => csv::line(csv_rows::CHANGES),
            (Self::Jsonl, _) => format!("{}\n", json!({ "export": taken.manifest })),
        }
    }

    fn rows(self, taken: &Taken, part: Part) -> String {
        match (self, part) {
            (Self::Csv, Part::Decisions(rows)) => rows.into_iter().map(csv_rows::decision).collect(),
            (Self::Csv, Part::Changes(rows)) => {
                rows.iter().map(|change| csv_rows::change(&taken.facts, change)).collect()
            }
            (Self::Jsonl, Part::Decisions(rows)) => {
                let line = |stored| format!("{}\n", json!({ "decision": DecisionView::whole(stored) }));
                rows.into_iter().map(line).collect()
            }
            (Self::Jsonl, Part::Changes(rows)) => {
                let line = |change| format!("{}\n", json!({ "change": ChangeView::from(change) }));
                rows.iter().map(line).collect()
            }
        }
    }
}

/// The answer that sends it. `Link` names the record of the taking, and the manifest with what the file came to.
pub(crate) fn send(taken: Taken, shape: Shape) -> HttpResponse {
    let organization = taken.facts.organization().map(|here| here.slug.to_string()).unwrap_or_default();
    let of = if taken.manifest.of == Of::Decisions { "evidence" } else { "changes" };
    let day = taken.manifest.at.format("%Y-%m-%d");
    let name = format!("attachment; filename=\"{of}-{organization}-{day}.{}\"", shape.name());
    let mut response = HttpResponse::Ok();
    response
        .content_type(shape.content_type())
        .insert_header(("content-disposition", name))
        .insert_header(("cache-control", "no-store"))
        .insert_header(("x-content-type-options", "nosniff"));
    if let Some(id) = taken.manifest.decision {
        let record = format!("/v1/orgs/{organization}/decisions/{id}");
        let link = format!("<{record}>; rel=\"describedby\", <{record}/manifest>; rel=\"related\"");
        response.insert_header(("link", link));
    }
    let head = shape.head(&taken);
    response.streaming(stream::unfold(Some(Sending { taken, shape, head, sum: Sum::default() }), next))
}

struct Sending {
    taken: Taken,
    shape: Shape,
    head: String,
    sum: Sum,
}

/// The digest of what was sent.
#[derive(Default)]
struct Sum {
    bytes: u64,
    digest: Sha256,
}

impl Sum {
    fn add(&mut self, text: &str) {
        self.bytes = self.bytes.saturating_add(text.len() as u64);
        self.digest.update(text.as_bytes());
    }

    fn hex(&self) -> String {
        let mut hex = String::new();
        for byte in self.digest.clone().finalize() {
            // Writing to a string cannot fail.
            let _ok = write!(hex, "{byte:02x}");
        }
        hex
    }
}

type Sent = (Result<Bytes, app::Error>, Option<Sending>);

/// The next bytes. After a failure nothing more: the answer breaks off, so that nobody takes half of it for all.
async fn next(sending: Option<Sending>) -> Option<Sent> {
    let mut sending = sending?;
    match part(&mut sending).await {
        Ok((text, true)) => Some((Ok(text.into()), Some(sending))),
        Ok((text, false)) => Some((Ok(text.into()), None)),
        Err(error) => {
            tracing::error!(%error, "an export of evidence was broken off");
            Some((Err(error), None))
        }
    }
}

/// The next part of the file, and whether more comes after it.
async fn part(sending: &mut Sending) -> Result<(String, bool), app::Error> {
    let Sending { taken, shape, head, sum } = sending;
    let mut text = std::mem::take(head);
    if let Some(part) = taken.next().await? {
        text.push_str(&shape.rows(taken, part));
        sum.add(&text);
        return Ok((text, true));
    }
    sum.add(&text);
    let manifest = taken.close(sum.bytes, sum.hex()).await?;
    if *shape == Shape::Jsonl {
        // Writing to a string cannot fail.
        let _ok = writeln!(text, "{}", json!({ "end": manifest }));
    }
    Ok((text, false))
}
