//! Which first steps of an organization were skipped.

use model::{OrganizationId, Timestamp, UserId};
use sea_orm::Value;

use crate::{Store, StoreError, text};

const LIST: &str = "select step, user_id, at from onboarding where organization_id = $1";

/// Whoever skips first is named.
const SKIP: &str = "insert into onboarding (organization_id, step, user_id, at) values ($1, $2, $3, $4) \
    on conflict (organization_id, step) do nothing";

const FORGET: &str = "delete from onboarding where organization_id = $1";

/// A step that somebody skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedStep {
    /// Which.
    pub step: String,
    /// Who.
    pub user: UserId,
    /// When.
    pub at: Timestamp,
}

impl Store {
    /// The steps that were skipped.
    pub async fn skipped_steps(&self, organization: OrganizationId) -> Result<Vec<SkippedStep>, StoreError> {
        let rows = self.find_rows(organization, LIST, [organization.uuid().into()]).await?;
        let step = |row: &sea_orm::QueryResult| {
            Ok(SkippedStep {
                step: row.try_get("", "step")?,
                user: UserId::from_uuid(row.try_get("", "user_id")?),
                at: text::moment(row.try_get("", "at")?)?,
            })
        };
        rows.iter().map(step).collect()
    }

    /// Skips a step.
    pub async fn skip_step(
        &self,
        organization: OrganizationId,
        step: &str,
        user: UserId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let values: [Value; 4] =
            [organization.uuid().into(), step.into(), user.uuid().into(), text::micros(at).into()];
        self.execute(organization, SKIP, values).await?;
        Ok(())
    }

    /// Takes every skipping back.
    pub async fn unskip_steps(&self, organization: OrganizationId) -> Result<(), StoreError> {
        self.execute(organization, FORGET, [organization.uuid().into()]).await?;
        Ok(())
    }
}
