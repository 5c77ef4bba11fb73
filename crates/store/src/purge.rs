//! The end of an organization, when it cannot be undone any more.

use model::{OrganizationId, OrganizationState, Timestamp};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, Statement};

use crate::nouns::{Noun, organization};
use crate::tenancy::of;
use crate::writing::begin;
use crate::{Backend, Store, StoreError};

/// The tables of tenants, asked of the database, so that none can be forgotten.
const TABLES: &str = "select m.name as name from sqlite_schema m join pragma_table_info(m.name) c \
    where m.type = 'table' and c.name = 'organization_id'";

impl Store {
    /// Takes every row of an organization, its evidence and its data key among them, if its time has come, and returns
    /// whether it had. Its slug is never given again.
    pub async fn purge(&self, organization: OrganizationId, now: Timestamp) -> Result<bool, StoreError> {
        if !self.is_to_be_gone(organization, now).await? {
            return Ok(false);
        }
        let (transaction, _turn) = begin(self, Some(organization)).await?;
        let backend = transaction.get_database_backend();
        if self.backend() == Backend::Postgres {
            // The database decides once more, by its own clock: the rows are the owner's to take.
            // Years of evidence take longer than any usual statement may.
            transaction.execute_unprepared("set local statement_timeout = 0").await?;
            let purge = "select purge_organization($1) as done";
            let purge = Statement::from_sql_and_values(backend, purge, [organization.uuid().into()]);
            let row = transaction.query_one_raw(purge).await?;
            let done = row.map(|row| row.try_get::<bool>("", "done")).transpose()?.unwrap_or(false);
            transaction.commit().await?;
            return Ok(done);
        }
        let retire = "insert into retired_slugs (slug) \
            select slug from organization_heads where organization_id = $1 on conflict do nothing";
        let retire = Statement::from_sql_and_values(backend, retire, [organization.uuid().into()]);
        transaction.execute_raw(retire).await?;
        for table in transaction.query_all_raw(Statement::from_string(backend, TABLES)).await? {
            let table: String = table.try_get("", "name")?;
            let delete = format!("delete from \"{table}\" where organization_id = $1");
            let delete = Statement::from_sql_and_values(backend, delete, [organization.uuid().into()]);
            transaction.execute_raw(delete).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    async fn is_to_be_gone(&self, id: OrganizationId, now: Timestamp) -> Result<bool, StoreError> {
        let select = organization::Entity::find().filter(of(organization::Column::OrganizationId, id));
        let Some(row) = select.one(&self.reading(id).await?).await? else { return Ok(false) };
        Ok(match row.fact()? {
            model::Fact::Organization(found) => match found.state {
                OrganizationState::Deleting(deletion) => deletion.gone_at <= now,
                OrganizationState::Active | OrganizationState::Suspended(_) => false,
            },
            _ => false,
        })
    }
}
