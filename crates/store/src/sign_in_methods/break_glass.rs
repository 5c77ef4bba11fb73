//! Who may come in past an organization's own provider.

use model::{OrganizationId, Timestamp, UserId};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::tenancy::Sight;
use crate::{Store, StoreError, text};

/// No more than `$4` in an organization: every one of them is a way around its provider.
const ADD: &str = "insert into break_glass (organization_id, user_id, at) select $1, $2, $3 \
    where (select count(*) from break_glass b where b.organization_id = $1) < $4 \
    on conflict (organization_id, user_id) do nothing";

const REMOVE: &str = "delete from break_glass where organization_id = $1 and user_id = $2";

const OF: &str = "select user_id from break_glass where organization_id = $1 order by at, user_id";

const FOR: &str = "select organization_id from break_glass where user_id = $1 order by organization_id";

impl Store {
    /// Names a break-glass account, up to `most` in the organization. False: there are as many, or it is one.
    pub async fn add_break_glass(
        &self,
        organization: OrganizationId,
        user: UserId,
        at: Timestamp,
        most: u32,
    ) -> Result<bool, StoreError> {
        let values =
            [organization.uuid().into(), user.uuid().into(), text::micros(at).into(), i64::from(most).into()];
        Ok(self.execute(organization, ADD, values).await? == 1)
    }

    /// It is a break-glass account no longer. False: it was none.
    pub async fn remove_break_glass(
        &self,
        organization: OrganizationId,
        user: UserId,
    ) -> Result<bool, StoreError> {
        Ok(self.execute(organization, REMOVE, [organization.uuid().into(), user.uuid().into()]).await? == 1)
    }

    /// The break-glass accounts of an organization.
    pub async fn break_glass_of(&self, organization: OrganizationId) -> Result<Vec<UserId>, StoreError> {
        let rows = self.find_rows(organization, OF, [organization.uuid().into()]).await?;
        rows.iter().map(|row| Ok(UserId::from_uuid(row.try_get::<Uuid>("", "user_id")?))).collect()
    }

    /// The organizations that a person is a break-glass account of.
    pub async fn break_glass_for(&self, user: UserId) -> Result<Vec<OrganizationId>, StoreError> {
        let reading = self.reading_as(Sight::Person(user)).await?;
        let rows = reading.query_all_raw(self.statement(FOR, [user.uuid().into()])).await?;
        rows.iter()
            .map(|row| Ok(OrganizationId::from_uuid(row.try_get::<Uuid>("", "organization_id")?)))
            .collect()
    }
}
