//! Links by which somebody who is no member fills in what a connection needs, and nothing else.

use model::{ConnectionId, OrganizationId, Timestamp, UserId};
use uuid::Uuid;

use super::sql;
use crate::{Store, StoreError, text};

/// A link to set up one connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetupLink {
    /// Which.
    pub connection: ConnectionId,
    /// In whose name.
    pub created_by: UserId,
    /// Until when.
    pub expires_at: Timestamp,
}

/// One link per connection: a new one takes the place of the old.
const FORGET: &str =
    "delete from setup_links where organization_id = $1 and (connection_id = $2 or expires_at <= $3)";

const KEEP: &str = "insert into setup_links (organization_id, token_hash, connection_id, created_by, expires_at) \
    values ($1, $2, $3, $4, $5)";

const FIND: &str = "select connection_id, created_by, expires_at from setup_links where organization_id = $1 and token_hash = $2";

/// Used in the transaction of what it is used for (`writing`).
pub(crate) const USE_SETUP_LINK: &str =
    "delete from setup_links where organization_id = $1 and token_hash = $2 and expires_at > $3";

impl Store {
    /// Keeps a link by the hash of its secret, in the place of an older one.
    pub async fn keep_setup_link(
        &self,
        organization: OrganizationId,
        hash: [u8; 32],
        link: SetupLink,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sql::run(self, organization, FORGET, [link.connection.uuid().into(), text::micros(now).into()])
            .await?;
        let values = [
            hash.to_vec().into(),
            link.connection.uuid().into(),
            link.created_by.uuid().into(),
            text::micros(link.expires_at).into(),
        ];
        sql::run(self, organization, KEEP, values).await.map(drop)
    }

    /// The link of that hash, over or not.
    pub async fn setup_link(
        &self,
        organization: OrganizationId,
        hash: [u8; 32],
    ) -> Result<Option<SetupLink>, StoreError> {
        let rows = sql::find(self, organization, FIND, [hash.to_vec().into()]).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let (connection, by): (Uuid, Uuid) =
            (row.try_get("", "connection_id")?, row.try_get("", "created_by")?);
        Ok(Some(SetupLink {
            connection: ConnectionId::from_uuid(connection),
            created_by: UserId::from_uuid(by),
            expires_at: text::moment(row.try_get("", "expires_at")?)?,
        }))
    }
}
