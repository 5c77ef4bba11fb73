use serde_json::{Map, Value};

use super::{Operation, Verb};
use crate::scim::error::ScimError;

/// The schema of a PATCH.
const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
/// Operations in one PATCH: Entra sends up to a hundred changes of members at once.
const OPERATIONS_LIMIT: usize = 1000;

/// Reads the operations of a PATCH. Names and verbs have any case: Entra writes `Add`.
pub(crate) fn operations(body: &Value) -> Result<Vec<Operation>, ScimError> {
    let Value::Object(body) = body else { return Err(ScimError::syntax("Send a JSON object.")) };
    let says = |value: &Value| value.as_str().is_some_and(|text| text.eq_ignore_ascii_case(PATCH));
    let schemas = field(body, "schemas").and_then(Value::as_array);
    if !schemas.is_some_and(|schemas| schemas.iter().any(says)) {
        return Err(ScimError::syntax(format!("`schemas` has to name `{PATCH}`.")));
    }
    let Some(Value::Array(sent)) = field(body, "Operations") else {
        return Err(ScimError::syntax("`Operations` has to be a list of operations."));
    };
    if sent.is_empty() {
        return Err(ScimError::syntax("`Operations` is empty."));
    }
    if sent.len() > OPERATIONS_LIMIT {
        let detail = format!("At most {OPERATIONS_LIMIT} operations in one request.");
        return Err(ScimError::bad("tooMany", detail));
    }
    sent.iter().map(operation).collect()
}

fn operation(sent: &Value) -> Result<Operation, ScimError> {
    let Value::Object(sent) = sent else {
        return Err(ScimError::syntax("An operation has to be a JSON object."));
    };
    let verb = match field(sent, "op").and_then(Value::as_str).map(str::to_ascii_lowercase).as_deref() {
        Some("add") => Verb::Add,
        Some("replace") => Verb::Replace,
        Some("remove") => Verb::Remove,
        _ => return Err(ScimError::syntax("`op` has to be `add`, `replace` or `remove`.")),
    };
    let path = match field(sent, "path") {
        None | Some(Value::Null) => None,
        Some(Value::String(path)) if path.is_empty() => None,
        Some(Value::String(path)) => Some(path.clone()),
        Some(_) => return Err(ScimError::bad("invalidPath", "`path` has to be a text.")),
    };
    let value = field(sent, "value").cloned();
    match (verb, &path, &value) {
        (Verb::Remove, None, _) => {
            Err(ScimError::bad("noTarget", "`remove` needs a `path`: say what to remove."))
        }
        (Verb::Add | Verb::Replace, _, None) => Err(ScimError::bad("invalidValue", "`value` is missing.")),
        _ => Ok(Operation { verb, path, value }),
    }
}

fn field<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}
