//! A set-up link is used up with what it was used for, both or neither.

use model::Timestamp;
use sea_orm::{ConnectionTrait, Statement, Value};

use super::Writing;
use crate::sign_in::USE_SETUP_LINK;
use crate::tenancy::scoped;
use crate::{StoreError, text};

impl Writing {
    /// Uses a set-up link up, with whatever is committed. False: it was used, or is over.
    pub async fn use_setup_link(&self, hash: [u8; 32], now: Timestamp) -> Result<bool, StoreError> {
        let backend = self.transaction.get_database_backend();
        let values: [Value; 3] =
            [self.organization.uuid().into(), hash.to_vec().into(), text::micros(now).into()];
        let statement = Statement::from_sql_and_values(backend, scoped(USE_SETUP_LINK), values);
        Ok(self.transaction.execute_raw(statement).await?.rows_affected() == 1)
    }
}
