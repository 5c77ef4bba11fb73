//! Who may come in past an organization's own provider, written with the evidence of who named them.

use model::{Timestamp, UserId};
use sea_orm::{ConnectionTrait, Statement, Value};

use super::Writing;
use crate::{StoreError, text};

/// A change of who may come in past an organization's own provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakGlassEdit {
    /// This person may.
    Add {
        /// Who.
        user: UserId,
        /// Since when.
        at: Timestamp,
        /// How many may be named: every one of them is a way around the provider.
        most: u32,
    },
    /// This person may no longer; the sessions that the organization honours for it end.
    Remove(UserId),
}

const ADD: &str = "insert into break_glass (organization_id, user_id, at) values ($1, $2, $3) \
    on conflict (organization_id, user_id) do nothing";

const COUNT: &str = "select count(*) as n from break_glass where organization_id = $1";

/// Named, and with a way to prove here who they are.
const READY: &str = "select user_id from break_glass where organization_id = $1 \
    and (exists (select 1 from passkeys p where p.user_id = break_glass.user_id) \
    or (exists (select 1 from accounts a where a.user_id = break_glass.user_id) \
    and exists (select 1 from totp t where t.user_id = break_glass.user_id and t.confirmed))) order by at, user_id";

const REMOVE: &str = "delete from break_glass where organization_id = $1 and user_id = $2";

const END: &str = "delete from sessions where honoured_by = $1 and user_id = $2";

impl Writing {
    /// Changes who may come in past the provider, with whatever is committed. False: more would be named than may be.
    pub async fn break_glass(&self, edit: BreakGlassEdit) -> Result<bool, StoreError> {
        let organization = Value::from(self.organization.uuid());
        match edit {
            BreakGlassEdit::Add { user, at, most } => {
                self.run(ADD, [organization.clone(), user.uuid().into(), text::micros(at).into()]).await?;
                // Counted under the organization's lock, so nobody is named at the same time.
                let backend = self.transaction.get_database_backend();
                let count = Statement::from_sql_and_values(backend, COUNT, [organization]);
                let row = self.transaction.query_one_raw(count).await?;
                let named: i64 = row.map(|row| row.try_get("", "n")).transpose()?.unwrap_or_default();
                Ok(named <= i64::from(most))
            }
            BreakGlassEdit::Remove(user) => {
                for statement in [REMOVE, END] {
                    self.run(statement, [organization.clone(), user.uuid().into()]).await?;
                }
                Ok(true)
            }
        }
    }

    /// The break-glass accounts that could sign in now, as nobody else changes them while this lives.
    pub async fn ready_break_glass(&self) -> Result<Vec<UserId>, StoreError> {
        let backend = self.transaction.get_database_backend();
        let ready = Statement::from_sql_and_values(backend, READY, [Value::from(self.organization.uuid())]);
        let rows = self.transaction.query_all_raw(ready).await?;
        rows.iter().map(|row| Ok(UserId::from_uuid(row.try_get("", "user_id")?))).collect()
    }

    async fn run<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<(), StoreError> {
        let backend = self.transaction.get_database_backend();
        self.transaction.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        Ok(())
    }
}
