//! A person as a resource.

use model::{Snapshot, UserId};
use serde_json::{Map, Value, json};

use crate::scim::error::ScimError;
use crate::scim::schema::{ENTERPRISE, USER};
use crate::scim::version::version_of;

/// What the directory can set of a person, as it stands.
pub(super) fn settable(facts: &Snapshot, user: UserId) -> Option<Map<String, Value>> {
    let entry = facts.directory_user(user)?;
    let mut resource = Map::new();
    resource.insert("userName".to_owned(), entry.user_name.as_str().into());
    if let Some(id) = &entry.external_id {
        resource.insert("externalId".to_owned(), id.as_str().into());
    }
    resource.extend(entry.attributes.clone());
    let active = facts.member(user).is_some_and(|member| member.is_active());
    resource.insert("active".to_owned(), active.into());
    Some(resource)
}

/// The same, or that there is no such person.
pub(super) fn standing(facts: &Snapshot, user: UserId) -> Result<Map<String, Value>, ScimError> {
    settable(facts, user).ok_or_else(ScimError::not_found)
}

/// The whole resource.
pub(in crate::scim) fn show(facts: &Snapshot, base: &str, user: UserId) -> Option<Value> {
    let entry = facts.directory_user(user)?;
    let settable = settable(facts, user)?;
    let version = version_of(&settable);
    let mut schemas = vec![USER];
    if settable.contains_key(ENTERPRISE) {
        schemas.push(ENTERPRISE);
    }
    let mut resource = Map::new();
    resource.insert("schemas".to_owned(), json!(schemas));
    resource.insert("id".to_owned(), user.to_string().into());
    resource.extend(settable);
    let groups: Vec<Value> = facts
        .groups_of(user)
        .filter_map(|id| facts.group(id))
        .map(|group| {
            json!({
                "value": group.id,
                "$ref": format!("{base}/Groups/{}", group.id),
                "display": group.name.as_str(),
                "type": "direct",
            })
        })
        .collect();
    if !groups.is_empty() {
        resource.insert("groups".to_owned(), groups.into());
    }
    let meta = json!({
        "resourceType": "User",
        "created": entry.created_at,
        "lastModified": entry.modified_at,
        "location": format!("{base}/Users/{user}"),
        "version": version,
    });
    resource.insert("meta".to_owned(), meta);
    Some(Value::Object(resource))
}
