use model::{Name, UserId};
use serde_json::{Map, Value};

use crate::members::address;
use crate::{Error, Planning};

/// Longer than any address (254) or distinguished name seen as one.
const USER_NAME_LIMIT: usize = 320;
/// An id of the directory's own: a UUID or a distinguished name.
const EXTERNAL_ID_LIMIT: usize = 320;
/// Everything else said of one person, in bytes of JSON: a page of text, and what every node keeps of everybody.
const ATTRIBUTES_LIMIT: usize = 16 * 1024;

/// What the directory tells of a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// What it calls them.
    pub user_name: String,
    /// Its own id of them.
    pub external_id: Option<String>,
    /// What people call them.
    pub name: Name,
    /// Where mail goes. It identifies nobody.
    pub email: Option<String>,
    /// Whether they are active.
    pub active: bool,
    /// Everything else, as SCIM attributes.
    pub attributes: Map<String, Value>,
}

/// Checks what can be told, and that the person's names in the directory are nobody else's.
pub(super) fn check(planning: &Planning<'_>, user: UserId, told: Told) -> Result<Told, Error> {
    plain("userName", &told.user_name, USER_NAME_LIMIT)?;
    if let Some(id) = &told.external_id {
        plain("externalId", id, EXTERNAL_ID_LIMIT)?;
    }
    let size = serde_json::to_vec(&told.attributes).map_or(usize::MAX, |bytes| bytes.len());
    if size > ATTRIBUTES_LIMIT {
        return Err(Error::invalid("attributes", format!("at most {ATTRIBUTES_LIMIT} bytes of attributes")));
    }
    let named = planning.facts.directory_user_by_name(&told.user_name);
    if named.is_some_and(|other| other.user != user) {
        return Err(taken("userName"));
    }
    let external = told.external_id.as_ref();
    let same = external.and_then(|id| planning.facts.directory_user_by_external_id(id));
    if same.is_some_and(|other| other.user != user) {
        return Err(taken("externalId"));
    }
    Ok(Told { email: address("emails", told.email)?, ..told })
}

/// Refuses an empty text, one that is too long, and one that hides what it is.
pub(in crate::directory) fn plain(field: &str, text: &str, limit: usize) -> Result<(), Error> {
    if text.trim().is_empty() {
        return Err(Error::invalid(field, "it is needed and may not be empty"));
    }
    if text.chars().count() > limit {
        return Err(Error::invalid(field, format!("at most {limit} characters")));
    }
    if text.chars().any(char::is_control) {
        return Err(Error::invalid(field, "no control characters"));
    }
    Ok(())
}

pub(in crate::directory) fn external_id(text: Option<&String>) -> Result<(), Error> {
    text.map_or(Ok(()), |id| plain("externalId", id, EXTERNAL_ID_LIMIT))
}

/// Another holds this name of the directory's.
pub(in crate::directory) fn taken(field: &str) -> Error {
    Error::Conflict { code: "uniqueness", detail: format!("another has this `{field}` already") }
}
