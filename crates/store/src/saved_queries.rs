//! Queries of the audit log that people keep, for themselves or for their organization.

use model::{OrganizationId, Timestamp, UserId};
use sea_orm::{QueryResult, Value};
use uuid::Uuid;

use crate::{Store, StoreError, text};

/// A person sees their own, and what is the organization's.
const LIST: &str = "select id, user_id, name, line, is_shared, at from saved_queries \
    where organization_id = $1 and (is_shared = $3 or user_id = $2) order by is_shared, name, id limit $4";

const FIND: &str = "select id, user_id, name, line, is_shared, at from saved_queries \
    where organization_id = $1 and id = $2";

/// One more only where there is room: counted in the statement itself, so that two at once are not one too many.
const SAVE: &str = "insert into saved_queries (organization_id, id, user_id, name, line, is_shared, at) \
    select $1, $2, $3, $4, $5, $6, $7 where (select count(*) from saved_queries \
    where organization_id = $1 and is_shared = $6 and (is_shared = $8 or user_id = $3)) < $9 \
    on conflict (organization_id, id) do nothing";

const REMOVE: &str = "delete from saved_queries where organization_id = $1 and id = $2";

/// Queries that one person keeps, and as many that the organization does: a list that is still read.
const MOST: i64 = 100;

/// A query that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedQuery {
    /// Its id.
    pub id: Uuid,
    /// Who keeps it, or made it the organization's.
    pub user: UserId,
    /// What it is called.
    pub name: String,
    /// The query, as it was written.
    pub line: String,
    /// Whether it is the organization's.
    pub is_shared: bool,
    /// Since when.
    pub at: Timestamp,
}

impl Store {
    /// The queries that a person sees: their own first.
    pub async fn saved_queries(
        &self,
        organization: OrganizationId,
        user: UserId,
    ) -> Result<Vec<SavedQuery>, StoreError> {
        let values: [Value; 4] =
            [organization.uuid().into(), user.uuid().into(), true.into(), (2 * MOST).into()];
        self.find_rows(organization, LIST, values).await?.iter().map(SavedQuery::of).collect()
    }

    /// One query, whoever's it is.
    pub async fn saved_query(
        &self,
        organization: OrganizationId,
        id: Uuid,
    ) -> Result<Option<SavedQuery>, StoreError> {
        let found = self.find_row(organization, FIND, [organization.uuid().into(), id.into()]).await?;
        found.as_ref().map(SavedQuery::of).transpose()
    }

    /// Keeps a query. False: there are as many as there may be.
    pub async fn save_query(
        &self,
        organization: OrganizationId,
        query: &SavedQuery,
    ) -> Result<bool, StoreError> {
        let values: [Value; 9] = [
            organization.uuid().into(),
            query.id.into(),
            query.user.uuid().into(),
            query.name.as_str().into(),
            query.line.as_str().into(),
            query.is_shared.into(),
            text::micros(query.at).into(),
            true.into(),
            MOST.into(),
        ];
        Ok(self.execute(organization, SAVE, values).await? > 0)
    }

    /// Lets go of a query. False: it was not there.
    pub async fn remove_saved_query(
        &self,
        organization: OrganizationId,
        id: Uuid,
    ) -> Result<bool, StoreError> {
        let values: [Value; 2] = [organization.uuid().into(), id.into()];
        Ok(self.execute(organization, REMOVE, values).await? > 0)
    }
}

impl SavedQuery {
    fn of(row: &QueryResult) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.try_get("", "id")?,
            user: UserId::from_uuid(row.try_get("", "user_id")?),
            name: row.try_get("", "name")?,
            line: row.try_get("", "line")?,
            is_shared: row.try_get("", "is_shared")?,
            at: text::moment(row.try_get("", "at")?)?,
        })
    }
}
