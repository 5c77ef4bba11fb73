//! A signed-in browser, as lists of sessions show it.

use model::{Session, SessionId};

use super::{Moment, Zone};

/// A session as it is listed.
pub(super) struct SessionView {
    pub(super) id: String,
    pub(super) is_this: bool,
    /// `Firefox on Linux`.
    pub(super) browser: String,
    pub(super) address: String,
    pub(super) proof: &'static str,
    pub(super) began: Moment,
    pub(super) seen: Moment,
}

impl SessionView {
    pub(super) fn of(session: &Session, this: SessionId, zone: Zone) -> Self {
        Self {
            id: session.id.to_string(),
            is_this: session.id == this,
            browser: browser(session.user_agent.as_deref().unwrap_or_default()),
            address: session.address.map(|address| address.to_string()).unwrap_or_default(),
            proof: session.proof.say(),
            began: zone.moment(session.created_at),
            seen: zone.ago(session.last_seen_at),
        }
    }
}

/// What a browser is called, by the words that it calls itself. Edge and Chrome also say Chrome and Safari, so the
/// order counts.
fn browser(user_agent: &str) -> String {
    let first = |words: &[(&str, &'static str)]| {
        words.iter().find(|(word, _)| user_agent.contains(word)).map(|(_, name)| *name)
    };
    let program = first(&[
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (program, system) {
        (Some(program), Some(system)) => format!("{program} on {system}"),
        (Some(program), None) => program.to_owned(),
        (None, _) => "Unknown browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn browsers_are_told_apart() {
        for (user_agent, name) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1 Version/26.0 Safari/605.1",
                "Safari on macOS",
            ),
            ("curl/8.5", "curl"),
            ("", "Unknown browser"),
        ] {
            assert_eq!(browser(user_agent), name);
        }
    }
}
