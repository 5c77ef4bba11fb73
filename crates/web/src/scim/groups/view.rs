//! A group as a resource.

use model::{Group, GroupId, Snapshot};
use serde_json::{Map, Value, json};

use crate::scim::error::ScimError;
use crate::scim::schema::GROUP;
use crate::scim::version::{still, version_of};

fn named(group: &Group) -> Map<String, Value> {
    let mut resource = Map::new();
    resource.insert("displayName".to_owned(), group.name.as_str().into());
    if let Some(id) = &group.external_id {
        resource.insert("externalId".to_owned(), id.as_str().into());
    }
    resource
}

/// What the directory can set of a group, as it stands, or that there is none.
pub(super) fn standing(facts: &Snapshot, id: GroupId) -> Result<Map<String, Value>, ScimError> {
    let mut resource = named(facts.group(id).ok_or_else(ScimError::not_found)?);
    let members: Vec<Value> =
        facts.members_of(id).map(|user| json!({"value": user, "type": "User"})).collect();
    if !members.is_empty() {
        resource.insert("members".to_owned(), members.into());
    }
    Ok(resource)
}

/// The whole resource; without its members where nobody asks for them.
pub(in crate::scim) fn show(
    facts: &Snapshot,
    base: &str,
    id: GroupId,
    without_members: bool,
) -> Option<Value> {
    let group = facts.group(id)?;
    let mut resource = Map::new();
    resource.insert("schemas".to_owned(), json!([GROUP]));
    resource.insert("id".to_owned(), id.to_string().into());
    resource.extend(named(group));
    let members: Vec<Value> = if without_members { Vec::new() } else { members(facts, base, id) };
    if !members.is_empty() {
        resource.insert("members".to_owned(), members.into());
    }
    let meta = json!({
        "resourceType": "Group",
        "created": group.created_at,
        "lastModified": group.modified_at,
        "location": format!("{base}/Groups/{id}"),
        "version": version_of(&digested(group)),
    });
    resource.insert("meta".to_owned(), meta);
    Some(Value::Object(resource))
}

/// What the version of a group is made of. The moment of the last change stands for the members: writing out thousands
/// only to digest them would be waste.
fn digested(group: &Group) -> Map<String, Value> {
    let mut digested = named(group);
    digested.insert("modified".to_owned(), group.modified_at.to_rfc3339().into());
    digested
}

/// Refuses a change that was made on another version of the group, and one of a group that is not there.
pub(super) fn still_there(facts: &Snapshot, id: GroupId, if_match: Option<&str>) -> Result<(), ScimError> {
    still(if_match, &digested(facts.group(id).ok_or_else(ScimError::not_found)?))
}

fn members(facts: &Snapshot, base: &str, id: GroupId) -> Vec<Value> {
    let member = |user| json!({"value": user, "$ref": format!("{base}/Users/{user}"), "type": "User"});
    facts.members_of(id).map(member).collect()
}
