//! Taking away what a query finds, as a file. That it was taken is in the evidence, with the query and the range of rows;
//! what the file came to is kept beside that, so that it can be checked later.

mod changes;
mod decisions;
mod manifest;
mod part;
mod taken;

use model::{DecisionId, OrganizationId};

pub use manifest::{By, Manifest, Of, Row};
pub use part::Part;
pub use taken::Taken;

use crate::{App, Error, Reading};

impl App {
    /// What the file came to that was taken under a decision, for whoever may see that decision. None: there is none, or
    /// it was not sent to its end.
    pub async fn export_manifest(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        decision: DecisionId,
    ) -> Result<Option<serde_json::Value>, Error> {
        if self.decision(reading, organization, decision).await?.is_none() {
            return Ok(None);
        }
        Ok(self.store.export(organization, decision).await?)
    }
}
