use app::version_of;
use chrono::{DateTime, Utc};
use model::{Robot, RobotState, Snapshot};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::presented::{BecauseView, Named};

/// A robot.
#[derive(Debug, Serialize, ToSchema)]
pub struct RobotView {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Whom to tell about it.
    pub stewards: Vec<Named>,
    /// `live`, `paused` or `deleted`.
    pub state: &'static str,
    /// Since when and why it is in that state, unless it is live.
    pub because: Option<BecauseView>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// Who created it.
    pub created_by: Named,
    /// For `If-Match`.
    pub version: String,
}

impl RobotView {
    /// A robot as these facts show it.
    pub fn of(facts: &Snapshot, robot: &Robot) -> Self {
        let because = match &robot.state {
            RobotState::Live => None,
            RobotState::Paused(b) | RobotState::Deleted(b) => Some(b.into()),
        };
        Self {
            id: robot.id.uuid(),
            name: robot.name.to_string(),
            purpose: robot.purpose.clone(),
            stewards: robot.stewards.iter().map(|id| Named::user(facts, *id)).collect(),
            state: robot.state.as_str(),
            because,
            created_at: robot.created_at,
            created_by: Named::user(facts, robot.created_by),
            version: version_of(&robot.clone().into()),
        }
    }
}
