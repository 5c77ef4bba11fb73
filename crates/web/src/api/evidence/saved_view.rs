use app::evidence::SavedQuery;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A query that somebody keeps.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedQueryView {
    /// Its id.
    id: Uuid,
    /// What it is called.
    name: String,
    /// The query, as the audit log takes it.
    q: String,
    /// Whether it is the organization's; otherwise it is the caller's own.
    shared: bool,
    /// Who keeps it, or made it the organization's.
    user: Uuid,
    /// Since when.
    at: DateTime<Utc>,
}

impl From<SavedQuery> for SavedQueryView {
    fn from(saved: SavedQuery) -> Self {
        let SavedQuery { id, user, name, line, is_shared, at } = saved;
        Self { id, name, q: line, shared: is_shared, user: user.uuid(), at }
    }
}
