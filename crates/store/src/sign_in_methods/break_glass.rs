//! Who may come in past an organization's own provider. Named by [`crate::Writing::break_glass`].

use model::{OrganizationId, UserId};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::tenancy::Sight;
use crate::{Store, StoreError};

const OF: &str = "select user_id from break_glass where organization_id = $1 order by at, user_id";

const FOR: &str = "select organization_id from break_glass where user_id = $1 order by organization_id";

impl Store {
    /// The break-glass accounts of an organization, the first named first.
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
