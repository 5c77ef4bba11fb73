//! What follows when somebody signs out at the provider, as it is chosen and shown.

use model::OnLogout;

use crate::pages::Choice;

const SESSIONS: &str = "end_sessions";
const EVERYTHING: &str = "end_everything";

/// The word that a form sends for it.
pub(super) fn word(on_logout: OnLogout) -> &'static str {
    match on_logout {
        OnLogout::EndSessions => SESSIONS,
        OnLogout::EndEverything => EVERYTHING,
    }
}

/// What a form says. A form without the choice leaves it as it is.
pub(super) fn read(word: &str, before: OnLogout) -> OnLogout {
    match word {
        SESSIONS => OnLogout::EndSessions,
        EVERYTHING => OnLogout::EndEverything,
        _ => before,
    }
}

/// What there is to choose from.
pub(super) fn choices() -> [Choice; 2] {
    [
        Choice::new(SESSIONS, "Their sessions here end").hint("Their agents go on."),
        Choice::new(EVERYTHING, "Everything of theirs ends").hint(
            "Their keys and their agents' keys end too, and their agents wait until they are taken over.",
        ),
    ]
}

/// It in a line, for the page of the connection.
pub(super) fn say(on_logout: OnLogout) -> &'static str {
    match on_logout {
        OnLogout::EndSessions => "Ends their sessions here; their agents go on",
        OnLogout::EndEverything => "Ends their sessions, their keys and their agents' keys",
    }
}
