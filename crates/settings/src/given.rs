//! What was given, before it is understood: text for each field, with where it came from.

use std::collections::BTreeMap;

/// One value as it was written, and where.
#[derive(Debug, Clone)]
pub(crate) struct RawValue {
    /// The value as text; a list is joined with commas.
    pub(crate) text: String,
    /// For messages: the environment variable or the file.
    pub(crate) origin: String,
}

/// The values given, by section and field. Putting a value again replaces the earlier one.
#[derive(Debug, Default)]
pub(crate) struct Given(BTreeMap<(&'static str, &'static str), RawValue>);

impl Given {
    pub(crate) fn put(&mut self, section: &'static str, field: &'static str, value: RawValue) {
        self.0.insert((section, field), value);
    }

    pub(crate) fn get(&self, section: &'static str, field: &'static str) -> Option<&RawValue> {
        self.0.get(&(section, field))
    }
}
