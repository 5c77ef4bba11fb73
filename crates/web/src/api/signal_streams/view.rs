use chrono::{DateTime, Utc};
use model::{SignalStream, Snapshot};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::presented::Named;

/// A stream of signals from an identity provider.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignalStreamView {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Who sends.
    pub issuer: String,
    /// What a signal has to be addressed to.
    pub audience: String,
    /// Where the sender's keys are.
    pub jwks_url: String,
    /// Where the sender pushes to.
    pub push_url: String,
    /// When it was set up.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: Named,
}

impl SignalStreamView {
    /// A stream as these facts show it.
    pub fn of(facts: &Snapshot, public_url: &str, stream: &SignalStream) -> Self {
        let slug = facts.organization().map(|organization| organization.slug.to_string()).unwrap_or_default();
        Self {
            id: stream.id.uuid(),
            name: stream.name.to_string(),
            issuer: stream.issuer.clone(),
            audience: stream.audience.clone(),
            jwks_url: stream.jwks_url.clone(),
            push_url: format!("{public_url}/t/{slug}/signals/{}", stream.id),
            created_at: stream.created_at,
            created_by: Named::user(facts, stream.created_by),
        }
    }
}
