use app::version_of;
use chrono::{DateTime, Utc};
use model::{Domain, DomainState};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::presented::BecauseView;

/// A domain of mail addresses.
#[derive(Debug, Serialize, ToSchema)]
pub struct DomainView {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// `pending`, `proven` or `stale`.
    pub state: &'static str,
    /// Since when and why it is in that state, unless it is pending.
    pub because: Option<BecauseView>,
    /// Until when it can be proven, while it is pending.
    pub expires_at: Option<DateTime<Utc>>,
    /// Where its name servers have to say something: the name of a TXT record.
    pub record_name: String,
    /// What they have to say there.
    pub record_value: String,
    /// When it was claimed.
    pub created_at: DateTime<Utc>,
    /// For `If-Match`.
    pub version: String,
}

impl DomainView {
    /// A domain.
    pub fn of(domain: &Domain) -> Self {
        let (because, expires_at) = match &domain.state {
            DomainState::Pending { expires_at } => (None, Some(*expires_at)),
            DomainState::Proven(b) | DomainState::Stale(b) => (Some(b.into()), None),
        };
        Self {
            id: domain.id.uuid(),
            name: domain.name.to_string(),
            state: domain.state.as_str(),
            because,
            expires_at,
            record_name: domain.name.challenge_name(),
            record_value: domain.record(),
            created_at: domain.created_at,
            version: version_of(&domain.clone().into()),
        }
    }
}
