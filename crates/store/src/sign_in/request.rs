//! Who asks to come into an organization by an account of another organization's provider.
//!
//! No fact: it opens nothing, and whoever asks is nobody yet to the organization that is asked. It is forgotten when it is
//! answered, and when the person leaves.

use std::collections::BTreeSet;

use model::{AcceptedIdentityId, ConnectionId, OrganizationId, Timestamp, UserId};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use uuid::Uuid;

use super::sql;
use crate::tenancy::scoped;
use crate::writing::begin;
use crate::{Letter, Sealer, Store, StoreError, letters, text};

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

/// The letters that tell of a request, and how many people may be told of.
#[derive(Debug)]
pub struct Telling {
    /// What seals the letters.
    pub sealer: Sealer,
    /// The letters, each with its id. They are sent or none of them is.
    pub letters: Vec<(Uuid, Letter)>,
    /// Nobody is told of twice since then.
    pub since: Timestamp,
    /// Nor of more people than these since then.
    pub most: u64,
}

const ASK: &str = "insert into identity_requests (organization_id, id, user_id, connection_id, issuer, subject, voucher, \
    asked_at) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (organization_id, connection_id, issuer, subject) \
    do nothing";

/// Asked again it is the same request, of the account as it is vouched for now: nobody fills a page with them.
const ASK_AGAIN: &str = "update identity_requests set user_id = $2, voucher = $6, asked_at = $7 \
    where organization_id = $1 and connection_id = $3 and issuer = $4 and subject = $5";

/// Written where it may be told of somebody, and this alone says whether it may: what they ask for may wait untold since
/// a day on which too many asked, and what they asked for before may be declined by now, also by themselves.
const TELL: &str = "insert into identity_requests_told (organization_id, user_id, told_at) \
    select $1, $2, $3 where (select count(*) from identity_requests_told \
    where organization_id = $1 and told_at > $4) < $5 \
    on conflict (organization_id, user_id) do update set told_at = excluded.told_at \
    where identity_requests_told.told_at <= $4";

const FIND: &str = "select * from identity_requests where organization_id = $1 and id = $2";

const OF_USER: &str =
    "select * from identity_requests where organization_id = $1 and user_id = $2 order by asked_at, id";

const WHO: &str = "select distinct user_id from identity_requests where organization_id = $1";

const FORGET: &str = "delete from identity_requests where organization_id = $1 and id = $2";

impl Store {
    /// Notes that somebody asks, and encloses the letters that tell of it in the same transaction, where nobody was told of
    /// this person so lately, nor of too many others. Who asks again is told of then, if they were not before. True: the
    /// letters are enclosed.
    pub async fn ask_for_identity(
        &self,
        organization: OrganizationId,
        request: &IdentityRequest,
        telling: &Telling,
    ) -> Result<bool, StoreError> {
        if telling.sealer.organization() != organization {
            return Err(StoreError::Permit("the letters are another organization's"));
        }
        let (transaction, _turn) = begin(self, Some(organization)).await?;
        let backend = transaction.get_database_backend();
        let run = async |sql: &str, values: Vec<Value>| {
            let statement = Statement::from_sql_and_values(backend, scoped(sql), values);
            Ok::<_, StoreError>(transaction.execute_raw(statement).await?.rows_affected() == 1)
        };
        let asked = |first: &[Uuid]| -> Vec<Value> {
            let ids = [organization.uuid()].into_iter().chain(first.iter().copied()).map(Value::from);
            let texts = [request.issuer.as_str(), request.subject.as_str()].map(Value::from);
            let rest = [request.voucher.to_vec().into(), text::micros(request.asked_at).into()];
            ids.chain(texts).chain(rest).collect()
        };
        let (id, user) = (request.id.uuid(), request.user.uuid());
        let connection = request.connection.uuid();
        let is_new = run(ASK, asked(&[id, user, connection])).await?;
        if !is_new {
            run(ASK_AGAIN, asked(&[user, connection])).await?;
        }
        let is_told = !telling.letters.is_empty() && {
            let (at, since) = (text::micros(request.asked_at), text::micros(telling.since));
            let most = text::signed(telling.most);
            run(TELL, vec![organization.uuid().into(), user.into(), at.into(), since.into(), most.into()])
                .await?
        };
        for (id, letter) in telling.letters.iter().filter(|_| is_told) {
            letters::put(&transaction, &telling.sealer, *id, letter, request.asked_at).await?;
        }
        transaction.commit().await?;
        Ok(is_told)
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

    /// Who asks.
    pub async fn who_asks(&self, organization: OrganizationId) -> Result<BTreeSet<UserId>, StoreError> {
        let rows = sql::find(self, organization, WHO, []).await?;
        rows.iter().map(|row| Ok(UserId::from_uuid(row.try_get("", "user_id")?))).collect()
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
