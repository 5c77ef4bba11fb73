//! Answers kept for a while, so that a request sent twice is done once.

use model::{OrganizationId, Timestamp};
use sea_orm::{ConnectionTrait, Statement, Value};

use crate::tenancy::scoped;
use crate::{Store, StoreError, text};

/// An answer that was given to a request with an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// SHA-256 of the request: the same key with another request is a mistake, not a repetition.
    pub request_digest: [u8; 32],
    /// The HTTP status that was answered.
    pub status: u16,
    /// The body that was answered.
    pub body: String,
}

const REMEMBER: &str = "insert into idempotency \
    (organization_id, idempotency_key, request_digest, status, body, at) values ($1, $2, $3, $4, $5, $6)";

const FIND: &str = "select request_digest, status, body from idempotency \
    where organization_id = $1 and idempotency_key = $2";

const FORGET: &str = "delete from idempotency where organization_id = $1 and at < $2";

impl Store {
    /// The answer that was given under that key.
    pub async fn remembered(
        &self,
        organization: OrganizationId,
        idempotency_key: &str,
    ) -> Result<Option<Remembered>, StoreError> {
        let values: [Value; 2] = [organization.uuid().into(), idempotency_key.into()];
        let reading = self.reading(organization).await?;
        let find = Statement::from_sql_and_values(reading.get_database_backend(), scoped(FIND), values);
        let found = reading.query_one_raw(find).await?;
        let Some(row) = found else { return Ok(None) };
        let status: i32 = row.try_get("", "status")?;
        Ok(Some(Remembered {
            request_digest: text::digest(&row.try_get::<Vec<u8>>("", "request_digest")?)?,
            status: u16::try_from(status)
                .map_err(|_| StoreError::Corrupt(format!("`{status}` as a status")))?,
            body: row.try_get("", "body")?,
        }))
    }

    /// Keeps an answer under a key. A key that has one: conflict on `idempotency_key`.
    pub async fn remember(
        &self,
        organization: OrganizationId,
        idempotency_key: &str,
        answer: &Remembered,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let values: [Value; 6] = [
            organization.uuid().into(),
            idempotency_key.into(),
            answer.request_digest.to_vec().into(),
            i32::from(answer.status).into(),
            answer.body.as_str().into(),
            text::micros(at).into(),
        ];
        self.execute(organization, REMEMBER, values).await?;
        Ok(())
    }

    /// Forgets the answers given before a moment, of every organization, and returns how many.
    pub async fn forget_before(&self, at: Timestamp) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        for organization in self.organization_ids().await? {
            let values = [organization.uuid().into(), text::micros(at).into()];
            forgotten += self.execute(organization, FORGET, values).await?;
        }
        Ok(forgotten)
    }
}
