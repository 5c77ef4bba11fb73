//! Signed-in browsers and the links that sign one in: what is asked about by the hash of a secret, and what is ended.
//!
//! They are people's and not a tenant's, so these finders take a person, a connection or a secret's hash first.

mod end;
mod left;
mod link;
mod row;
mod tokens;
mod visits;

use model::{ConnectionId, Session, SessionId, Timestamp, UserId};
use sea_orm::{ConnectionTrait, Statement, Value};

use crate::writing::begin;
use crate::{Store, StoreError, text};

pub use left::{LeftAt, LeftSignIn};
pub use link::SignInLink;
pub use tokens::{DueSession, SealedTokens, TakenSession};

/// A session with what is kept of its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSession {
    /// The session.
    pub session: Session,
    /// The other half of every form's proof.
    pub csrf: [u8; 32],
}

const FIND: &str = "select * from sessions where token_hash = $1";

const OF_USER: &str = "select * from sessions where user_id = $1 order by last_seen_at desc, id";

const KNOWN_AS: &str = "select distinct user_id from sessions where connection_id = $1 and provider_session = $2 order by user_id";

/// Times only move forward, whichever node is late.
const TOUCH: &str = "update sessions set last_seen_at = $2 where id = $1 and last_seen_at < $2";

const PROVE: &str = "update sessions set token_hash = $2, proof = $3, amr = $4, acr = $5, authenticated_at = $6, \
    last_seen_at = $6 where id = $1";

impl Store {
    /// Begins a session, known by the hash of its token, and ends the one that the same browser had before.
    pub async fn begin_session(
        &self,
        stored: &StoredSession,
        token_hash: [u8; 32],
        instead_of: Option<SessionId>,
    ) -> Result<(), StoreError> {
        let (transaction, _turn) = begin(self, None).await?;
        let backend = transaction.get_database_backend();
        if let Some(old) = instead_of {
            let end = Statement::from_sql_and_values(backend, end::ONE, [Value::from(old.uuid())]);
            transaction.execute_raw(end).await?;
        }
        let values = row::values(stored, token_hash)?;
        transaction.execute_raw(Statement::from_sql_and_values(backend, row::INSERT, values)).await?;
        Ok(transaction.commit().await?)
    }

    /// The session of a token, by the token's hash. Whether it still counts is the caller's to ask.
    pub async fn session(&self, token_hash: [u8; 32]) -> Result<Option<StoredSession>, StoreError> {
        let find = self.statement(FIND, [Value::from(token_hash.to_vec())]);
        self.read().query_one_raw(find).await?.map(|row| row::read(&row)).transpose()
    }

    /// The sessions of a person, the last used first.
    pub async fn sessions_of(&self, user: UserId) -> Result<Vec<Session>, StoreError> {
        let rows = self.read().query_all_raw(self.statement(OF_USER, [Value::from(user.uuid())])).await?;
        rows.iter().map(|row| row::read(row).map(|stored| stored.session)).collect()
    }

    /// Whose sessions a provider knows by that `sid`: one person's, unless the provider says the same of several.
    pub async fn known_to_provider_as(
        &self,
        connection: ConnectionId,
        provider_session: &str,
    ) -> Result<Vec<UserId>, StoreError> {
        let find = self.statement(KNOWN_AS, [connection.uuid().into(), provider_session.into()]);
        let rows = self.read().query_all_raw(find).await?;
        rows.iter().map(|row| Ok(UserId::from_uuid(row.try_get("", "user_id")?))).collect()
    }

    /// Notes that a session is in use.
    pub async fn touch_session(&self, id: SessionId, at: Timestamp) -> Result<(), StoreError> {
        self.run(TOUCH, [id.uuid().into(), text::micros(at).into()]).await.map(drop)
    }

    /// The person has proven anew who they are: the session goes on under another token.
    pub async fn prove_session(&self, proven: &Session, token_hash: [u8; 32]) -> Result<bool, StoreError> {
        let values = [
            proven.id.uuid().into(),
            token_hash.to_vec().into(),
            text::word(&proven.proof)?.into(),
            text::json(&proven.amr)?.into(),
            proven.acr.clone().into(),
            text::micros(proven.authenticated_at).into(),
        ];
        Ok(self.run(PROVE, values).await? == 1)
    }

    pub(crate) fn statement<const N: usize>(&self, sql: &str, values: [Value; N]) -> Statement {
        Statement::from_sql_and_values(self.read().get_database_backend(), sql, values)
    }

    /// Runs one writing statement by itself and returns how many rows it touched.
    pub(crate) async fn run<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<u64, StoreError> {
        let _turn = self.turn().await;
        Ok(self.write().execute_raw(self.statement(sql, values)).await?.rows_affected())
    }
}
