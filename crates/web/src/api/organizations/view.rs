use app::version_of;
use chrono::{DateTime, Utc};
use model::{Organization, OrganizationState, Stop};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::presented::BecauseView;

/// An organization.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganizationView {
    /// Its id.
    pub id: Uuid,
    /// Its name in URLs. It never changes.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// `active`, `suspended` or `deleting`.
    pub state: &'static str,
    /// Since when and why it is suspended or being deleted.
    pub because: Option<BecauseView>,
    /// When everything of it is gone, where it is being deleted.
    pub gone_at: Option<DateTime<Utc>>,
    /// Whether the stop button is pressed: every agent at work in the organization is refused.
    pub agents_stopped: bool,
    /// Since when, by whom and why the agents are stopped.
    pub stopped: Option<BecauseView>,
    /// For `If-Match`.
    pub version: String,
}

impl From<&Organization> for OrganizationView {
    fn from(organization: &Organization) -> Self {
        let (because, gone_at) = match &organization.state {
            OrganizationState::Active => (None, None),
            OrganizationState::Suspended(because) => (Some(because.into()), None),
            OrganizationState::Deleting(deletion) => {
                (Some((&deletion.because).into()), Some(deletion.gone_at))
            }
        };
        let stopped = match &organization.stop {
            Stop::Released => None,
            Stop::Pressed(because) => Some(because.into()),
        };
        Self {
            id: organization.id.uuid(),
            slug: organization.slug.to_string(),
            name: organization.name.to_string(),
            state: organization.state.as_str(),
            because,
            gone_at,
            agents_stopped: organization.agents_are_stopped(),
            stopped,
            version: version_of(&organization.clone().into()),
        }
    }
}
