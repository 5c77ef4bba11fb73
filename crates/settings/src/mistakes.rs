//! Mistakes in the configuration, all of them at once.

use std::fmt;

/// One thing that is wrong with the configuration. Holds no secret: what was given is masked before it gets here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The field as `section.field`, or the name that is not a field.
    pub field: String,
    /// Where the value came from: an environment variable or a file.
    pub origin: String,
    /// What was given, with secrets masked.
    pub given: String,
    /// What would have been right.
    pub expected: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, origin, given, expected } = self;
        write!(f, "`{field}` ({origin}): got `{given}`, expected {expected}")
    }
}

/// Every mistake found in a configuration; never empty. Displays as a list, one mistake to a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Mistakes(pub Vec<Mistake>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        let noun = if count == 1 { "mistake" } else { "mistakes" };
        write!(f, "{count} {noun} in the configuration:")?;
        for mistake in &self.0 {
            write!(f, "\n  - {mistake}")?;
        }
        Ok(())
    }
}
