//! From a resource to what a use case is told of a person.

use app::directory::people::Told;
use model::Name;
use serde_json::{Map, Value};

use crate::scim::error::ScimError;
use crate::scim::read::is_primary;

/// Names are kept up to so many characters; a longer one that was put together is cut.
const NAME_LIMIT: usize = 200;

/// What is told. A person of whom it is not said whether they are active is what they were: a replacement that says
/// nothing of it must not bring back somebody who was deactivated.
pub(super) fn told(mut resource: Map<String, Value>, were_active: bool) -> Result<Told, ScimError> {
    let missing = || ScimError::value("userName", "it is needed");
    let Some(Value::String(user_name)) = resource.shift_remove("userName") else { return Err(missing()) };
    let external_id = match resource.shift_remove("externalId") {
        Some(Value::String(id)) => Some(id),
        _ => None,
    };
    let active = resource.shift_remove("active").and_then(|active| active.as_bool()).unwrap_or(were_active);
    let name = name(&resource, &user_name)?;
    let email = email(&resource);
    Ok(Told { user_name, external_id, name, email, active, attributes: resource })
}

/// What people call them: the first of the names that is there.
fn name(resource: &Map<String, Value>, user_name: &str) -> Result<Name, ScimError> {
    let part = |name: &str| text(resource.get("name").and_then(|parts| parts.get(name)));
    let (given, family) = (part("givenName"), part("familyName"));
    let both = [given, family].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let chosen = text(resource.get("displayName"))
        .or_else(|| part("formatted"))
        .or(Some(both.as_str()).filter(|both| !both.is_empty()))
        .unwrap_or(user_name);
    let cut: String = chosen.chars().take(NAME_LIMIT).collect();
    cut.parse().map_err(|wrong: model::NameError| ScimError::value("displayName", &wrong.to_string()))
}

/// Where mail goes: the primary address, one for work, or the first.
fn email(resource: &Map<String, Value>) -> Option<String> {
    let emails = resource.get("emails")?.as_array()?;
    let is_work = |email: &&Value| email.get("type").is_some_and(|kind| kind == "work");
    let chosen = emails
        .iter()
        .find(|email| is_primary(email))
        .or_else(|| emails.iter().find(is_work))
        .or_else(|| emails.first())?;
    chosen.get("value")?.as_str().map(ToOwned::to_owned)
}

fn text(value: Option<&Value>) -> Option<&str> {
    value.and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}
