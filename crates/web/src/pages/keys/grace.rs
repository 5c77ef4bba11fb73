//! When an old key ends.

use app::keys::RotateKey;
use chrono::TimeDelta;

use crate::pages::Choice;

/// The choice that says that strangers know the key.
pub(crate) const LEAKED: &str = "leaked";

/// The choices: seconds, or that it leaked.
const CHOICES: [(&str, &str, &str); 6] = [
    ("900", "In 15 minutes", "For a key that sits in one place that you can reach now."),
    ("3600", "In an hour", ""),
    ("86400", "In 24 hours", "For keys in deployed configuration that waits for a release."),
    ("604800", "In 7 days", ""),
    ("0", "Now", "Calls with the old key are refused from this moment on."),
    (LEAKED, "Now, because strangers know it", "It is marked as leaked, and refused from this moment on."),
];

/// What a form offers.
pub(crate) fn choices() -> Vec<Choice> {
    CHOICES.iter().map(|(value, label, hint)| Choice::new(*value, *label).hint(*hint)).collect()
}

/// What was chosen. Anything else is the default of the key's kind.
pub(crate) fn how(chosen: &str) -> RotateKey {
    let grace = chosen.parse().ok().and_then(TimeDelta::try_seconds);
    RotateKey { grace, leaked: chosen == LEAKED, expires_at: None }
}

/// What that means, for the page that shows the new key.
pub(crate) fn said(chosen: &str, what: &str) -> String {
    match CHOICES.iter().find(|(value, ..)| *value == chosen) {
        Some(("0" | LEAKED, ..)) => format!("{what} stopped counting the moment this was made."),
        Some((_, label, _)) => {
            let mut words = label.chars();
            let first = words.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
            format!("{what} still count{} and end{} {first}{}.", s(what), s(what), words.as_str())
        }
        None => String::new(),
    }
}

/// The letter that a verb has after one thing.
fn s(what: &str) -> &'static str {
    if what.ends_with('s') { "" } else { "s" }
}
