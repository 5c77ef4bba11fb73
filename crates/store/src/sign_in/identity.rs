//! Who somebody is to a provider (security.md S1): connection, issuer and subject, and never an address.

use model::{ConnectionId, OrganizationId, Timestamp, UserId};
use sea_orm::QueryResult;
use uuid::Uuid;

use super::sql;
use crate::{Store, StoreError, text};

/// Who a user is to the provider of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// By which connection.
    pub connection: ConnectionId,
    /// To which issuer.
    pub issuer: String,
    /// Who, there.
    pub subject: String,
    /// Who, here.
    pub user: UserId,
    /// The mail address that the provider said last. It leads to nobody.
    pub address: Option<String>,
    /// Since when.
    pub created_at: Timestamp,
    /// When they last came in by it.
    pub last_used_at: Timestamp,
}

const FIND: &str = "select * from identities \
    where organization_id = $1 and connection_id = $2 and issuer = $3 and subject = $4";

const OF_USER: &str =
    "select * from identities where organization_id = $1 and user_id = $2 order by created_at, subject";

const THROUGH: &str =
    "select * from identities where organization_id = $1 and connection_id = $2 order by created_at, subject";

/// One that is there stays whose it is: an identity is never bound again.
const BIND: &str = "insert into identities (organization_id, connection_id, issuer, subject, user_id, address, \
    created_at, last_used_at) values ($1, $2, $3, $4, $5, $6, $7, $7) \
    on conflict (organization_id, connection_id, issuer, subject) do nothing";

const USE: &str = "update identities set last_used_at = $5, address = $6 \
    where organization_id = $1 and connection_id = $2 and issuer = $3 and subject = $4";

const UNBIND: &str = "delete from identities where organization_id = $1 and connection_id = $2 and issuer = $3 \
    and subject = $4 and user_id = $5";

const FORGET: &str = "delete from identities where organization_id = $1 and connection_id = $2";

impl Store {
    /// Who somebody is here, who is that to the provider of a connection.
    pub async fn identity(
        &self,
        organization: OrganizationId,
        connection: ConnectionId,
        issuer: &str,
        subject: &str,
    ) -> Result<Option<Identity>, StoreError> {
        let values = [connection.uuid().into(), issuer.into(), subject.into()];
        let rows = sql::find(self, organization, FIND, values).await?;
        rows.first().map(read).transpose()
    }

    /// Who a user is to the providers of an organization.
    pub async fn identities_of(
        &self,
        organization: OrganizationId,
        user: UserId,
    ) -> Result<Vec<Identity>, StoreError> {
        sql::find(self, organization, OF_USER, [user.uuid().into()]).await?.iter().map(read).collect()
    }

    /// Everybody who came in by a connection.
    pub async fn identities_through(
        &self,
        organization: OrganizationId,
        connection: ConnectionId,
    ) -> Result<Vec<Identity>, StoreError> {
        sql::find(self, organization, THROUGH, [connection.uuid().into()]).await?.iter().map(read).collect()
    }

    /// Binds an identity to a user. False: it is somebody's already, and stays theirs.
    pub async fn bind_identity(
        &self,
        organization: OrganizationId,
        identity: &Identity,
    ) -> Result<bool, StoreError> {
        let values = [
            identity.connection.uuid().into(),
            identity.issuer.as_str().into(),
            identity.subject.as_str().into(),
            identity.user.uuid().into(),
            identity.address.clone().into(),
            text::micros(identity.created_at).into(),
        ];
        Ok(sql::run(self, organization, BIND, values).await? == 1)
    }

    /// Lets go of an identity that was bound to a user.
    pub async fn unbind_identity(
        &self,
        organization: OrganizationId,
        identity: &Identity,
    ) -> Result<(), StoreError> {
        let values = [
            identity.connection.uuid().into(),
            identity.issuer.as_str().into(),
            identity.subject.as_str().into(),
            identity.user.uuid().into(),
        ];
        sql::run(self, organization, UNBIND, values).await.map(drop)
    }

    /// Notes that somebody came in.
    pub async fn use_identity(
        &self,
        organization: OrganizationId,
        identity: &Identity,
        address: Option<&str>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let values = [
            identity.connection.uuid().into(),
            identity.issuer.as_str().into(),
            identity.subject.as_str().into(),
            text::micros(at).into(),
            address.map(ToOwned::to_owned).into(),
        ];
        sql::run(self, organization, USE, values).await.map(drop)
    }

    /// Forgets everybody who came in by a connection.
    pub async fn forget_identities(
        &self,
        organization: OrganizationId,
        connection: ConnectionId,
    ) -> Result<u64, StoreError> {
        sql::run(self, organization, FORGET, [connection.uuid().into()]).await
    }
}

fn read(row: &QueryResult) -> Result<Identity, StoreError> {
    let id = |column: &str| row.try_get::<Uuid>("", column);
    Ok(Identity {
        connection: ConnectionId::from_uuid(id("connection_id")?),
        issuer: row.try_get("", "issuer")?,
        subject: row.try_get("", "subject")?,
        user: UserId::from_uuid(id("user_id")?),
        address: row.try_get("", "address")?,
        created_at: text::moment(row.try_get("", "created_at")?)?,
        last_used_at: text::moment(row.try_get("", "last_used_at")?)?,
    })
}
