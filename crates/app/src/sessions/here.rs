//! The sessions of a member, as far as they are an organization's business.

use decision::{Action, On};
use model::{FactKind, OrganizationId, SESSION_IDLE, Session, SessionId, Snapshot, Timestamp, UserId};

use super::honours;
use crate::{App, Changed, Error, Reading, Request, members};

impl App {
    /// The sessions of a person that came into the organization and still open it, the last seen there first. Each
    /// says in `last_seen_at` when it was last seen there, and not when it was used elsewhere. For whoever may end
    /// them.
    pub async fn sessions_here(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        user: UserId,
    ) -> Result<Vec<Session>, Error> {
        reading.check(Action::MemberRead, On::Member(user))?;
        reading.require(Action::MemberSignOut, On::Member(user))?;
        let member = reading.facts.member(user);
        let member = member.ok_or(Error::NotFound(FactKind::OrganizationMembership))?;
        if !member.is_active() {
            return Ok(Vec::new());
        }
        self.open_here(&reading.facts, organization, user, reading.now).await
    }

    /// Ends one of them: it opens the organization no more from the next click on, whatever else it opens.
    pub async fn end_session_here(
        &self,
        request: Request,
        user: UserId,
        session: SessionId,
        reason: &str,
    ) -> Result<Changed<()>, Error> {
        let reading = self.read(request.caller, request.organization).await?;
        let open = self.open_here(&reading.facts, request.organization, user, reading.now).await?;
        let found = open.iter().map(|open| open.id).find(|id| *id == session);
        self.change(request, |planning| members::end_session(planning, user, found, reason)).await
    }

    async fn open_here(
        &self,
        facts: &Snapshot,
        organization: OrganizationId,
        user: UserId,
        now: Timestamp,
    ) -> Result<Vec<Session>, Error> {
        let all = self.store.sessions_in(organization, user, now, now - SESSION_IDLE).await?;
        Ok(all.into_iter().filter(|session| honours(facts, session)).collect())
    }
}
