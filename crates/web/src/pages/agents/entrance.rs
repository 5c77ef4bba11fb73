//! Whether an agent gets into a workspace, in words.

use app::agents::Entrance;

/// What stands in the way, where something does.
pub(super) fn note(entrance: Entrance) -> Option<&'static str> {
    match entrance {
        Entrance::Inherited | Entrance::Invited => None,
        Entrance::Waiting => Some("It was invited here and waits for an administrator."),
        Entrance::NotInvited => Some("This workspace wants an invitation for each agent."),
        Entrance::Declined => Some("An administrator here declined it."),
        Entrance::GuestAgentsRefused => Some("This workspace does not let in the agents of guests."),
    }
}

/// How it gets in, in a word or two.
pub(super) fn word(entrance: Entrance) -> &'static str {
    match entrance {
        Entrance::Inherited => "with its owner",
        Entrance::Invited => "by invitation",
        Entrance::Waiting => "waits for an answer",
        Entrance::NotInvited => "not invited",
        Entrance::Declined => "declined",
        Entrance::GuestAgentsRefused => "guests' agents stay out",
    }
}
