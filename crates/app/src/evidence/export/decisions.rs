//! Taking decisions away.

use decision::On;
use model::{DecisionId, OrganizationId};
use store::{DecisionCursor, Order, Page, Search, Span, StoredDecision};

use super::taken::{AT_ONCE, Begun, Source};
use super::{Of, Part, Row, Taken};
use crate::evidence::Query;
use crate::evidence::decisions::visible;
use crate::{App, Error, Request};

impl App {
    /// Begins to take away what a query finds, up to now. Whoever has no general right to see decisions takes their own
    /// and those of the agents they answered for at the time.
    pub async fn take(&self, request: Request, query: &Query, format: &'static str) -> Result<Taken, Error> {
        let organization = request.organization;
        let reading = self.read(request.caller, organization).await?;
        let mut search = self.search_of(&reading, query)?;
        search.until = Some(search.until.map_or(reading.now, |until| until.min(reading.now)));
        let span = self.whole_span(organization, &search).await?;
        let on = On::Evidence(visible(&reading, None)?);
        let row = |cursor: DecisionCursor| Row { at: cursor.at, id: cursor.id.to_string() };
        let ends = (span.newest.map(row), span.oldest.map(row));
        let begun = Begun { of: Of::Decisions, query, format, rows: span.records, ends };
        self.begin_taking(request, &reading, on, begun, Source::Decisions { search, after: None }).await
    }

    async fn whole_span(&self, organization: OrganizationId, search: &Search) -> Result<Span, Error> {
        let mut rest = search.clone();
        let mut whole = Span::default();
        loop {
            let span = self.store.span_of_decisions(organization, &rest).await?;
            whole.records += span.records;
            whole.newest = whole.newest.or(span.newest);
            whole.oldest = span.oldest.or(whole.oldest);
            match span.stopped_at {
                Some(at) => rest.until = Some(at),
                None => return Ok(whole),
            }
        }
    }

    /// The next decisions, and where to go on. None: that was all.
    pub(super) async fn next_decisions(
        &self,
        organization: OrganizationId,
        search: &Search,
        after: Option<DecisionCursor>,
    ) -> Result<(Part, Option<DecisionCursor>), Error> {
        let page = Page { after, limit: AT_ONCE, order: Order::NewestFirst };
        let found = self.store.search_decisions(organization, search, page).await?;
        let last = found.items.last().map(StoredDecision::cursor);
        let further = found.stopped_at.map(|at| DecisionCursor { at, id: DecisionId::MIN });
        let is_full = found.items.len() as u64 >= AT_ONCE;
        Ok((Part::Decisions(found.items), further.or(last.filter(|_| is_full))))
    }
}
