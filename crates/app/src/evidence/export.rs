//! Taking away what a query finds, as a file. That it was taken is in the evidence, with the query and the range of rows.

use decision::{Action, On};
use model::{DecisionId, OrganizationId, Timestamp};
use serde::Serialize;
use store::{DecisionCursor, Order, Page, Search, Span, StoredDecision};

use super::Query;
use super::decisions::visible;
use crate::{App, Error, Plan, Request};

/// Read in one go: about a megabyte, and few ways to the database.
const AT_ONCE: u64 = 1_000;

/// What was taken away, by whom, and when.
#[derive(Debug, Clone, Serialize)]
pub struct Manifest {
    /// The record of the taking itself.
    pub decision: Option<DecisionId>,
    /// The query, as it was written.
    pub query: String,
    /// In which shape: `csv` or `jsonl`.
    pub format: &'static str,
    /// Who took it, by id and name.
    pub by: Option<By>,
    /// When, which is also where it ends.
    pub at: Timestamp,
    /// How many rows.
    pub rows: u64,
    /// The newest of them, which comes first.
    pub newest: Option<Row>,
    /// The oldest of them, which comes last.
    pub oldest: Option<Row>,
}

/// Who took it.
#[derive(Debug, Clone, Serialize)]
pub struct By {
    /// Their id.
    pub id: uuid::Uuid,
    /// What they are called.
    pub name: String,
}

/// A row at the end of a range.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Row {
    /// When it was decided.
    pub at: Timestamp,
    /// Its id.
    pub id: DecisionId,
}

/// What a query finds, a part at a time, newest first. However much that is, only a part of it is held at once.
pub struct Taken {
    app: App,
    organization: OrganizationId,
    search: Search,
    after: Option<DecisionCursor>,
    is_done: bool,
    /// What it is.
    pub manifest: Manifest,
}

impl App {
    /// Begins to take away what a query finds, up to now. Whoever has no general right to see decisions takes their own
    /// and those of the agents they answered for at the time.
    pub async fn take(&self, request: Request, query: &Query, format: &'static str) -> Result<Taken, Error> {
        let organization = request.organization;
        let reading = self.read(request.caller, organization).await?;
        let mut search = self.search_of(&reading, query)?;
        search.until = Some(search.until.map_or(reading.now, |until| until.min(reading.now)));
        let mut manifest = self.manifest(&reading, organization, &search, query, format).await?;
        let note = manifest.note();
        let on = On::Evidence(visible(&reading, None)?);
        let begun = self.change(request, |planning| {
            let permit = planning.permit(Action::EvidenceExport, on)?;
            Ok(Plan::new(permit, Vec::new(), ()).because(note))
        });
        manifest.decision = Some(begun.await?.decision);
        Ok(Taken { app: self.clone(), organization, search, after: None, is_done: false, manifest })
    }

    async fn manifest(
        &self,
        reading: &crate::Reading,
        organization: OrganizationId,
        search: &Search,
        query: &Query,
        format: &'static str,
    ) -> Result<Manifest, Error> {
        let mut rest = search.clone();
        let mut whole = Span::default();
        loop {
            let span = self.store.span_of_decisions(organization, &rest).await?;
            whole.records += span.records;
            whole.newest = whole.newest.or(span.newest);
            whole.oldest = span.oldest.or(whole.oldest);
            match span.stopped_at {
                Some(at) => rest.until = Some(at),
                None => break,
            }
        }
        let row = |cursor: DecisionCursor| Row { at: cursor.at, id: cursor.id };
        let by = reading.caller.principal.map(|principal| By {
            id: principal.uuid(),
            name: reading.facts.name_of(principal).unwrap_or_default().to_owned(),
        });
        Ok(Manifest {
            decision: None,
            query: query.to_string(),
            format,
            by,
            at: reading.now,
            rows: whole.records,
            newest: whole.newest.map(row),
            oldest: whole.oldest.map(row),
        })
    }
}

impl Manifest {
    /// The same in words, for the record of the taking.
    fn note(&self) -> String {
        let query = if self.query.is_empty() { "everything" } else { self.query.as_str() };
        let rows = match (&self.newest, &self.oldest) {
            (Some(newest), Some(oldest)) => format!(
                "{} {}, from {} at {} back to {} at {}",
                self.rows,
                if self.rows == 1 { "row" } else { "rows" },
                newest.id,
                newest.at.to_rfc3339(),
                oldest.id,
                oldest.at.to_rfc3339()
            ),
            _ => "no rows".to_owned(),
        };
        format!("{} of {query}: {rows}", self.format)
    }
}

impl Taken {
    /// The next part. None: that was all.
    pub async fn next(&mut self) -> Result<Option<Vec<StoredDecision>>, Error> {
        while !self.is_done {
            let page = Page { after: self.after, limit: AT_ONCE, order: Order::NewestFirst };
            let found = self.app.store.search_decisions(self.organization, &self.search, page).await?;
            let last = found.items.last().map(StoredDecision::cursor);
            let further = found.stopped_at.map(|at| DecisionCursor { at, id: DecisionId::MIN });
            let is_full = found.items.len() as u64 >= AT_ONCE;
            self.after = further.or(last.filter(|_| is_full));
            self.is_done = self.after.is_none();
            if !found.items.is_empty() {
                return Ok(Some(found.items));
            }
        }
        Ok(None)
    }
}
