use model::Name;

use crate::Error;

/// A title that a person gives a tool: like a name, and may be empty.
pub(super) fn checked_title(title: &str) -> Result<String, Error> {
    match title.trim() {
        "" => Ok(String::new()),
        text => text.parse::<Name>().map(Into::into).map_err(|wrong| Error::invalid("title", wrong)),
    }
}

/// A title that a server gives its tool, where it can be shown; otherwise none.
pub(super) fn served_title(title: Option<&str>) -> String {
    title.and_then(|text| text.parse::<Name>().ok()).map(Into::into).unwrap_or_default()
}
