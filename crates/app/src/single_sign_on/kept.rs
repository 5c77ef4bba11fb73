//! What a provider gave with a sign-in, kept with the session: sealed, since it is worth as much as the sign-in itself.

use model::{OrganizationId, Origin, Session, SessionId};
use signin::{Kept, Person};
use store::SealedTokens;
use zeroize::Zeroizing;

use crate::{App, Error};

/// Where it stands, for sealing it there and nowhere else (security.md I5).
const TABLE: &str = "session_tokens";
const IDENTITY: &str = "identity";
const REFRESH: &str = "refresh";

impl App {
    /// Keeps with a session what its provider gave when somebody signed in to it, or proved anew who they are. That it
    /// cannot be kept keeps nobody out: the session goes on as one whose provider gives nothing.
    pub async fn keep_tokens(&self, session: &Session, person: &Person) {
        let Some(kept) = &person.kept else { return };
        if let Err(error) = self.keep(session, kept).await {
            tracing::warn!(session.id = %session.id, %error, "what a provider gave with a sign-in is not kept");
        }
    }

    async fn keep(&self, session: &Session, kept: &Kept) -> Result<(), Error> {
        let Origin::Connection { connection, organization, .. } = session.origin else { return Ok(()) };
        // What would never be used is not kept either.
        let refresh = kept.refresh.clone().filter(|_| self.refresh_every.is_some());
        let kept = Kept { identity: kept.identity.clone(), refresh };
        let (now, sealed) =
            (self.engine.world().now(), self.seal_tokens(organization, session.id, &kept).await?);
        self.store.keep_session_tokens(organization, connection, session.id, sealed, now).await?;
        Ok(())
    }

    /// What is kept, sealed for the row of a session.
    pub(super) async fn seal_tokens(
        &self,
        organization: OrganizationId,
        session: SessionId,
        kept: &Kept,
    ) -> Result<SealedTokens, Error> {
        let (sealer, row) = (self.store.sealer(organization).await?, session.to_string());
        let seal =
            |column: &str, token: &Zeroizing<String>| sealer.seal(TABLE, column, &row, token.as_bytes());
        let refresh = kept.refresh.as_ref().map(|token| seal(REFRESH, token)).transpose()?;
        Ok(SealedTokens { identity: seal(IDENTITY, &kept.identity)?, refresh })
    }

    /// The same, opened.
    pub(super) async fn open_tokens(
        &self,
        organization: OrganizationId,
        session: SessionId,
        sealed: &SealedTokens,
    ) -> Result<Kept, Error> {
        let row = session.to_string();
        let open = async |column: &str, sealed: &[u8]| {
            let opened = self.store.open(organization, TABLE, column, &row, sealed).await?;
            let text = String::from_utf8(opened.to_vec());
            text.map(Zeroizing::new).map_err(|_| Error::Internal("a token is no text".to_owned()))
        };
        let refresh = match &sealed.refresh {
            Some(sealed) => Some(open(REFRESH, sealed).await?),
            None => None,
        };
        Ok(Kept { identity: open(IDENTITY, &sealed.identity).await?, refresh })
    }
}
