//! From a resource to what a use case is told of a group.

use std::collections::BTreeSet;

use app::directory::groups::Told;
use model::UserId;
use serde_json::{Map, Value};

use crate::scim::error::ScimError;

/// What is told.
pub(super) fn told(resource: &Map<String, Value>) -> Result<Told, ScimError> {
    let name = resource.get("displayName").and_then(Value::as_str).unwrap_or("");
    let name = name
        .parse()
        .map_err(|wrong: model::NameError| ScimError::value("displayName", &wrong.to_string()))?;
    let external_id = resource.get("externalId").and_then(Value::as_str).map(ToOwned::to_owned);
    let members = resource.get("members").and_then(Value::as_array);
    let members = members.into_iter().flatten().map(member).collect::<Result<BTreeSet<_>, _>>()?;
    Ok(Told { name, external_id, members })
}

fn member(member: &Value) -> Result<UserId, ScimError> {
    if member.get("type").is_some_and(|kind| kind != "User") {
        return Err(ScimError::value(
            "members",
            "only users can be members; send the users of a nested group",
        ));
    }
    let value = member.get("value").and_then(Value::as_str);
    let value = value.ok_or_else(|| ScimError::value("members", "each needs the `value` of a user's id"))?;
    value
        .parse()
        .map_err(|_| ScimError::value("members", &format!("the directory has brought no user `{value}`")))
}
