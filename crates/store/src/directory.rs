//! When an organization's directory last came, and what of it was refused.

use model::{OrganizationId, Timestamp};
use sea_orm::Value;
use uuid::Uuid;

use crate::{Store, StoreError, text};

/// A request of a directory that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryFailure {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// The method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// The status that was answered.
    pub status: u16,
    /// The SCIM error type, where there was one.
    pub scim_type: Option<String>,
    /// What was said about it.
    pub detail: String,
    /// The body of the request, with secrets masked.
    pub request: String,
}

/// Written only where the moment kept is older than a minute or so, which the last parameter says.
const CAME: &str = "insert into directory_syncs (organization_id, at) values ($1, $2) \
    on conflict (organization_id) do update set at = excluded.at where directory_syncs.at <= $3";

const LAST: &str = "select at from directory_syncs where organization_id = $1";

const FAILED: &str = "insert into directory_errors \
    (organization_id, id, at, method, path, status, scim_type, detail, request) \
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

const FORGET: &str = "delete from directory_errors where organization_id = $1 and id not in \
    (select id from directory_errors where organization_id = $1 order by at desc, id desc limit $2)";

const FAILURES: &str = "select id, at, method, path, status, scim_type, detail, request \
    from directory_errors where organization_id = $1 order by at desc, id desc limit $2";

impl Store {
    /// Notes that the directory came, unless that was noted after `unless_after`.
    pub async fn note_directory_sync(
        &self,
        organization: OrganizationId,
        at: Timestamp,
        unless_after: Timestamp,
    ) -> Result<(), StoreError> {
        let noted = self.last_directory_sync(organization).await?;
        if noted.is_some_and(|noted| noted > unless_after) {
            return Ok(());
        }
        let values = [organization.uuid().into(), text::micros(at).into(), text::micros(unless_after).into()];
        self.execute(organization, CAME, values).await?;
        Ok(())
    }

    /// Notes what was refused of the directory, and keeps only the latest.
    pub async fn note_directory_failure(
        &self,
        organization: OrganizationId,
        failure: &DirectoryFailure,
        keep: u32,
    ) -> Result<(), StoreError> {
        let values: [Value; 9] = [
            organization.uuid().into(),
            failure.id.into(),
            text::micros(failure.at).into(),
            failure.method.as_str().into(),
            failure.path.as_str().into(),
            i32::from(failure.status).into(),
            failure.scim_type.clone().into(),
            failure.detail.as_str().into(),
            failure.request.as_str().into(),
        ];
        self.execute(organization, FAILED, values).await?;
        let values: [Value; 2] = [organization.uuid().into(), i64::from(keep).into()];
        self.execute(organization, FORGET, values).await?;
        Ok(())
    }

    /// When the directory last came, and what was refused of it, newest first.
    pub async fn directory_standing(
        &self,
        organization: OrganizationId,
        limit: u32,
    ) -> Result<(Option<Timestamp>, Vec<DirectoryFailure>), StoreError> {
        let last = self.last_directory_sync(organization).await?;
        let values: [Value; 2] = [organization.uuid().into(), i64::from(limit).into()];
        let rows = self.find_rows(organization, FAILURES, values).await?;
        let failure = |row: sea_orm::QueryResult| {
            let status: i32 = row.try_get("", "status")?;
            Ok(DirectoryFailure {
                id: row.try_get("", "id")?,
                at: text::moment(row.try_get("", "at")?)?,
                method: row.try_get("", "method")?,
                path: row.try_get("", "path")?,
                status: u16::try_from(status).unwrap_or_default(),
                scim_type: row.try_get("", "scim_type")?,
                detail: row.try_get("", "detail")?,
                request: row.try_get("", "request")?,
            })
        };
        Ok((last, rows.into_iter().map(failure).collect::<Result<_, StoreError>>()?))
    }

    async fn last_directory_sync(
        &self,
        organization: OrganizationId,
    ) -> Result<Option<Timestamp>, StoreError> {
        let values: [Value; 1] = [organization.uuid().into()];
        let row = self.find_row(organization, LAST, values).await?;
        row.map(|row| text::moment(row.try_get("", "at")?)).transpose()
    }
}
