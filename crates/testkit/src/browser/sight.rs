//! What a person sees in a tab.

use serde_json::Value;

/// A page, as it stands.
#[derive(Clone, Debug)]
pub struct Sight {
    /// Its address, without the host.
    pub path: String,
    /// The status it came with.
    pub status: u64,
    /// Its title.
    pub title: String,
    /// Its text, as a reader reads it.
    pub text: String,
}

#[expect(
    clippy::return_self_not_must_use,
    reason = "what is asked of a page is asked for its own sake; the page comes back to be asked more"
)]
impl Sight {
    /// Out of the driver's words.
    pub(super) fn of(state: &Value, base: &str) -> Self {
        let word = |name: &str| state.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let url = word("url");
        let path = url.strip_prefix(base).unwrap_or(&url).to_owned();
        let status = state.get("status").and_then(Value::as_u64).unwrap_or_default();
        Self { path, status, title: word("title"), text: word("text") }
    }

    /// Whether it says something.
    pub fn has(&self, what: &str) -> bool {
        self.text.contains(what)
    }

    /// The same page, which has to say something.
    #[track_caller]
    pub fn says(self, what: &str) -> Self {
        assert!(self.has(what), "`{what}` is not on {} ({}):\n{}", self.path, self.status, self.text);
        self
    }

    /// The same page, which must not say something.
    #[track_caller]
    pub fn hides(self, what: &str) -> Self {
        assert!(!self.has(what), "`{what}` is on {} ({}):\n{}", self.path, self.status, self.text);
        self
    }

    /// The same page, which has to be at an address that begins so.
    #[track_caller]
    pub fn at(self, path: &str) -> Self {
        assert!(self.path.starts_with(path), "at {} and not at {path}:\n{}", self.path, self.text);
        self
    }

    /// The same page, with a status.
    #[track_caller]
    pub fn answers(self, status: u64) -> Self {
        assert_eq!(self.status, status, "{}:\n{}", self.path, self.text);
        self
    }
}
