//! When the proof of a domain was last looked for. Daily, and therefore no fact: only what comes of it is.

use model::{DomainId, OrganizationId, Timestamp};

use super::sql;
use crate::{Store, StoreError, text};

/// A look at a domain's proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DomainCheck {
    /// When it was last looked for.
    pub checked_at: Timestamp,
    /// Since when it has been missing, if it is.
    pub missing_since: Option<Timestamp>,
}

const FIND: &str =
    "select checked_at, missing_since from domain_checks where organization_id = $1 and domain_id = $2";

const PUT: &str = "insert into domain_checks (organization_id, domain_id, checked_at, missing_since) \
    values ($1, $2, $3, $4) on conflict (organization_id, domain_id) \
    do update set checked_at = excluded.checked_at, missing_since = excluded.missing_since";

impl Store {
    /// The last look at a domain's proof.
    pub async fn domain_check(
        &self,
        organization: OrganizationId,
        domain: DomainId,
    ) -> Result<Option<DomainCheck>, StoreError> {
        let rows = sql::find(self, organization, FIND, [domain.uuid().into()]).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let missing: Option<i64> = row.try_get("", "missing_since")?;
        Ok(Some(DomainCheck {
            checked_at: text::moment(row.try_get("", "checked_at")?)?,
            missing_since: missing.map(text::moment).transpose()?,
        }))
    }

    /// Notes a look at a domain's proof.
    pub async fn note_domain_check(
        &self,
        organization: OrganizationId,
        domain: DomainId,
        check: DomainCheck,
    ) -> Result<(), StoreError> {
        let values = [
            domain.uuid().into(),
            text::micros(check.checked_at).into(),
            check.missing_since.map(text::micros).into(),
        ];
        sql::run(self, organization, PUT, values).await.map(drop)
    }
}
