use app::evidence::GatewayUsage;
use app::gateways::silent_for;
use app::version_of;
use chrono::{DateTime, Utc};
use model::{Gateway, GatewayState};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::presented::BecauseView;

/// A gateway.
#[derive(Debug, Serialize, ToSchema)]
pub struct GatewayView {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// `active`, `paused` or `revoked`.
    pub state: &'static str,
    /// Since when and why it is in that state, unless it is active.
    pub because: Option<BecauseView>,
    /// Whether its word counts for who the subject is.
    pub may_assert_subjects: bool,
    /// Whether a call whose tool it does not show is decided for the server as a whole.
    pub allows_unseen_tools: bool,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
    /// When it last asked, up to a minute ago. Null: never.
    pub last_seen_at: Option<DateTime<Utc>>,
    /// For how many seconds it has not asked; one that never did, since it was registered. A gateway that is silent
    /// while its agents work may be one that fails open.
    pub silent_for_seconds: u64,
    /// How many of its calls were allowed, up to a minute ago.
    pub allowed: u64,
    /// How many of its calls were denied, up to a minute ago.
    pub denied: u64,
    /// For `If-Match`.
    pub version: String,
}

impl GatewayView {
    /// A gateway, and how it has asked.
    pub fn of(gateway: &Gateway, usage: Option<&GatewayUsage>, now: DateTime<Utc>) -> Self {
        let because = match &gateway.state {
            GatewayState::Active => None,
            GatewayState::Paused(b) | GatewayState::Revoked(b) => Some(b.into()),
        };
        Self {
            id: gateway.id.uuid(),
            name: gateway.name.to_string(),
            state: gateway.state.as_str(),
            because,
            may_assert_subjects: gateway.may_assert_subjects,
            allows_unseen_tools: gateway.allows_unseen_tools,
            created_at: gateway.created_at,
            last_seen_at: usage.map(|usage| usage.at),
            silent_for_seconds: silent_for(gateway, usage, now),
            allowed: usage.map_or(0, |usage| usage.allowed),
            denied: usage.map_or(0, |usage| usage.denied),
            version: version_of(&gateway.clone().into()),
        }
    }
}
