//! The sealed tokens that transmitters gave us, by which their signals are asked for. A fact names one by its id, so the
//! history of changes never holds one.

use model::{OrganizationId, SecretId, SignalStreamId, Timestamp};
use sea_orm::Value;

use crate::{Store, StoreError, text};

const KEEP: &str = "insert into signal_stream_secrets (organization_id, id, stream_id, sealed, created_at) \
    values ($1, $2, $3, $4, $5)";

const FIND: &str = "select sealed from signal_stream_secrets where organization_id = $1 and id = $2";

const FORGET: &str = "delete from signal_stream_secrets where organization_id = $1 and stream_id = $2";

impl Store {
    /// Keeps a token that was sealed for that very row.
    pub async fn keep_stream_secret(
        &self,
        organization: OrganizationId,
        stream: SignalStreamId,
        id: SecretId,
        sealed: Vec<u8>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let values: [Value; 5] = [
            organization.uuid().into(),
            id.uuid().into(),
            stream.uuid().into(),
            sealed.into(),
            text::micros(now).into(),
        ];
        self.execute(organization, KEEP, values).await.map(drop)
    }

    /// A token, sealed.
    pub async fn stream_secret(
        &self,
        organization: OrganizationId,
        id: SecretId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let values: [Value; 2] = [organization.uuid().into(), id.uuid().into()];
        let row = self.find_row(organization, FIND, values).await?;
        row.map(|row| Ok(row.try_get("", "sealed")?)).transpose()
    }

    /// Forgets the tokens of a stream.
    pub async fn forget_stream_secrets(
        &self,
        organization: OrganizationId,
        stream: SignalStreamId,
    ) -> Result<(), StoreError> {
        let values: [Value; 2] = [organization.uuid().into(), stream.uuid().into()];
        self.execute(organization, FORGET, values).await.map(drop)
    }
}
