//! Passwords, as argon2id left them.

use model::{Timestamp, UserId};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use crate::{Store, StoreError, text};

/// A person's password and the name they sign in by.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Who.
    pub user: UserId,
    /// The name, in lower case; nobody else's.
    pub login: String,
    /// The hash with its parameters (PHC string).
    pub password: String,
}

const PUT: &str = "insert into accounts (user_id, login, password, changed_at) values ($1, $2, $3, $4) \
    on conflict (user_id) do update set login = excluded.login, password = excluded.password, \
    changed_at = excluded.changed_at";

const BY_LOGIN: &str = "select user_id, login, password from accounts where login = $1";

const BY_USER: &str = "select user_id, login, password from accounts where user_id = $1";

impl Store {
    /// Sets a person's password and login. A login that is another's: conflict on `login`.
    pub async fn put_account(&self, account: &Account, at: Timestamp) -> Result<(), StoreError> {
        let values = [
            account.user.uuid().into(),
            account.login.as_str().into(),
            account.password.as_str().into(),
            text::micros(at).into(),
        ];
        self.run(PUT, values).await.map(drop)
    }

    /// The account that signs in by that name.
    pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>, StoreError> {
        self.account(BY_LOGIN, login.into()).await
    }

    /// The account of a person.
    pub async fn account_of(&self, user: UserId) -> Result<Option<Account>, StoreError> {
        self.account(BY_USER, user.uuid().into()).await
    }

    async fn account(&self, find: &str, by: Value) -> Result<Option<Account>, StoreError> {
        let Some(row) = self.read().query_one_raw(self.statement(find, [by])).await? else { return Ok(None) };
        let user: Uuid = row.try_get("", "user_id")?;
        let account = Account {
            user: UserId::from_uuid(user),
            login: row.try_get("", "login")?,
            password: row.try_get("", "password")?,
        };
        Ok(Some(account))
    }
}
