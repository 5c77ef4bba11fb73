use std::collections::BTreeMap;

use chrono::TimeDelta;
use decision::{Action, On};
use model::{OrganizationId, Session, UserId};
use store::Presence;

use crate::{App, Error, Reading};

/// A visit is noted once a minute, with the session's own noting.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

impl App {
    /// Notes that somebody is in an organization, if it is time to. That it cannot be noted keeps nobody out.
    pub async fn note_visit(&self, session: &Session, organization: OrganizationId) {
        let now = self.engine.world().now();
        let is_first = session.last_seen_at == session.created_at;
        if !is_first && now - session.last_seen_at < NOTED_EVERY {
            return;
        }
        let presence = Presence { user: session.user, at: now, proof: session.proof };
        if let Err(error) = self.store.note_presence(organization, presence).await {
            tracing::warn!(organization.id = %organization, %error, "a visit could not be noted");
        }
    }

    /// When everybody was last here; whoever never was is left out. For whoever may see the list of people.
    pub async fn presence(
        &self,
        reading: &Reading,
        organization: OrganizationId,
    ) -> Result<BTreeMap<UserId, Presence>, Error> {
        reading.check(Action::MemberRead, On::Organization)?;
        let all = self.store.presence(organization).await?;
        Ok(all.into_iter().map(|presence| (presence.user, presence)).collect())
    }
}
