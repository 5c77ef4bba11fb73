//! Passkeys, and the ceremonies that make and use them.

use model::{Timestamp, UserId};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use crate::{Store, StoreError, text};

/// A passkey of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPasskey {
    /// Its id here.
    pub id: Uuid,
    /// Whose.
    pub user: UserId,
    /// Its id at the authenticator.
    pub credential_id: Vec<u8>,
    /// What the person calls it.
    pub name: String,
    /// The public key and its counter, as the verifier keeps them.
    pub passkey: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

/// A ceremony that has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceremony {
    /// Whose, where that is known before it ends.
    pub user: Option<UserId>,
    /// What the verifier has to remember.
    pub state: String,
    /// Until when it can be finished.
    pub ends_at: Timestamp,
}

const ADD: &str = "insert into passkeys (id, user_id, credential_id, name, passkey, created_at) \
    values ($1, $2, $3, $4, $5, $6)";

const OF_USER: &str = "select id, user_id, credential_id, name, passkey, created_at, last_used_at from passkeys \
    where user_id = $1 order by id";

const USED: &str = "update passkeys set passkey = $2, last_used_at = $3 where id = $1";

const BEGIN: &str =
    "insert into passkey_ceremonies (token_hash, user_id, state, ends_at) values ($1, $2, $3, $4)";

/// A ceremony ends when it is taken up, whatever comes of it: no challenge is answered twice.
const TAKE: &str = "delete from passkey_ceremonies where token_hash = $1 returning user_id, state, ends_at";

impl Store {
    /// Keeps a new passkey. One that is here already: conflict on `credential`.
    pub async fn add_passkey(&self, passkey: &StoredPasskey) -> Result<(), StoreError> {
        let values = [
            passkey.id.into(),
            passkey.user.uuid().into(),
            passkey.credential_id.clone().into(),
            passkey.name.as_str().into(),
            passkey.passkey.as_str().into(),
            text::micros(passkey.created_at).into(),
        ];
        self.run(ADD, values).await.map(drop)
    }

    /// The passkeys of a person, the first made first.
    pub async fn passkeys_of(&self, user: UserId) -> Result<Vec<StoredPasskey>, StoreError> {
        let rows = self.read().query_all_raw(self.statement(OF_USER, [user.uuid().into()])).await?;
        rows.iter().map(read).collect()
    }

    /// Notes that a passkey was used, with its new counter.
    pub async fn passkey_used(&self, id: Uuid, passkey: &str, at: Timestamp) -> Result<(), StoreError> {
        self.run(USED, [id.into(), passkey.into(), text::micros(at).into()]).await.map(drop)
    }

    /// Begins a ceremony, known by the hash of its token.
    pub async fn begin_ceremony(&self, ceremony: &Ceremony, token_hash: [u8; 32]) -> Result<(), StoreError> {
        let values = [
            token_hash.to_vec().into(),
            ceremony.user.map(UserId::uuid).into(),
            ceremony.state.as_str().into(),
            text::micros(ceremony.ends_at).into(),
        ];
        self.run(BEGIN, values).await.map(drop)
    }

    /// Takes up a ceremony to finish it. None: it is over, was finished, or never began.
    pub async fn take_ceremony(
        &self,
        token_hash: [u8; 32],
        now: Timestamp,
    ) -> Result<Option<Ceremony>, StoreError> {
        let _turn = self.turn().await;
        let take = self.statement(TAKE, [Value::from(token_hash.to_vec())]);
        let Some(row) = self.write().query_one_raw(take).await? else { return Ok(None) };
        let user: Option<Uuid> = row.try_get("", "user_id")?;
        let ceremony = Ceremony {
            user: user.map(UserId::from_uuid),
            state: row.try_get("", "state")?,
            ends_at: text::moment(row.try_get("", "ends_at")?)?,
        };
        Ok(Some(ceremony).filter(|ceremony| now < ceremony.ends_at))
    }
}

fn read(row: &QueryResult) -> Result<StoredPasskey, StoreError> {
    let user: Uuid = row.try_get("", "user_id")?;
    let last_used_at: Option<i64> = row.try_get("", "last_used_at")?;
    Ok(StoredPasskey {
        id: row.try_get("", "id")?,
        user: UserId::from_uuid(user),
        credential_id: row.try_get("", "credential_id")?,
        name: row.try_get("", "name")?,
        passkey: row.try_get("", "passkey")?,
        created_at: text::moment(row.try_get("", "created_at")?)?,
        last_used_at: last_used_at.map(text::moment).transpose()?,
    })
}
