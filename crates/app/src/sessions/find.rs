use chrono::TimeDelta;
use model::Session;

use super::secret::{hash, is_shaped};
use crate::{App, Error};

/// A session in use is noted once a minute: often enough for an idle end of thirty, rarely enough to cost nothing.
pub(crate) const TOUCHED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// A session that counts, with the other half of its forms' proof.
#[derive(Debug, Clone)]
pub struct Found {
    /// The session.
    pub session: Session,
    /// What every form of it has to bring.
    pub csrf: [u8; 32],
}

impl App {
    /// The session of a secret, if it still counts. It is asked of the database every time, so that one that was ended
    /// on another node is not believed here for a moment longer.
    pub async fn session(&self, secret: &str) -> Result<Option<Found>, Error> {
        let found = self.standing_session(secret).await?;
        if let Some(Found { session, .. }) = &found {
            let now = self.engine.world().now();
            if now - session.last_seen_at >= TOUCHED_EVERY {
                self.store.touch_session(session.id, now).await?;
            }
        }
        Ok(found)
    }

    /// The same without counting as use: for what goes on by itself while a page is open, which must not keep a session
    /// alive that nobody sits at any more.
    pub async fn standing_session(&self, secret: &str) -> Result<Option<Found>, Error> {
        if !is_shaped(secret) {
            return Ok(None);
        }
        let now = self.engine.world().now();
        let stored = self.store.session(hash(secret)).await?;
        let live = stored.filter(|stored| stored.session.is_live(now));
        Ok(live.map(|stored| Found { session: stored.session, csrf: stored.csrf }))
    }
}
