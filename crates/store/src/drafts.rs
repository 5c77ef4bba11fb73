//! What somebody has begun to fill in.

use model::{OrganizationId, Timestamp, UserId};
use sea_orm::Value;
use uuid::Uuid;

use crate::{Store, StoreError, text};

/// A draft is only ever its writer's: another person's of the same id is neither read nor written over.
const SAVE: &str = "insert into drafts as d (organization_id, id, user_id, body, at) values ($1, $2, $3, $4, $5) \
    on conflict (organization_id, id) do update set body = excluded.body, at = excluded.at \
    where d.user_id = excluded.user_id";

const FIND: &str = "select body from drafts where organization_id = $1 and id = $2 and user_id = $3";

const DROP: &str = "delete from drafts where organization_id = $1 and id = $2 and user_id = $3";

const FORGET: &str = "delete from drafts where organization_id = $1 and at < $2";

impl Store {
    /// Keeps a person's draft as it is now.
    pub async fn save_draft(
        &self,
        organization: OrganizationId,
        id: Uuid,
        user: UserId,
        body: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let values: [Value; 5] =
            [organization.uuid().into(), id.into(), user.uuid().into(), body.into(), text::micros(at).into()];
        self.execute(organization, SAVE, values).await?;
        Ok(())
    }

    /// A person's draft.
    pub async fn find_draft(
        &self,
        organization: OrganizationId,
        id: Uuid,
        user: UserId,
    ) -> Result<Option<String>, StoreError> {
        let values: [Value; 3] = [organization.uuid().into(), id.into(), user.uuid().into()];
        let found = self.find_row(organization, FIND, values).await?;
        Ok(found.map(|row| row.try_get("", "body")).transpose()?)
    }

    /// Lets go of a person's draft.
    pub async fn drop_draft(
        &self,
        organization: OrganizationId,
        id: Uuid,
        user: UserId,
    ) -> Result<(), StoreError> {
        let values: [Value; 3] = [organization.uuid().into(), id.into(), user.uuid().into()];
        self.execute(organization, DROP, values).await?;
        Ok(())
    }

    /// Forgets drafts that nobody has touched since a moment, of every organization.
    pub async fn forget_drafts(&self, before: Timestamp) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        for organization in self.organization_ids().await? {
            let values = [organization.uuid().into(), text::micros(before).into()];
            forgotten += self.execute(organization, FORGET, values).await?;
        }
        Ok(forgotten)
    }
}
