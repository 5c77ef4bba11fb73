//! How long it took to make a change.

use std::collections::BTreeMap;

use model::{OrganizationId, Revision};
use sea_orm::Value;

use crate::{Store, StoreError, text};

impl Store {
    /// How long it took to write each of some revisions, in microseconds, as the evidence of its decision has it. What
    /// was written before times were taken has none.
    pub async fn took_us(
        &self,
        organization: OrganizationId,
        revisions: &[Revision],
    ) -> Result<BTreeMap<Revision, u64>, StoreError> {
        if revisions.is_empty() {
            return Ok(BTreeMap::new());
        }
        let places: Vec<String> = (2..).take(revisions.len()).map(|place| format!("${place}")).collect();
        let select = format!(
            "select revision, (select duration_us from decisions where organization_id = $1 \
             and id = changes.decision_id) as took from changes \
             where organization_id = $1 and position = 0 and revision in ({})",
            places.join(", ")
        );
        let named = revisions.iter().map(|revision| text::signed(revision.0).into());
        let values = std::iter::once(Value::from(organization.uuid())).chain(named);
        let mut took = BTreeMap::new();
        for row in self.find_rows(organization, &select, values).await? {
            let revision = Revision(text::unsigned(row.try_get("", "revision")?));
            if let Some(us) = row.try_get::<Option<i64>>("", "took")?.filter(|us| *us > 0) {
                took.insert(revision, text::unsigned(us));
            }
        }
        Ok(took)
    }
}
