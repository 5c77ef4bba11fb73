//! What a provider said of somebody last, on its way to the provider's own sign-out.
//!
//! It ends with the session, and the session ends before the page that leads to the provider is asked for. Between the two
//! it waits under a slip that only the person's browser has, as a new key does.

use ::keys::Slip;
use model::{OrganizationId, Origin, Session};
use zeroize::Zeroizing;

use crate::{App, Error};

/// What waits under the slip.
const ABOUT: &str = "identity token";

impl App {
    /// Ends the session of somebody who signs out. What comes back leads the page after it to what the provider said of
    /// them last, where that was kept.
    pub async fn sign_out_of(&self, session: &Session) -> Result<Option<Slip>, Error> {
        let slip = self.lay_hint(session).await.unwrap_or_else(|error| {
            // They are signed out here whatever is kept: the provider asks who signs out.
            tracing::info!(session.id = %session.id, %error, "an identity token is not taken along");
            None
        });
        self.store.end_session(session.user, session.id).await?;
        Ok(slip)
    }

    async fn lay_hint(&self, session: &Session) -> Result<Option<Slip>, Error> {
        let Origin::Connection { organization, .. } = session.origin else { return Ok(None) };
        let Some(sealed) = self.store.session_tokens(organization, session.id).await? else {
            return Ok(None);
        };
        let kept = self.open_tokens(organization, session.id, &sealed).await?;
        let slip = Slip::draw(&mut self.engine.world().entropy());
        self.begin_reveal(organization, session.user, &slip).await?;
        self.seal_reveal(organization, &slip, ABOUT, &kept.identity).await?;
        Ok(Some(slip))
    }

    /// What waits under a slip, once.
    pub(super) async fn take_hint(
        &self,
        organization: OrganizationId,
        slip: &Slip,
    ) -> Result<Option<Zeroizing<String>>, Error> {
        self.take_reveal(organization, ABOUT, slip).await
    }
}
