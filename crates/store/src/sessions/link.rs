//! One-time links.

use model::{OrganizationId, Timestamp, UserId};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use crate::{Store, StoreError, text};

/// A link that signs somebody in, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignInLink {
    /// Whom.
    pub user: UserId,
    /// The organization that honours the sign-in even while it demands its own provider.
    pub honoured_by: Option<OrganizationId>,
    /// Until when it can be used.
    pub ends_at: Timestamp,
}

const KEEP: &str =
    "insert into sign_in_links (token_hash, user_id, honoured_by, ends_at) values ($1, $2, $3, $4)";

const FIND: &str = "select user_id, honoured_by, ends_at from sign_in_links \
    where token_hash = $1 and used_at is null and ends_at > $2";

/// One statement, so that of two who use a link together one comes too late.
const REDEEM: &str = "update sign_in_links set used_at = $2 \
    where token_hash = $1 and used_at is null and ends_at > $2 returning user_id, honoured_by, ends_at";

impl Store {
    /// Keeps a link by the hash of its secret.
    pub async fn keep_link(&self, link: &SignInLink, token_hash: [u8; 32]) -> Result<(), StoreError> {
        let values = [
            token_hash.to_vec().into(),
            link.user.uuid().into(),
            link.honoured_by.map(OrganizationId::uuid).into(),
            text::micros(link.ends_at).into(),
        ];
        self.run(KEEP, values).await.map(drop)
    }

    /// The link of that hash, where it can still be used. Looking does not use it.
    pub async fn link(&self, token_hash: [u8; 32], now: Timestamp) -> Result<Option<SignInLink>, StoreError> {
        let values = [Value::from(token_hash.to_vec()), text::micros(now).into()];
        let found = self.read().query_one_raw(self.statement(FIND, values)).await?;
        found.map(|row| read(&row)).transpose()
    }

    /// Uses a link. None: it was used before, is over, or never was.
    pub async fn redeem_link(
        &self,
        token_hash: [u8; 32],
        now: Timestamp,
    ) -> Result<Option<SignInLink>, StoreError> {
        let _turn = self.turn().await;
        let values = [Value::from(token_hash.to_vec()), text::micros(now).into()];
        let used = self.write().query_one_raw(self.statement(REDEEM, values)).await?;
        used.map(|row| read(&row)).transpose()
    }
}

fn read(row: &sea_orm::QueryResult) -> Result<SignInLink, StoreError> {
    let user: Uuid = row.try_get("", "user_id")?;
    let honoured_by: Option<Uuid> = row.try_get("", "honoured_by")?;
    Ok(SignInLink {
        user: UserId::from_uuid(user),
        honoured_by: honoured_by.map(OrganizationId::from_uuid),
        ends_at: text::moment(row.try_get("", "ends_at")?)?,
    })
}
