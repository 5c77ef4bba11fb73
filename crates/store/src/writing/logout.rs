//! What a provider says of a sign-out there, written with the evidence of it: the token counts once, and the sessions that
//! it means end, both or neither.

use model::{ConnectionId, Timestamp, UserId};
use sea_orm::{ConnectionTrait, Statement, Value};

use super::Writing;
use crate::sign_in::{SEE_TOKEN, TOKENS_OVER};
use crate::tenancy::scoped;
use crate::{StoreError, text};

/// A connection's provider says that somebody signed out there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderLogout {
    /// By which connection the sessions came in that end.
    pub connection: ConnectionId,
    /// Whose they are.
    pub user: UserId,
    /// Which, in the provider's words. None: every one of theirs by this connection.
    pub session: Option<String>,
    /// The token that said so, where it counts as used with this.
    pub token: Option<CountsOnce>,
}

/// A token that counts once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountsOnce {
    /// Its name.
    pub name: String,
    /// Until when the name is remembered.
    pub remembered_until: Timestamp,
    /// When it came.
    pub at: Timestamp,
}

const END: &str = "delete from sessions where user_id = $1 and connection_id = $2";

const END_NAMED: &str =
    "delete from sessions where user_id = $1 and connection_id = $2 and provider_session = $3";

impl Writing {
    /// Ends the sessions that a provider means, with whatever is committed. False: its token was seen before.
    pub async fn log_out(&self, said: &ProviderLogout) -> Result<bool, StoreError> {
        if let Some(token) = &said.token
            && !self.see(said.connection, token).await?
        {
            return Ok(false);
        }
        let mut values: Vec<Value> = vec![said.user.uuid().into(), said.connection.uuid().into()];
        let end = if let Some(session) = &said.session {
            values.push(session.as_str().into());
            END_NAMED
        } else {
            END
        };
        self.touch(end, values).await?;
        Ok(true)
    }

    async fn see(&self, connection: ConnectionId, token: &CountsOnce) -> Result<bool, StoreError> {
        let organization = Value::from(self.organization.uuid());
        let over = vec![organization.clone(), text::micros(token.at).into()];
        self.touch(&scoped(TOKENS_OVER), over).await?;
        let seen = vec![
            organization,
            connection.uuid().into(),
            token.name.as_str().into(),
            text::micros(token.remembered_until).into(),
        ];
        Ok(self.touch(SEE_TOKEN, seen).await? == 1)
    }

    async fn touch(&self, sql: &str, values: Vec<Value>) -> Result<u64, StoreError> {
        let backend = self.transaction.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, values);
        Ok(self.transaction.execute_raw(statement).await?.rows_affected())
    }
}
