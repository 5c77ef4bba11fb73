//! Tool definitions, kept by their digest.

use model::{DefinitionHash, OrganizationId};
use sea_orm::{ConnectionTrait, Statement, Value};

use crate::tenancy::scoped;
use crate::{Store, StoreError, text};

const PUT: &str = "insert into tool_definitions (organization_id, hash, definition) values ($1, $2, $3) \
    on conflict (organization_id, hash) do nothing";

const FIND: &str = "select definition from tool_definitions where organization_id = $1 and hash = $2";

impl Store {
    /// Keeps a definition under its digest. One that is there stays: the digest says that it is the same.
    pub async fn put_definition(
        &self,
        organization: OrganizationId,
        hash: DefinitionHash,
        definition: &serde_json::Value,
    ) -> Result<(), StoreError> {
        let definition = text::json(definition)?;
        let values = [organization.uuid().into(), hash.0.to_vec().into(), definition.into()];
        self.execute(organization, PUT, values).await?;
        Ok(())
    }

    /// The definition of that digest.
    pub async fn definition(
        &self,
        organization: OrganizationId,
        hash: DefinitionHash,
    ) -> Result<Option<serde_json::Value>, StoreError> {
        let values: [Value; 2] = [organization.uuid().into(), hash.0.to_vec().into()];
        let reading = self.reading(organization).await?;
        let find = Statement::from_sql_and_values(reading.get_database_backend(), scoped(FIND), values);
        let found = reading.query_one_raw(find).await?;
        let Some(row) = found else { return Ok(None) };
        text::of_json(&row.try_get::<String>("", "definition")?).map(Some)
    }
}
