//! One-time codes by the clock, and those for the day when the clock is lost.

use model::{Timestamp, UserId};
use sea_orm::{ConnectionTrait, Statement, Value};

use crate::writing::begin;
use crate::{Store, StoreError, text};

/// A person's generator of one-time codes.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredTotp {
    /// Its seed, sealed.
    pub seed: Vec<u8>,
    /// Whether the person has shown that theirs gives the same codes.
    pub confirmed: bool,
    /// The seed of the one that is to take its place, sealed.
    pub next_seed: Option<Vec<u8>>,
}

/// One that counts goes on counting until its successor does: who loses heart half-way is not locked out.
const PUT: &str = "insert into totp (user_id, seed, confirmed, last_step) values ($1, $2, $3, 0) \
    on conflict (user_id) do update set \
    next_seed = case when totp.confirmed then excluded.seed else null end, \
    seed = case when totp.confirmed then totp.seed else excluded.seed end";

const FIND: &str = "select seed, confirmed, next_seed from totp where user_id = $1";

/// One statement, so that of two who show one code together one comes too late.
const TAKE: &str = "update totp set last_step = $2, confirmed = $3 where user_id = $1 and last_step < $2";

const REPLACE: &str = "update totp set seed = next_seed, next_seed = null, last_step = $2 \
    where user_id = $1 and next_seed = $3";

const FORGET_CODES: &str = "delete from recovery_codes where user_id = $1";

const ADD_CODE: &str = "insert into recovery_codes (user_id, code_hash) values ($1, $2)";

const USE_CODE: &str =
    "update recovery_codes set used_at = $3 where user_id = $1 and code_hash = $2 and used_at is null";

const LEFT: &str = "select count(*) as n from recovery_codes where user_id = $1 and used_at is null";

impl Store {
    /// Sets a person's generator, not confirmed yet; beside one that is, until it is confirmed.
    pub async fn put_totp(&self, user: UserId, seed: &[u8]) -> Result<(), StoreError> {
        self.run(PUT, [user.uuid().into(), seed.to_vec().into(), false.into()]).await.map(drop)
    }

    /// A person's generator.
    pub async fn totp(&self, user: UserId) -> Result<Option<StoredTotp>, StoreError> {
        let found = self.read().query_one_raw(self.statement(FIND, [user.uuid().into()])).await?;
        let Some(row) = found else { return Ok(None) };
        Ok(Some(StoredTotp {
            seed: row.try_get("", "seed")?,
            confirmed: row.try_get("", "confirmed")?,
            next_seed: row.try_get("", "next_seed")?,
        }))
    }

    /// Takes the code of a step, which confirms the generator. False: that code, or a later one, was taken before.
    pub async fn take_totp(&self, user: UserId, step: u64) -> Result<bool, StoreError> {
        Ok(self.run(TAKE, [user.uuid().into(), text::signed(step).into(), true.into()]).await? == 1)
    }

    /// Puts the generator with that seed in the place of the one before, with the step of its first code. False: it is not
    /// the one that was to come any more.
    pub async fn replace_totp(&self, user: UserId, next_seed: &[u8], step: u64) -> Result<bool, StoreError> {
        let values = [user.uuid().into(), text::signed(step).into(), next_seed.to_vec().into()];
        Ok(self.run(REPLACE, values).await? == 1)
    }

    /// Replaces a person's recovery codes, by their hashes.
    pub async fn put_recovery_codes(&self, user: UserId, hashes: &[[u8; 32]]) -> Result<(), StoreError> {
        let (transaction, _turn) = begin(self, None).await?;
        let backend = transaction.get_database_backend();
        let user = Value::from(user.uuid());
        let forget = Statement::from_sql_and_values(backend, FORGET_CODES, [user.clone()]);
        transaction.execute_raw(forget).await?;
        for hash in hashes {
            let values = [user.clone(), hash.to_vec().into()];
            transaction.execute_raw(Statement::from_sql_and_values(backend, ADD_CODE, values)).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Uses a recovery code. False: it is none, or was used before.
    pub async fn use_recovery_code(
        &self,
        user: UserId,
        hash: [u8; 32],
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let values = [user.uuid().into(), hash.to_vec().into(), text::micros(at).into()];
        Ok(self.run(USE_CODE, values).await? == 1)
    }

    /// How many recovery codes a person has left.
    pub async fn recovery_codes_left(&self, user: UserId) -> Result<u64, StoreError> {
        let row = self.read().query_one_raw(self.statement(LEFT, [user.uuid().into()])).await?;
        let left: i64 = row.map(|row| row.try_get("", "n")).transpose()?.unwrap_or_default();
        Ok(text::unsigned(left))
    }
}
