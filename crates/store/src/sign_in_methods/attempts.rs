//! What holds back those who guess.

use model::Timestamp;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{Store, StoreError, text};

/// Somebody trying to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its id.
    pub id: Uuid,
    /// SHA-256 of the name that was tried, whether or not it is anybody's.
    pub account_hash: [u8; 32],
    /// Where from.
    pub address: String,
    /// When.
    pub at: Timestamp,
}

/// Written before the password is looked at, so that guesses sent together count together.
const BEGIN: &str = "insert into sign_in_attempts (id, account_hash, address, at) \
    select $1, $2, $3, $4 where (select count(*) from sign_in_attempts a \
    where a.account_hash = $2 and a.address = $3 and a.at > $5) < $6";

const OLDEST: &str = "select min(at) as at from sign_in_attempts \
    where account_hash = $1 and address = $2 and at > $3";

const SUCCEEDED: &str = "delete from sign_in_attempts where account_hash = $1 and address = $2";

impl Store {
    /// Notes an attempt, unless there were `most` since `since` on that account from that address. None: noted; a
    /// moment: not, and the oldest of them was then.
    pub async fn begin_attempt(
        &self,
        attempt: &Attempt,
        since: Timestamp,
        most: u32,
    ) -> Result<Option<Timestamp>, StoreError> {
        let values = [
            attempt.id.into(),
            attempt.account_hash.to_vec().into(),
            attempt.address.as_str().into(),
            text::micros(attempt.at).into(),
            text::micros(since).into(),
            i64::from(most).into(),
        ];
        if self.run(BEGIN, values).await? == 1 {
            return Ok(None);
        }
        let (account, address) = (attempt.account_hash.to_vec(), attempt.address.as_str());
        let values = [account.into(), address.into(), text::micros(since).into()];
        let row = self.read().query_one_raw(self.statement(OLDEST, values)).await?;
        let oldest: Option<i64> = row.map(|row| row.try_get("", "at")).transpose()?.flatten();
        Ok(Some(oldest.map_or(Ok(attempt.at), text::moment)?))
    }

    /// Forgets the attempts on an account from an address: it was the person after all.
    pub async fn forgive_attempts(&self, attempt: &Attempt) -> Result<(), StoreError> {
        let values = [attempt.account_hash.to_vec().into(), attempt.address.as_str().into()];
        self.run(SUCCEEDED, values).await.map(drop)
    }
}
