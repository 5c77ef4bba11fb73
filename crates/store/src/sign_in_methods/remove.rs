//! Taking a way to sign in away from a person, and never the last one that somebody relies on.

use model::{OrganizationId, Revision, UserId};
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait, QuerySelect, Statement, Value};
use uuid::Uuid;

use crate::nouns::head;
use crate::tenancy::{Sight, see};
use crate::writing::begin;
use crate::{Store, StoreError, text};

/// What is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// The passkey of that id.
    Passkey(Uuid),
    /// The password, with its authenticator and recovery codes.
    Password,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// It is gone.
    Gone,
    /// The person has no such thing.
    Unknown,
    /// It is the last way in which they could come in, and stays.
    Last,
    /// That organization has moved on to that revision since it was looked at.
    Moved(OrganizationId, Revision),
}

const PASSKEY: &str = "delete from passkeys where user_id = $1 and id = $2";

const PASSWORD: [&str; 3] = [
    "delete from recovery_codes where user_id = $1",
    "delete from totp where user_id = $1",
    "delete from accounts where user_id = $1",
];

const READY: &str = "select 1 as ready where exists (select 1 from passkeys p where p.user_id = $1) \
    or (exists (select 1 from accounts a where a.user_id = $1) \
    and exists (select 1 from totp t where t.user_id = $1 and t.confirmed))";

impl Store {
    /// Takes a way to sign in away from a person. `looked_at` are the organizations that they have a break-glass account of,
    /// at the revisions at which it was seen whether that is relied on, `is_relied_on`: they stand still meanwhile, so
    /// that of two ways which are taken away at the same time one stays.
    pub async fn remove_method(
        &self,
        user: UserId,
        method: Method,
        looked_at: &[(OrganizationId, Revision)],
        is_relied_on: bool,
    ) -> Result<Removal, StoreError> {
        let (transaction, _turn) = begin(self, None).await?;
        let mut removal = None;
        for (organization, revision) in looked_at {
            let now = locked(&transaction, *organization).await?;
            if now.is_some_and(|now| now != *revision) {
                removal = now.map(|now| Removal::Moved(*organization, now));
                break;
            }
        }
        let removal = match removal {
            Some(moved) => moved,
            None if !remove(&transaction, user, method).await? => Removal::Unknown,
            None if is_relied_on && !is_ready(&transaction, user).await? => Removal::Last,
            None => Removal::Gone,
        };
        if removal == Removal::Gone {
            transaction.commit().await?;
        } else {
            transaction.rollback().await?;
        }
        Ok(removal)
    }
}

/// The revision of an organization, which stands still from then on. None: it is gone.
async fn locked(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
) -> Result<Option<Revision>, StoreError> {
    see(transaction, Sight::Organization(organization)).await?;
    let head = head::Entity::find_by_id(organization.uuid()).lock_exclusive().one(transaction).await?;
    Ok(head.map(|head| Revision(text::unsigned(head.revision))))
}

async fn remove(transaction: &DatabaseTransaction, user: UserId, method: Method) -> Result<bool, StoreError> {
    let backend = transaction.get_database_backend();
    let person = Value::from(user.uuid());
    let mut gone = 0;
    match method {
        Method::Passkey(id) => {
            let values = [person, Value::from(id)];
            let statement = Statement::from_sql_and_values(backend, PASSKEY, values);
            gone += transaction.execute_raw(statement).await?.rows_affected();
        }
        Method::Password => {
            for sql in PASSWORD {
                let statement = Statement::from_sql_and_values(backend, sql, [person.clone()]);
                gone += transaction.execute_raw(statement).await?.rows_affected();
            }
        }
    }
    Ok(gone > 0)
}

async fn is_ready(transaction: &DatabaseTransaction, user: UserId) -> Result<bool, StoreError> {
    let backend = transaction.get_database_backend();
    let ready = Statement::from_sql_and_values(backend, READY, [Value::from(user.uuid())]);
    Ok(transaction.query_one_raw(ready).await?.is_some())
}
