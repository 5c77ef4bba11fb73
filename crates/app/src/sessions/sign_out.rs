use model::{SESSION_IDLE, Session, SessionId, UserId};

use crate::{App, Error};

impl App {
    /// Ends one session of a person. False: they have none of that id.
    pub async fn sign_out(&self, user: UserId, id: SessionId) -> Result<bool, Error> {
        Ok(self.store.end_session(user, id).await?)
    }

    /// Ends every session of a person but the one they do it from, and returns how many.
    pub async fn sign_out_others(&self, from: &Session) -> Result<u64, Error> {
        Ok(self.store.end_other_sessions(from.user, from.id).await?)
    }

    /// Ends every session of a person, and returns how many.
    pub async fn sign_out_everywhere(&self, user: UserId) -> Result<u64, Error> {
        Ok(self.store.end_sessions_of(user).await?)
    }

    /// The sessions of a person that still count, the last used first.
    pub async fn sessions_of(&self, user: UserId) -> Result<Vec<Session>, Error> {
        let now = self.engine.world().now();
        let sessions = self.store.sessions_of(user).await?;
        Ok(sessions.into_iter().filter(|session| session.is_live(now)).collect())
    }

    /// Forgets sessions and links that are over, and returns how many.
    pub async fn forget_old_sessions(&self) -> Result<u64, Error> {
        let now = self.engine.world().now();
        Ok(self.store.forget_sessions(now, now - SESSION_IDLE).await?)
    }
}
