use std::collections::BTreeSet;

use model::{Snapshot, UserId};

/// The active members who could not sign in any more if a connection were demanded: those who never came in by it and
/// have no break-glass. In the order of their ids.
pub fn locked_out(facts: &Snapshot, came_in: &BTreeSet<UserId>, break_glass: &[UserId]) -> Vec<UserId> {
    facts
        .list_members(None)
        .filter(|member| member.is_active())
        .map(|member| member.user)
        .filter(|user| !came_in.contains(user) && !break_glass.contains(user))
        .collect()
}
