use model::OrganizationId;
use sea_orm::{ConnectionTrait, Statement, Value};

use super::cipher::Bytes;
use super::installation;
use super::secrets::Secrets;
use crate::tenancy::scoped;
use crate::{Store, StoreError};

const FIND: &str = "select wrapped, wrapped_by from data_keys where organization_id = $1";

/// Only for an organization that is there: a secret written late must not bring the key of a deleted one back.
const MAKE: &str = "insert into data_keys (organization_id, wrapped, wrapped_by) \
    select $1, $2, $3 from organization_heads where organization_id = $1 \
    on conflict (organization_id) do nothing";

const MAKE_FOR_INSTALLATION: &str = "insert into data_keys (organization_id, wrapped, wrapped_by) \
    values ($1, $2, $3) on conflict (organization_id) do nothing";

const REWRAP: &str = "update data_keys set wrapped = $2, wrapped_by = $3 \
    where organization_id = $1 and wrapped_by = $4";

impl Store {
    /// The organization's data key; a new one where it has none yet.
    pub(super) async fn data_key(
        &self,
        organization: OrganizationId,
        secrets: &Secrets,
    ) -> Result<Bytes, StoreError> {
        if let Some(key) = self.existing_data_key(organization, secrets).await? {
            return Ok(key);
        }
        let wrapped = secrets.wrap(organization, &secrets.draw())?;
        let statement = if organization == installation() { MAKE_FOR_INSTALLATION } else { MAKE };
        self.execute(
            organization,
            statement,
            [organization.uuid().into(), wrapped.into(), secrets.active().into()],
        )
        .await?;
        // Read again: somebody else may have been first.
        let key = self.existing_data_key(organization, secrets).await?;
        key.ok_or_else(|| StoreError::conflict("organization"))
    }

    pub(super) async fn existing_data_key(
        &self,
        organization: OrganizationId,
        secrets: &Secrets,
    ) -> Result<Option<Bytes>, StoreError> {
        let Some((wrapped, by)) = self.wrapped(organization).await? else { return Ok(None) };
        secrets.unwrap(organization, &by, &wrapped).map(Some)
    }

    /// Wraps every data key that another key-encryption key than the first wraps, under the first, and returns how
    /// many. What the data keys seal stays as it is. Afterwards the other keys may leave the key file.
    pub async fn rewrap_data_keys(&self) -> Result<u64, StoreError> {
        let secrets = self.secrets()?;
        let mut tenants: Vec<OrganizationId> = self.organization_ids().await?;
        tenants.push(installation());
        let mut rewrapped = 0;
        for organization in tenants {
            let Some((wrapped, by)) = self.wrapped(organization).await? else { continue };
            if by == secrets.active() {
                continue;
            }
            let key = secrets.unwrap(organization, &by, &wrapped)?;
            let wrapped = secrets.wrap(organization, &key)?;
            let values =
                [organization.uuid().into(), wrapped.into(), secrets.active().into(), by.as_str().into()];
            rewrapped += self.execute(organization, REWRAP, values).await?;
        }
        Ok(rewrapped)
    }

    /// Whether every data key can be unwrapped with the keys given: what a start has to know before a person finds
    /// out.
    pub async fn check_data_keys(&self) -> Result<(), StoreError> {
        let secrets = self.secrets()?;
        let mut tenants: Vec<OrganizationId> = self.organization_ids().await?;
        tenants.push(installation());
        for organization in tenants {
            self.existing_data_key(organization, secrets).await?;
        }
        Ok(())
    }

    async fn wrapped(&self, organization: OrganizationId) -> Result<Option<(Vec<u8>, String)>, StoreError> {
        let values = [Value::from(organization.uuid())];
        let reading = self.reading(organization).await?;
        let find = Statement::from_sql_and_values(reading.get_database_backend(), scoped(FIND), values);
        let Some(row) = reading.query_one_raw(find).await? else { return Ok(None) };
        Ok(Some((row.try_get("", "wrapped")?, row.try_get("", "wrapped_by")?)))
    }
}
