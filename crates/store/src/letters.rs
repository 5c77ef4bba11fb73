//! Letters that wait to be sent: written with what gives cause for them, and gone when they are on their way.

use model::{OrganizationId, Timestamp};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, TransactionTrait, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::tenancy::{Sight, see};
use crate::{Sealer, Store, StoreError, text};

/// A letter to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// What it says, as plain text. It may hold a secret.
    pub text: String,
}

/// A letter that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueLetter {
    /// Whose it is.
    pub organization: OrganizationId,
    /// Its id.
    pub id: Uuid,
    /// How often it was tried already.
    pub tries: u64,
    /// The letter. None: it cannot be opened any more, and never will be.
    pub letter: Option<Letter>,
}

const PUT: &str =
    "insert into letters (organization_id, id, sealed, tries, due_at) values ($1, $2, $3, 0, $4)";

const DUE: &str = "select organization_id, id, sealed, tries from letters where due_at <= $1 \
    order by due_at, id limit $2";

const GONE: &str = "delete from letters where organization_id = $1 and id = $2";

const TAKE: &str = "update letters set tries = tries + 1, due_at = $3 \
    where organization_id = $1 and id = $2 and tries = $4";

/// Puts a letter into the transaction that gives cause for it.
pub(crate) async fn put(
    transaction: &DatabaseTransaction,
    sealer: &Sealer,
    id: Uuid,
    letter: &Letter,
    at: Timestamp,
) -> Result<(), StoreError> {
    let closed = sealer.seal("letters", "sealed", &id.to_string(), text::json(letter)?.as_bytes())?;
    let values: [Value; 4] =
        [sealer.organization().uuid().into(), id.into(), closed.into(), text::micros(at).into()];
    let put = Statement::from_sql_and_values(transaction.get_database_backend(), PUT, values);
    transaction.execute_raw(put).await?;
    Ok(())
}

impl Store {
    /// The letters that are due, of all organizations, the longest waiting first.
    pub async fn due_letters(&self, now: Timestamp, limit: u64) -> Result<Vec<DueLetter>, StoreError> {
        let rows = {
            let reading = self.read().begin().await?;
            see(&reading, Sight::Letters).await?;
            let values: [Value; 2] = [text::micros(now).into(), text::signed(limit).into()];
            let due = Statement::from_sql_and_values(reading.get_database_backend(), DUE, values);
            reading.query_all_raw(due).await?
        };
        let mut due = Vec::with_capacity(rows.len());
        for row in rows {
            let organization = OrganizationId::from_uuid(row.try_get("", "organization_id")?);
            let id: Uuid = row.try_get("", "id")?;
            let sealed: Vec<u8> = row.try_get("", "sealed")?;
            let letter = match self.open(organization, "letters", "sealed", &id.to_string(), &sealed).await {
                Ok(opened) => serde_json::from_slice(&opened).ok(),
                Err(StoreError::Sealed(_)) => None,
                Err(error) => return Err(error),
            };
            due.push(DueLetter {
                organization,
                id,
                tries: text::unsigned(row.try_get("", "tries")?),
                letter,
            });
        }
        Ok(due)
    }

    /// A letter is on its way, or given up: nothing of it stays.
    pub async fn drop_letter(&self, organization: OrganizationId, id: Uuid) -> Result<(), StoreError> {
        self.execute(organization, GONE, [organization.uuid().into(), id.into()]).await?;
        Ok(())
    }

    /// Takes a letter to send it: nobody else sends it before `again`, when it is tried again if it is still there.
    /// False: somebody else was first.
    pub async fn take_letter(&self, due: &DueLetter, again: Timestamp) -> Result<bool, StoreError> {
        let values = [
            due.organization.uuid().into(),
            due.id.into(),
            text::micros(again).into(),
            text::signed(due.tries).into(),
        ];
        Ok(self.execute(due.organization, TAKE, values).await? == 1)
    }
}
