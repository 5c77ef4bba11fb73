//! Taking changes away.

use decision::{Action, On};
use model::{Change, OrganizationId};
use store::{ChangeCursor, ChangeSearch, ChangeSpan, Order, Page};

use super::part::place_of;
use super::taken::{AT_ONCE, Begun, Source};
use super::{Of, Part, Row, Taken};
use crate::evidence::Query;
use crate::{App, Error, Request};

impl App {
    /// Begins to take away the changes that a query finds, up to now. For whoever may see changes at all.
    pub async fn take_changes(
        &self,
        request: Request,
        query: &Query,
        format: &'static str,
    ) -> Result<Taken, Error> {
        let organization = request.organization;
        let reading = self.read(request.caller, organization).await?;
        reading.check(Action::ChangeRead, On::Organization)?;
        let mut search = self.change_search_of(&reading, query)?;
        search.until = Some(search.until.map_or(reading.now, |until| until.min(reading.now)));
        let span = self.whole_span_of_changes(organization, &search).await?;
        let row = |(place, at)| Row { at, id: place_of(place) };
        let ends = (span.newest.map(row), span.oldest.map(row));
        let begun = Begun { of: Of::Changes, query, format, rows: span.records, ends };
        let source = Source::Changes { search, after: None };
        self.begin_taking(request, &reading, On::Evidence(None), begun, source).await
    }

    async fn whole_span_of_changes(
        &self,
        organization: OrganizationId,
        search: &ChangeSearch,
    ) -> Result<ChangeSpan, Error> {
        let mut whole = ChangeSpan::default();
        loop {
            let span = self.store.span_of_changes(organization, search, whole.stopped_at).await?;
            whole.records += span.records;
            whole.newest = whole.newest.or(span.newest);
            whole.oldest = span.oldest.or(whole.oldest);
            whole.stopped_at = span.stopped_at;
            if whole.stopped_at.is_none() {
                return Ok(whole);
            }
        }
    }

    /// The next changes, and where to go on. None: that was all.
    pub(super) async fn next_changes(
        &self,
        organization: OrganizationId,
        search: &ChangeSearch,
        after: Option<ChangeCursor>,
    ) -> Result<(Part, Option<ChangeCursor>), Error> {
        let page = Page { after, limit: AT_ONCE, order: Order::NewestFirst };
        let found = self.store.search_changes(organization, search, page).await?;
        let place = |change: &Change| ChangeCursor { revision: change.revision, position: change.position };
        let is_full = found.items.len() as u64 >= AT_ONCE;
        let last = found.items.last().map(place).filter(|_| is_full);
        Ok((Part::Changes(found.items), found.stopped_at.or(last)))
    }
}
