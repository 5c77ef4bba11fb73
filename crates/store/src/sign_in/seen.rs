//! Tokens that count once.

use model::{ConnectionId, OrganizationId, Timestamp};

use super::sql;
use crate::{Store, StoreError, text};

pub(crate) const SEE_TOKEN: &str = "insert into seen_tokens (organization_id, connection_id, token, expires_at) \
    values ($1, $2, $3, $4) on conflict (organization_id, connection_id, token) do nothing";

pub(crate) const TOKENS_OVER: &str =
    "delete from seen_tokens where organization_id = $1 and expires_at <= $2";

impl Store {
    /// Notes a token by its name. False: it was seen before.
    pub async fn see_token(
        &self,
        organization: OrganizationId,
        connection: ConnectionId,
        token: &str,
        remembered_until: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        sql::run(self, organization, TOKENS_OVER, [text::micros(now).into()]).await?;
        let values = [connection.uuid().into(), token.into(), text::micros(remembered_until).into()];
        Ok(sql::run(self, organization, SEE_TOKEN, values).await? == 1)
    }
}
