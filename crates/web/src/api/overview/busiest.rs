use app::Reading;
use app::evidence::AgentCount;
use serde::Serialize;
use utoipa::ToSchema;

/// An agent or robot, and what it called.
#[derive(Debug, Serialize, ToSchema)]
pub struct BusyView {
    /// Kind and id. An agent of another organization may be among them.
    #[schema(value_type = Object)]
    who: model::PrincipalId,
    /// What it is called; a guest, what it was called when it last called.
    name: String,
    /// How many calls were allowed.
    allowed: u64,
    /// How many were denied.
    denied: u64,
    /// Day by day in UTC, the oldest first.
    days: Vec<BusyDayView>,
}

/// A day.
#[derive(Debug, Serialize, ToSchema)]
pub struct BusyDayView {
    /// How many calls were allowed.
    allowed: u64,
    /// How many were denied.
    denied: u64,
}

impl BusyView {
    /// What was counted of somebody.
    pub(super) fn of(reading: &Reading, count: AgentCount) -> Self {
        let (allowed, denied) = count.total();
        let day = |(allowed, denied): &(u64, u64)| BusyDayView { allowed: *allowed, denied: *denied };
        Self {
            who: count.id,
            allowed,
            denied,
            days: count.days.iter().map(day).collect(),
            name: reading.facts.name_of(count.id).map_or(count.name, ToOwned::to_owned),
        }
    }
}
