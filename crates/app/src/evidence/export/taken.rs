//! What is being taken away: read a part at a time, and closed with what the file came to.

use std::sync::Arc;

use decision::{Action, On};
use model::{OrganizationId, Snapshot};
use store::{ChangeCursor, ChangeSearch, DecisionCursor, Search};

use super::{By, Manifest, Of, Part, Row};
use crate::evidence::Query;
use crate::{App, Error, Plan, Reading, Request};

/// Read in one go: about a megabyte, and few ways to the database.
pub(super) const AT_ONCE: u64 = 1_000;

/// What a query finds, a part at a time, newest first. However much that is, only a part of it is held at once.
pub struct Taken {
    app: App,
    organization: OrganizationId,
    source: Source,
    is_done: bool,
    sent: u64,
    ends: (Option<Row>, Option<Row>),
    /// The facts as they were when it began: changes are kept with ids alone.
    pub facts: Arc<Snapshot>,
    /// What it is.
    pub manifest: Manifest,
}

/// Where the rows come from, and where to go on.
pub(super) enum Source {
    Decisions { search: Search, after: Option<DecisionCursor> },
    Changes { search: ChangeSearch, after: Option<ChangeCursor> },
}

/// What is known of a file before its first row is read.
pub(super) struct Begun<'q> {
    pub(super) of: Of,
    pub(super) query: &'q Query,
    pub(super) format: &'static str,
    pub(super) rows: u64,
    pub(super) ends: (Option<Row>, Option<Row>),
}

impl App {
    /// Records that something is taken away, and gives it.
    pub(super) async fn begin_taking(
        &self,
        request: Request,
        reading: &Reading,
        on: On,
        begun: Begun<'_>,
        source: Source,
    ) -> Result<Taken, Error> {
        let organization = request.organization;
        let (newest, oldest) = begun.ends;
        let by = reading.caller.principal.map(|principal| By {
            id: principal.uuid(),
            name: reading.facts.name_of(principal).unwrap_or_default().to_owned(),
        });
        let mut manifest = Manifest {
            decision: None,
            of: begun.of,
            query: begun.query.to_string(),
            format: begun.format,
            by,
            at: reading.now,
            rows: begun.rows,
            newest,
            oldest,
            bytes: None,
            sha256: None,
        };
        let note = manifest.note();
        let recorded = self.change(request, |planning| {
            let permit = planning.permit(Action::EvidenceExport, on)?;
            Ok(Plan::new(permit, Vec::new(), ()).because(note))
        });
        manifest.decision = Some(recorded.await?.decision);
        let facts = Arc::clone(&reading.facts);
        let (app, ends) = (self.clone(), (None, None));
        Ok(Taken { app, organization, source, is_done: false, sent: 0, ends, facts, manifest })
    }
}

impl Taken {
    /// The next part. None: that was all.
    pub async fn next(&mut self) -> Result<Option<Part>, Error> {
        while !self.is_done {
            let part = self.read().await?;
            if part.len() > 0 {
                let (first, last) = part.ends();
                self.sent = self.sent.saturating_add(part.len());
                self.ends = (self.ends.0.take().or(first), last);
                return Ok(Some(part));
            }
        }
        Ok(None)
    }

    async fn read(&mut self) -> Result<Part, Error> {
        let Self { app, organization, source, is_done, .. } = self;
        match source {
            Source::Decisions { search, after } => {
                let (part, further) = app.next_decisions(*organization, search, *after).await?;
                (*after, *is_done) = (further, further.is_none());
                Ok(part)
            }
            Source::Changes { search, after } => {
                let (part, further) = app.next_changes(*organization, search, *after).await?;
                (*after, *is_done) = (further, further.is_none());
                Ok(part)
            }
        }
    }

    /// Keeps what the file came to, now that all of it was sent: the rows it has, and the digest of so many bytes.
    pub async fn close(&mut self, bytes: u64, sha256: String) -> Result<&Manifest, Error> {
        let (newest, oldest) = self.ends.clone();
        self.manifest = Manifest {
            rows: self.sent,
            newest,
            oldest,
            bytes: Some(bytes),
            sha256: Some(sha256),
            ..self.manifest.clone()
        };
        let kept = serde_json::to_value(&self.manifest);
        let kept = kept.map_err(|error| Error::Internal(format!("a manifest cannot be written: {error}")))?;
        if let Some(decision) = self.manifest.decision {
            self.app.store.keep_export(self.organization, decision, &kept).await?;
        }
        Ok(&self.manifest)
    }
}
