use model::Timestamp;

use crate::Problem;

/// A moment in a query, written as RFC 3339.
pub(super) fn moment(field: &str, text: Option<&str>) -> Result<Option<Timestamp>, Problem> {
    let Some(text) = text else { return Ok(None) };
    // An unescaped `+` of an offset arrives as a space.
    let text = text.replace(' ', "+");
    let parsed = text.parse::<Timestamp>();
    parsed
        .map(Some)
        .map_err(|_| Problem::invalid_field(field, "expected RFC 3339, for example 2026-11-02T14:00:00Z"))
}

/// A field of a query that has a shape of its own.
pub(super) fn parsed<T: std::str::FromStr>(
    field: &str,
    text: Option<&str>,
    expected: &str,
) -> Result<Option<T>, Problem> {
    let parse = |text: &str| text.parse().map_err(|_| Problem::invalid_field(field, expected));
    text.map(parse).transpose()
}
