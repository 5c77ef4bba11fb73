//! Reads the fields of an object one by one and remembers everything that is wrong with them.

use serde_json::{Map, Value};

use crate::problem::FieldError;

/// The fields of one object.
pub(crate) struct Fields<'v> {
    map: &'v Map<String, Value>,
    path: String,
    errors: Vec<FieldError>,
}

/// Slugs have at most 63 characters and tool names 256; a longer text names nothing and only fills the evidence.
pub(crate) const LONGEST_NAME: usize = 256;

impl<'v> Fields<'v> {
    /// The fields of `value`, which may be these and no others. `path` is put before their names in errors.
    pub(crate) fn of(value: &'v Value, path: &str, known: &[&str]) -> Result<Self, Vec<FieldError>> {
        let Value::Object(map) = value else {
            let field = path.trim_end_matches('.').to_owned();
            return Err(vec![FieldError { field, reason: "must be an object".into() }]);
        };
        let mut fields = Self { map, path: path.to_owned(), errors: Vec::new() };
        for name in map.keys().filter(|name| !known.contains(&name.as_str())) {
            fields.refuse(name, "is not a field that is known here");
        }
        Ok(fields)
    }

    /// Remembers that a field is wrong.
    pub(crate) fn refuse(&mut self, name: &str, reason: &'static str) {
        self.errors.push(FieldError { field: format!("{}{name}", self.path), reason: reason.into() });
    }

    /// A field, where it is there and not null.
    pub(crate) fn value(&self, name: &str) -> Option<&'v Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    /// Whether the field is there, even as null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.map.contains_key(name)
    }

    /// A text, where it is there.
    pub(crate) fn text(&mut self, name: &str) -> Option<&'v str> {
        let value = self.value(name)?;
        let text = value.as_str();
        if text.is_none() {
            self.refuse(name, "must be a string");
        }
        text
    }

    /// A text that names something, where it is there.
    pub(crate) fn name(&mut self, name: &str) -> Option<&'v str> {
        let text = self.text(name)?;
        if text.is_empty() {
            self.refuse(name, "must not be empty");
        } else if text.chars().count() > LONGEST_NAME {
            self.refuse(name, "must have at most 256 characters");
        }
        Some(text)
    }

    /// A text that names something and has to be there.
    pub(crate) fn required_name(&mut self, name: &str) -> &'v str {
        if self.value(name).is_none() {
            self.refuse(name, "is required");
        }
        self.name(name).unwrap_or("")
    }

    /// An object, where it is there.
    pub(crate) fn object(&mut self, name: &str) -> Option<&'v Value> {
        let value = self.value(name)?;
        if value.is_object() {
            return Some(value);
        }
        self.refuse(name, "must be an object");
        None
    }

    /// A text that is read further, where it is there.
    pub(crate) fn parsed<T: std::str::FromStr>(&mut self, name: &str, expected: &'static str) -> Option<T> {
        let parsed = self.text(name)?.parse().ok();
        if parsed.is_none() {
            self.refuse(name, expected);
        }
        parsed
    }

    /// A whole number from zero, where it is there.
    pub(crate) fn count(&mut self, name: &str) -> Option<u64> {
        let count = self.value(name)?.as_u64();
        if count.is_none() {
            self.refuse(name, "must be a whole number from 0");
        }
        count
    }

    /// Takes over what is wrong with an inner object.
    pub(crate) fn take_over(&mut self, errors: Vec<FieldError>) {
        self.errors.extend(errors);
    }

    /// Where an inner object's fields stand in errors.
    pub(crate) fn inside(&self, name: &str) -> String {
        format!("{}{name}.", self.path)
    }

    /// Everything that was wrong.
    pub(crate) fn finish(self) -> Result<(), Vec<FieldError>> {
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }
}
