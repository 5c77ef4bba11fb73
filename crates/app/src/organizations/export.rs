use std::vec::IntoIter;

use decision::{Action, On};
use model::{Change, Fact, Organization, OrganizationId, Revision, Timestamp};
use store::{DecisionCursor, DecisionFilter, Order, Page, StoredDecision};

use crate::organizations::update::present;
use crate::plan::sentence;
use crate::{App, Error, Plan, Request};

/// Read in one go: a few megabytes at most, and few ways to the database.
const AT_ONCE: u16 = 1_000;

/// One thing that an organization takes with it.
#[derive(Debug)]
pub enum Exported {
    /// What this is a copy of; first, and once.
    Head {
        /// The organization.
        organization: Box<Organization>,
        /// The revision of the facts.
        revision: Revision,
        /// When the copy was begun.
        at: Timestamp,
    },
    /// A fact as it stands.
    Fact(Box<Fact>),
    /// A change, from the first on.
    Change(Box<Change>),
    /// A recorded decision, from the first on.
    Decision(Box<StoredDecision>),
}

/// A copy of everything of an organization, a part at a time: its facts at one revision, all changes up to it, and all
/// decisions up to the moment it was begun. However much that is, only a part of it is held at once.
pub struct Export {
    app: App,
    organization: OrganizationId,
    head: Option<Exported>,
    facts: IntoIter<Fact>,
    until: (Revision, Timestamp),
    changes: Option<Revision>,
    decided: Option<DecisionCursor>,
    has_decisions: bool,
}

impl App {
    /// Begins a copy of everything of an organization. That it was taken is in the evidence.
    pub async fn export(&self, request: Request, reason: &str) -> Result<Export, Error> {
        let organization = request.organization;
        let begun = self.change(request, |planning| {
            let permit = planning.permit(Action::OrganizationExport, On::Organization)?;
            let head = present(planning)?;
            let facts: Vec<Fact> = planning.facts.facts().collect();
            let value = (head, facts, planning.facts.revision(), planning.now);
            Ok(Plan::new(permit, Vec::new(), value).because(sentence("reason", reason)?))
        });
        let (head, facts, revision, at) = begun.await?.value;
        Ok(Export {
            app: self.clone(),
            organization,
            head: Some(Exported::Head { organization: Box::new(head), revision, at }),
            facts: facts.into_iter(),
            until: (revision, at),
            changes: Some(Revision::default()),
            decided: None,
            has_decisions: true,
        })
    }
}

impl Export {
    /// The next part. None: that was all.
    pub async fn next(&mut self) -> Result<Option<Vec<Exported>>, Error> {
        if let Some(head) = self.head.take() {
            return Ok(Some(vec![head]));
        }
        let fact = |fact| Exported::Fact(Box::new(fact));
        let facts: Vec<Exported> = self.facts.by_ref().take(usize::from(AT_ONCE)).map(fact).collect();
        if !facts.is_empty() {
            return Ok(Some(facts));
        }
        if let Some(after) = self.changes.take() {
            let limit = u64::from(AT_ONCE);
            let mut changes = self.app.store.changes_after(self.organization, after, limit).await?;
            changes.retain(|change| change.revision <= self.until.0);
            if let Some(last) = changes.last() {
                self.changes = Some(last.revision);
                return Ok(Some(changes.into_iter().map(|c| Exported::Change(Box::new(c))).collect()));
            }
        }
        if self.has_decisions {
            let page = Page { after: self.decided, limit: u64::from(AT_ONCE), order: Order::OldestFirst };
            let filter = DecisionFilter { until: Some(self.until.1), ..DecisionFilter::default() };
            let decisions = self.app.store.decisions(self.organization, &filter, page).await?;
            if let Some(last) = decisions.last() {
                self.decided = Some(last.cursor());
                return Ok(Some(decisions.into_iter().map(|d| Exported::Decision(Box::new(d))).collect()));
            }
        }
        self.has_decisions = false;
        Ok(None)
    }
}
