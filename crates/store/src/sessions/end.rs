//! Ending sessions. A session that has ended is a row that is not there.

use model::{ConnectionId, OrganizationId, SessionId, Timestamp, UserId};

use crate::{Store, StoreError, text};

pub(super) const ONE: &str = "delete from sessions where id = $1";

/// The person is asked for too: nobody ends somebody else's session by guessing its id.
const ONE_OF: &str = "delete from sessions where id = $1 and user_id = $2";

const OTHERS_OF: &str = "delete from sessions where user_id = $1 and id <> $2";

const ALL_OF: &str = "delete from sessions where user_id = $1";

const OF_IN: &str = "delete from sessions where user_id = $1 and honoured_by = $2";

const THROUGH: &str = "delete from sessions where connection_id = $1";

const OVER: &str = "delete from sessions where ends_at <= $1 or last_seen_at <= $2";

const LINKS_OVER: &str = "delete from sign_in_links where ends_at <= $1";

impl Store {
    /// Ends one session of that person. False: they have none of that id.
    pub async fn end_session(&self, user: UserId, id: SessionId) -> Result<bool, StoreError> {
        Ok(self.run(ONE_OF, [id.uuid().into(), user.uuid().into()]).await? == 1)
    }

    /// Ends every session of a person but one, and returns how many.
    pub async fn end_other_sessions(&self, user: UserId, but: SessionId) -> Result<u64, StoreError> {
        self.run(OTHERS_OF, [user.uuid().into(), but.uuid().into()]).await
    }

    /// Ends every session of a person, and returns how many.
    pub async fn end_sessions_of(&self, user: UserId) -> Result<u64, StoreError> {
        self.run(ALL_OF, [user.uuid().into()]).await
    }

    /// Ends the sessions of a person that an organization's own way in began, and returns how many.
    pub async fn end_sessions_in(
        &self,
        user: UserId,
        organization: OrganizationId,
    ) -> Result<u64, StoreError> {
        self.run(OF_IN, [user.uuid().into(), organization.uuid().into()]).await
    }

    /// Ends every session that came in through a connection, and returns how many.
    pub async fn end_all_sessions_through(&self, connection: ConnectionId) -> Result<u64, StoreError> {
        self.run(THROUGH, [connection.uuid().into()]).await
    }

    /// Forgets sessions and links that are over: past their end, or not used since `idle_since`.
    pub async fn forget_sessions(&self, now: Timestamp, idle_since: Timestamp) -> Result<u64, StoreError> {
        let links = self.run(LINKS_OVER, [text::micros(now).into()]).await?;
        Ok(links + self.run(OVER, [text::micros(now).into(), text::micros(idle_since).into()]).await?)
    }
}
