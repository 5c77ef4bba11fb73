use app::Reading;
use decision::{Action, On};
use model::{Holder, Member, Robot, RobotState, Snapshot};

/// A robot in the list.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The robot.
    pub(super) robot: Robot,
    /// In how many workspaces it is.
    pub(super) places: usize,
    /// How many of its keys count now.
    pub(super) keys: usize,
    /// Its stewards, by name.
    pub(super) stewards: String,
}

/// The robots that the reader may see, by name; `state` narrows to one state, and deleted ones show only by it.
pub(super) fn rows(reading: &Reading, needle: &str, state: &str) -> Vec<Row> {
    let needle = needle.trim().to_lowercase();
    let seen = reading.facts.list_robots(None).filter(|robot| {
        let in_state = match state {
            "" => !matches!(robot.state, RobotState::Deleted(_)),
            wanted => robot.state.as_str() == wanted,
        };
        in_state
            && robot.name.as_str().to_lowercase().contains(&needle)
            && reading.may(Action::RobotRead, On::Robot(robot.id))
    });
    let mut rows: Vec<Row> = seen.map(|robot| row(reading, robot)).collect();
    rows.sort_by_cached_key(|row| (row.robot.name.as_str().to_lowercase(), row.robot.id));
    rows
}

fn row(reading: &Reading, robot: &Robot) -> Row {
    let facts = &reading.facts;
    let mut places: Vec<_> = facts.workspaces_of(Member::Robot(robot.id)).collect();
    places.dedup();
    let keys = facts.keys_of(Holder::Robot(robot.id)).filter(|key| key.counts_at(reading.now));
    Row { places: places.len(), keys: keys.count(), stewards: stewards(facts, robot), robot: robot.clone() }
}

/// The stewards of a robot, by name.
pub(super) fn stewards(facts: &Snapshot, robot: &Robot) -> String {
    let names = robot.stewards.iter().filter_map(|id| facts.user(*id)).map(|user| user.name.as_str());
    names.collect::<Vec<_>>().join(", ")
}
