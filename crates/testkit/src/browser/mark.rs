//! What is pointed at on a page, the way a person would say it.

use serde_json::{Value, json};

/// Something on a page.
#[derive(Clone, Debug)]
pub struct Mark(Value);

/// A button with this name.
pub fn button(name: &str) -> Mark {
    Mark(json!({"role": "button", "name": name}))
}

/// A link with this name.
pub fn link(name: &str) -> Mark {
    Mark(json!({"role": "link", "name": name}))
}

/// The field with this label.
pub fn field(label: &str) -> Mark {
    Mark(json!({"label": label}))
}

/// Whatever says this.
pub fn text(says: &str) -> Mark {
    Mark(json!({"text": says}))
}

/// What a selector finds, for what has no name that a person would say.
pub fn css(selector: &str) -> Mark {
    Mark(json!({"css": selector}))
}

impl Mark {
    /// One of several, from nought.
    #[must_use]
    pub fn nth(mut self, at: usize) -> Self {
        self.0["nth"] = json!(at);
        self
    }

    /// Twice in a row, as the impatient click.
    #[must_use]
    pub fn twice(mut self) -> Self {
        self.0["times"] = json!(2);
        self
    }

    /// An order to do that with it.
    pub(super) fn order(self, what: &str) -> Value {
        let Self(mut order) = self;
        order["do"] = json!(what);
        order
    }
}
