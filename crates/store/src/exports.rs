//! What the files came to that people took out of the evidence, by the record of the taking.

use model::{DecisionId, OrganizationId};
use sea_orm::Value;

use crate::{Store, StoreError, text};

const KEEP: &str = "insert into exports (organization_id, decision_id, manifest) values ($1, $2, $3)";

const FIND: &str = "select manifest from exports where organization_id = $1 and decision_id = $2";

impl Store {
    /// Keeps the manifest of a file that was sent to its end.
    pub async fn keep_export(
        &self,
        organization: OrganizationId,
        decision: DecisionId,
        manifest: &serde_json::Value,
    ) -> Result<(), StoreError> {
        let values: [Value; 3] =
            [organization.uuid().into(), decision.uuid().into(), text::json(manifest)?.into()];
        self.execute(organization, KEEP, values).await.map(drop)
    }

    /// The manifest of a file. None: none was taken under that decision, or it was not sent to its end.
    pub async fn export(
        &self,
        organization: OrganizationId,
        decision: DecisionId,
    ) -> Result<Option<serde_json::Value>, StoreError> {
        let values = [organization.uuid().into(), decision.uuid().into()];
        let row = self.find_row(organization, FIND, values).await?;
        row.map(|row| text::of_json(&row.try_get::<String>("", "manifest")?)).transpose()
    }
}
