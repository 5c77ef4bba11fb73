//! What waits, sealed, to be shown once.

use model::{OrganizationId, Timestamp, UserId};
use sea_orm::Value;
use uuid::Uuid;

use crate::{Store, StoreError, text};

/// Something that was to be shown to one person, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reveal {
    /// To whom.
    pub user: UserId,
    /// Since when.
    pub made_at: Timestamp,
    /// What it is, in words that say nothing of the secret; empty until there is something.
    pub about: String,
    /// What is sealed. None: not there yet, shown, or no longer kept.
    pub sealed: Option<Vec<u8>>,
    /// When it was shown.
    pub shown_at: Option<Timestamp>,
}

const BEGIN: &str = "insert into reveals (organization_id, slip_hash, user_id, made_at, about) \
    values ($1, $2, $3, $4, '') on conflict (organization_id, slip_hash) do nothing";

const FILL: &str = "update reveals set about = $3, sealed = $4 where organization_id = $1 and slip_hash = $2";

const ABANDON: &str = "delete from reveals where organization_id = $1 and slip_hash = $2 and about = ''";

const FIND: &str = "select user_id, made_at, about, sealed, shown_at from reveals \
    where organization_id = $1 and slip_hash = $2";

const SHOWN: &str = "update reveals set sealed = null, shown_at = $3 \
    where organization_id = $1 and slip_hash = $2 and sealed is not null";

const UNSEAL: &str = "update reveals set sealed = null \
    where organization_id = $1 and sealed is not null and made_at < $2";

const FORGET: &str = "delete from reveals where organization_id = $1 and made_at < $2";

impl Store {
    /// Takes a slip for a person. False: it was taken already, so this is the same request again.
    pub async fn begin_reveal(
        &self,
        organization: OrganizationId,
        slip_hash: [u8; 32],
        user: UserId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let values: [Value; 4] = [
            organization.uuid().into(),
            slip_hash.to_vec().into(),
            user.uuid().into(),
            text::micros(at).into(),
        ];
        Ok(self.execute(organization, BEGIN, values).await? == 1)
    }

    /// Puts what is to be shown under a slip that was taken.
    pub async fn fill_reveal(
        &self,
        organization: OrganizationId,
        slip_hash: [u8; 32],
        about: &str,
        sealed: Vec<u8>,
    ) -> Result<(), StoreError> {
        let values: [Value; 4] =
            [organization.uuid().into(), slip_hash.to_vec().into(), about.into(), sealed.into()];
        self.execute(organization, FILL, values).await.map(drop)
    }

    /// Gives a slip back under which nothing was put.
    pub async fn abandon_reveal(
        &self,
        organization: OrganizationId,
        slip_hash: [u8; 32],
    ) -> Result<(), StoreError> {
        let values: [Value; 2] = [organization.uuid().into(), slip_hash.to_vec().into()];
        self.execute(organization, ABANDON, values).await.map(drop)
    }

    /// What is under a slip.
    pub async fn find_reveal(
        &self,
        organization: OrganizationId,
        slip_hash: [u8; 32],
    ) -> Result<Option<Reveal>, StoreError> {
        let values: [Value; 2] = [organization.uuid().into(), slip_hash.to_vec().into()];
        let Some(row) = self.find_row(organization, FIND, values).await? else { return Ok(None) };
        let shown_at: Option<i64> = row.try_get("", "shown_at")?;
        Ok(Some(Reveal {
            user: UserId::from_uuid(row.try_get::<Uuid>("", "user_id")?),
            made_at: text::moment(row.try_get("", "made_at")?)?,
            about: row.try_get("", "about")?,
            sealed: row.try_get("", "sealed")?,
            shown_at: shown_at.map(text::moment).transpose()?,
        }))
    }

    /// Lets go of what is sealed, because it is being shown. False: somebody else was first.
    pub async fn note_shown(
        &self,
        organization: OrganizationId,
        slip_hash: [u8; 32],
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let values: [Value; 3] =
            [organization.uuid().into(), slip_hash.to_vec().into(), text::micros(at).into()];
        Ok(self.execute(organization, SHOWN, values).await? == 1)
    }

    /// Lets go of what nobody fetched since a moment, and of every trace of reveals before another.
    pub async fn forget_reveals(
        &self,
        sealed_before: Timestamp,
        made_before: Timestamp,
    ) -> Result<(), StoreError> {
        for organization in self.organization_ids().await? {
            let values = [organization.uuid().into(), text::micros(sealed_before).into()];
            self.execute(organization, UNSEAL, values).await?;
            let values = [organization.uuid().into(), text::micros(made_before).into()];
            self.execute(organization, FORGET, values).await?;
        }
        Ok(())
    }
}
