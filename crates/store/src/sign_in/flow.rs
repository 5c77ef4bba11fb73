//! Sign-ins under way: each begun by one browser, finished by it once, within ten minutes (security.md S3).

use model::{ConnectionId, OrganizationId, SessionId, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::sql;
use crate::{Store, StoreError, text};

/// A sign-in under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Through which connection.
    pub connection: ConnectionId,
    /// What for.
    pub purpose: Purpose,
    /// The SHA-256 of what the browser holds.
    pub browser: [u8; 32],
    /// What the token has to hold.
    pub nonce: String,
    /// What the code is redeemed with.
    pub verifier: String,
    /// Where the person wanted to go.
    pub next: String,
    /// The session that began it, where there was one.
    pub session: Option<SessionId>,
    /// The address that was typed, for a provider that has to be asked once more.
    pub address: Option<String>,
    /// Until when it can be finished.
    pub expires_at: Timestamp,
}

/// What a sign-in is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To come in.
    SignIn,
    /// To prove anew who one is.
    StepUp,
    /// To tie who one is there to who one is here.
    Link,
    /// To see whether the connection works.
    Test,
}

const BEGIN: &str = "insert into sign_in_flows (organization_id, state_hash, browser_hash, connection_id, purpose, \
    nonce, verifier, next, session_id, expires_at, address) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

/// One statement: of two who come back with one state, one comes too late.
const TAKE: &str = "delete from sign_in_flows where organization_id = $1 and state_hash = $2 \
    returning browser_hash, connection_id, purpose, nonce, verifier, next, session_id, expires_at, address";

const OVER: &str = "delete from sign_in_flows where organization_id = $1 and expires_at <= $2";

impl Store {
    /// Begins a sign-in, known by the hash of its state. Forgets those of the organization that are over.
    pub async fn begin_flow(
        &self,
        organization: OrganizationId,
        state: [u8; 32],
        flow: &Flow,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sql::run(self, organization, OVER, [text::micros(now).into()]).await?;
        let values = [
            state.to_vec().into(),
            flow.browser.to_vec().into(),
            flow.connection.uuid().into(),
            text::word(&flow.purpose)?.into(),
            flow.nonce.as_str().into(),
            flow.verifier.as_str().into(),
            flow.next.as_str().into(),
            flow.session.map(SessionId::uuid).into(),
            text::micros(flow.expires_at).into(),
            flow.address.clone().into(),
        ];
        sql::run(self, organization, BEGIN, values).await.map(drop)
    }

    /// Takes the sign-in of that state: it is gone afterwards, whatever comes of it. Whether it is over, and whose it
    /// is, is the caller's to ask.
    pub async fn take_flow(
        &self,
        organization: OrganizationId,
        state: [u8; 32],
    ) -> Result<Option<Flow>, StoreError> {
        let Some(row) = sql::take(self, organization, TAKE, [state.to_vec().into()]).await? else {
            return Ok(None);
        };
        let connection: Uuid = row.try_get("", "connection_id")?;
        let session: Option<Uuid> = row.try_get("", "session_id")?;
        Ok(Some(Flow {
            connection: ConnectionId::from_uuid(connection),
            purpose: text::of_word(&row.try_get::<String>("", "purpose")?)?,
            browser: text::digest(&row.try_get::<Vec<u8>>("", "browser_hash")?)?,
            nonce: row.try_get("", "nonce")?,
            verifier: row.try_get("", "verifier")?,
            next: row.try_get("", "next")?,
            session: session.map(SessionId::from_uuid),
            address: row.try_get("", "address")?,
            expires_at: text::moment(row.try_get("", "expires_at")?)?,
        }))
    }
}
