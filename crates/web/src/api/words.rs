//! Parameters that know a few words.

use crate::Problem;

/// One of the words that a parameter knows. None: nothing is said. What it does not know is refused, so that a
/// mistyped filter does not look like an empty list.
pub(crate) fn one_of<'q>(
    field: &str,
    given: Option<&'q str>,
    words: &[&str],
) -> Result<Option<&'q str>, Problem> {
    match given.filter(|text| !text.is_empty()) {
        Some(text) if !words.contains(&text) => {
            Err(Problem::invalid_field(field, &format!("expected one of {}", words.join(", "))))
        }
        known => Ok(known),
    }
}

/// What is looked for in names: nothing but what a name can hold, whatever its case. Empty: it is in every name.
pub(crate) fn needle(given: Option<&str>) -> String {
    given.unwrap_or_default().trim().to_lowercase()
}
