//! Who asks to come into an organization by an account of another organization's provider.
//!
//! No fact: it opens nothing, and whoever asks is nobody yet to the organization that is asked. It is forgotten when it is
//! answered, and when the person leaves.

use model::{AcceptedIdentityId, ConnectionId, OrganizationId, Timestamp, UserId};
use sea_orm::{QueryResult, Value};
use uuid::Uuid;

use super::sql;
use crate::{Store, StoreError, text};

/// Somebody asks to come in by an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityRequest {
    /// The id that the account is to have here.
    pub id: AcceptedIdentityId,
    /// Who asks.
    pub user: UserId,
    /// Through which connection they came in elsewhere.
    pub connection: ConnectionId,
    /// Who says who they are.
    pub issuer: String,
    /// Who they are, there.
    pub subject: String,
    /// SHA-256 of the account and of what vouched for it.
    pub voucher: [u8; 32],
    /// When they asked last.
    pub asked_at: Timestamp,
}

/// Asked again it is the same request, of the account as it is vouched for now: nobody fills a page with them.
const ASK: &str = "insert into identity_requests (organization_id, id, user_id, connection_id, issuer, subject, voucher, \
    asked_at) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (organization_id, connection_id, issuer, subject) \
    do update set user_id = excluded.user_id, voucher = excluded.voucher, asked_at = excluded.asked_at";

const FIND: &str = "select * from identity_requests where organization_id = $1 and id = $2";

const OF_USER: &str =
    "select * from identity_requests where organization_id = $1 and user_id = $2 order by asked_at, id";

const FORGET: &str = "delete from identity_requests where organization_id = $1 and id = $2";

impl Store {
    /// Notes that somebody asks.
    pub async fn ask_for_identity(
        &self,
        organization: OrganizationId,
        request: &IdentityRequest,
    ) -> Result<(), StoreError> {
        let values: [Value; 7] = [
            request.id.uuid().into(),
            request.user.uuid().into(),
            request.connection.uuid().into(),
            request.issuer.as_str().into(),
            request.subject.as_str().into(),
            request.voucher.to_vec().into(),
            text::micros(request.asked_at).into(),
        ];
        sql::run(self, organization, ASK, values).await.map(drop)
    }

    /// The request of that id.
    pub async fn identity_request(
        &self,
        organization: OrganizationId,
        id: AcceptedIdentityId,
    ) -> Result<Option<IdentityRequest>, StoreError> {
        let rows = sql::find(self, organization, FIND, [id.uuid().into()]).await?;
        rows.first().map(read).transpose()
    }

    /// What a person asks for, the oldest first.
    pub async fn identity_requests_of(
        &self,
        organization: OrganizationId,
        user: UserId,
    ) -> Result<Vec<IdentityRequest>, StoreError> {
        sql::find(self, organization, OF_USER, [user.uuid().into()]).await?.iter().map(read).collect()
    }

    /// Forgets a request that was declined.
    pub async fn forget_identity_request(
        &self,
        organization: OrganizationId,
        id: AcceptedIdentityId,
    ) -> Result<(), StoreError> {
        sql::run(self, organization, FORGET, [id.uuid().into()]).await.map(drop)
    }
}

fn read(row: &QueryResult) -> Result<IdentityRequest, StoreError> {
    let id = |column: &str| row.try_get::<Uuid>("", column);
    Ok(IdentityRequest {
        id: AcceptedIdentityId::from_uuid(id("id")?),
        user: UserId::from_uuid(id("user_id")?),
        connection: ConnectionId::from_uuid(id("connection_id")?),
        issuer: row.try_get("", "issuer")?,
        subject: row.try_get("", "subject")?,
        voucher: text::digest(&row.try_get::<Vec<u8>>("", "voucher")?)?,
        asked_at: text::moment(row.try_get("", "asked_at")?)?,
    })
}
