use app::version_of;
use chrono::{DateTime, Utc};
use model::{Group, Snapshot};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::MappingView;

/// A group of the directory.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupView {
    /// Its id.
    pub id: Uuid,
    /// What the directory calls it.
    pub name: String,
    /// The directory's own id of it.
    pub external_id: Option<String>,
    /// How many people are in it.
    pub n_members: usize,
    /// What it gives. Nothing, until somebody says so.
    pub gives: Vec<MappingView>,
    /// When it, or who is in it, last changed.
    pub modified_at: DateTime<Utc>,
    /// For `If-Match`.
    pub version: String,
}

impl GroupView {
    /// A group as these facts show it.
    pub fn of(facts: &Snapshot, group: &Group) -> Self {
        Self {
            id: group.id.uuid(),
            name: group.name.to_string(),
            external_id: group.external_id.clone(),
            n_members: facts.members_of(group.id).count(),
            gives: facts.given_by(group.id).map(|mapping| MappingView::of(facts, mapping)).collect(),
            modified_at: group.modified_at,
            version: version_of(&group.clone().into()),
        }
    }
}
