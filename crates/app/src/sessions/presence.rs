use std::collections::BTreeMap;

use decision::{Action, On};
use model::{OrganizationId, Session, UserId};
use store::Presence;

use super::TOUCHED_EVERY;
use crate::{App, Error, Reading};

impl App {
    /// Notes that somebody is in an organization, as often as the use of a session is noted. That it cannot be noted keeps nobody out.
    pub async fn note_visit(&self, session: &Session, organization: OrganizationId) {
        let now = self.engine.world().now();
        let noted = async {
            let last = self.store.last_visit(organization, session.id).await?;
            if last.is_some_and(|last| now - last < TOUCHED_EVERY) {
                return Ok(());
            }
            let presence = Presence { user: session.user, at: now, proof: session.proof };
            self.store.note_visit(organization, session.id, presence).await
        };
        if let Err(error) = noted.await {
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
