//! The sealed secrets of clients. A fact names one by its id, so the change that takes a new secret into use is one
//! transaction, and the history of changes never holds one.

use model::{ConnectionId, OrganizationId, SecretId, Timestamp};

use super::sql;
use crate::{Store, StoreError, text};

const KEEP: &str = "insert into connection_secrets (organization_id, id, connection_id, sealed, created_at) \
    values ($1, $2, $3, $4, $5)";

const FIND: &str = "select sealed from connection_secrets where organization_id = $1 and id = $2";

const FORGET: &str =
    "delete from connection_secrets where organization_id = $1 and connection_id = $2 and id <> $3";

/// A fact names a secret by its id, in its terms or in what is proposed to it.
const FORGET_UNUSED: &str = "delete from connection_secrets where organization_id = $1 and id = $2 and not exists \
    (select 1 from connections c where c.organization_id = $1 and c.id = connection_secrets.connection_id \
    and (c.terms like '%' || $3 || '%' or coalesce(c.proposal, '') like '%' || $3 || '%'))";

impl Store {
    /// Keeps a secret that was sealed for that very row.
    pub async fn keep_client_secret(
        &self,
        organization: OrganizationId,
        connection: ConnectionId,
        id: SecretId,
        sealed: Vec<u8>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let values = [id.uuid().into(), connection.uuid().into(), sealed.into(), text::micros(now).into()];
        sql::run(self, organization, KEEP, values).await.map(drop)
    }

    /// A secret, sealed.
    pub async fn client_secret(
        &self,
        organization: OrganizationId,
        id: SecretId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let rows = sql::find(self, organization, FIND, [id.uuid().into()]).await?;
        rows.first().map(|row| Ok(row.try_get("", "sealed")?)).transpose()
    }

    /// Forgets a secret that no connection names, as the change that was to name it has failed.
    pub async fn forget_unused_client_secret(
        &self,
        organization: OrganizationId,
        id: SecretId,
    ) -> Result<(), StoreError> {
        let values = [id.uuid().into(), id.to_string().into()];
        sql::run(self, organization, FORGET_UNUSED, values).await.map(drop)
    }

    /// Forgets the secrets of a connection but the one in use.
    pub async fn forget_client_secrets(
        &self,
        organization: OrganizationId,
        connection: ConnectionId,
        but: Option<SecretId>,
    ) -> Result<(), StoreError> {
        let but = but.unwrap_or(SecretId::MIN);
        sql::run(self, organization, FORGET, [connection.uuid().into(), but.uuid().into()]).await.map(drop)
    }
}
