use app::servers::{Imported, ImportedTool, Outcome};
use model::Risk;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// What came of an import.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportedView {
    /// The revision of the protocol that the server spoke.
    pub protocol_version: String,
    /// The name that the server gives itself.
    pub server_name: Option<String>,
    /// The version that the server gives itself.
    pub server_version: Option<String>,
    /// How many tools of each sort.
    pub counts: Counts,
    /// Tools that were not known. Denied until reviewed, unless everything was accepted.
    pub new: Vec<ImportedToolView>,
    /// Tools that are described otherwise than before. Denied until reviewed.
    pub changed: Vec<ImportedToolView>,
    /// Tools that had been withdrawn and are offered again as they were.
    pub returned: Vec<ImportedToolView>,
    /// Tools that are as they were.
    pub unchanged: Vec<ImportedToolView>,
    /// Tools that are no longer offered. Denied.
    pub withdrawn: Vec<ImportedToolView>,
    /// What was offered and cannot be kept.
    pub skipped: Vec<SkippedView>,
}

/// How many tools of each sort.
#[derive(Debug, Serialize, ToSchema)]
pub struct Counts {
    new: usize,
    changed: usize,
    returned: usize,
    unchanged: usize,
    withdrawn: usize,
    skipped: usize,
}

/// One tool of an import.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportedToolView {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The digest of the definition that is served now.
    pub definition: String,
    /// The digest that was known before. Null: none.
    pub before: Option<String>,
    /// The digest that a person last accepted. Null: none yet.
    pub reviewed: Option<String>,
    /// What it can do to the world, as people here say.
    #[schema(value_type = String)]
    pub risk: Risk,
    /// What the server says of that (`readOnlyHint`, `destructiveHint` and others). No proof of anything.
    pub hints: Option<Value>,
}

/// A tool that was offered and cannot be kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct SkippedView {
    /// Its name, as far as it can be shown.
    pub name: String,
    /// Why.
    pub reason: String,
}

impl From<&ImportedTool> for ImportedToolView {
    fn from(imported: &ImportedTool) -> Self {
        let tool = &imported.tool;
        Self {
            id: tool.id.uuid(),
            name: tool.name.to_string(),
            definition: tool.definition.to_string(),
            before: imported.before.map(|hash| hash.to_string()),
            reviewed: tool.reviewed.map(|hash| hash.to_string()),
            risk: tool.risk,
            hints: imported.hints.clone(),
        }
    }
}

impl From<&Imported> for ImportedView {
    fn from(imported: &Imported) -> Self {
        let of = |outcome: Outcome| -> Vec<ImportedToolView> {
            imported.tools.iter().filter(|tool| tool.outcome == outcome).map(Into::into).collect()
        };
        let skipped = imported.skipped.iter();
        let skipped =
            skipped.map(|tool| SkippedView { name: tool.name.clone(), reason: tool.reason.clone() });
        let mut view = Self {
            protocol_version: imported.protocol_version.clone(),
            server_name: imported.server_name.clone(),
            server_version: imported.server_version.clone(),
            counts: Counts { new: 0, changed: 0, returned: 0, unchanged: 0, withdrawn: 0, skipped: 0 },
            new: of(Outcome::New),
            changed: of(Outcome::Changed),
            returned: of(Outcome::Returned),
            unchanged: of(Outcome::Unchanged),
            withdrawn: of(Outcome::Withdrawn),
            skipped: skipped.collect(),
        };
        view.counts = Counts {
            new: view.new.len(),
            changed: view.changed.len(),
            returned: view.returned.len(),
            unchanged: view.unchanged.len(),
            withdrawn: view.withdrawn.len(),
            skipped: view.skipped.len(),
        };
        view
    }
}
