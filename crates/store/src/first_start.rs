//! Links by which whoever started the program sets up its first organization. Nobody's row: there is no tenant yet.

use model::Timestamp;
use sea_orm::{ConnectionTrait, Value};

use crate::{Store, StoreError, text};

const FORGET: &str = "delete from first_start where ends_at <= $1";

const KEEP: &str = "insert into first_start (token_hash, ends_at) values ($1, $2)";

const FIND: &str = "select ends_at from first_start where token_hash = $1 and ends_at > $2";

/// One link takes all of them along, so that two who use two links together do not found two organizations.
const USE: &str = "delete from first_start where exists \
    (select 1 from first_start f where f.token_hash = $1 and f.ends_at > $2)";

const ANY: &str = "select 1 as one from organization_heads limit 1";

impl Store {
    /// Whether there is any organization.
    pub async fn has_organizations(&self) -> Result<bool, StoreError> {
        Ok(self.routing().query_one_raw(self.statement(ANY, [])).await?.is_some())
    }

    /// Keeps a link by the hash of its secret. Those of other nodes that start at the same time go on counting.
    pub async fn keep_first_start(
        &self,
        token_hash: [u8; 32],
        ends_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(FORGET, [text::micros(now).into()]).await?;
        self.run(KEEP, [token_hash.to_vec().into(), text::micros(ends_at).into()]).await.map(drop)
    }

    /// Whether a link counts.
    pub async fn first_start(&self, token_hash: [u8; 32], now: Timestamp) -> Result<bool, StoreError> {
        let values = [Value::from(token_hash.to_vec()), text::micros(now).into()];
        Ok(self.read().query_one_raw(self.statement(FIND, values)).await?.is_some())
    }

    /// Uses a link, and every other with it. False: it was used, or is over.
    pub async fn use_first_start(&self, token_hash: [u8; 32], now: Timestamp) -> Result<bool, StoreError> {
        let values = [Value::from(token_hash.to_vec()), text::micros(now).into()];
        Ok(self.run(USE, values).await? > 0)
    }
}
