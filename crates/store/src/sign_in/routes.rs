//! What leads to an organization from a domain or a connection.

use model::{ConnectionId, DomainId, OrganizationId};
use sea_orm::{ConnectionTrait, Statement, Value};
use uuid::Uuid;

use crate::{Store, StoreError};

const BY_DOMAIN: &str = "select organization_id from proven_domains where name = $1";

const BY_CONNECTION: &str = "select organization_id from connection_homes where connection_id = $1";

const PROVEN: &str = "select organization_id, domain_id from proven_domains order by name";

impl Store {
    /// The organization that proved the domain.
    pub async fn organization_of_domain(&self, name: &str) -> Result<Option<OrganizationId>, StoreError> {
        self.leading(BY_DOMAIN, name.into()).await
    }

    /// The organization whose connection it is.
    pub async fn organization_of_connection(
        &self,
        connection: ConnectionId,
    ) -> Result<Option<OrganizationId>, StoreError> {
        self.leading(BY_CONNECTION, connection.uuid().into()).await
    }

    /// Every proven domain of this installation, for looking whether its proof still stands.
    pub async fn proven_domains(&self) -> Result<Vec<(OrganizationId, DomainId)>, StoreError> {
        let statement = Statement::from_string(self.read().get_database_backend(), PROVEN);
        let rows = self.read().query_all_raw(statement).await?;
        let id = |row: &sea_orm::QueryResult, column: &str| row.try_get::<Uuid>("", column);
        rows.iter()
            .map(|row| {
                let organization = OrganizationId::from_uuid(id(row, "organization_id")?);
                Ok((organization, DomainId::from_uuid(id(row, "domain_id")?)))
            })
            .collect()
    }

    async fn leading(&self, sql: &str, value: Value) -> Result<Option<OrganizationId>, StoreError> {
        let statement = Statement::from_sql_and_values(self.read().get_database_backend(), sql, [value]);
        let Some(row) = self.read().query_one_raw(statement).await? else { return Ok(None) };
        Ok(Some(OrganizationId::from_uuid(row.try_get("", "organization_id")?)))
    }
}
