use actix_web::http::StatusCode;
use serde_json::{Map, Value};

use super::MAX_OPERATIONS;
use crate::scim::error::ScimError;
use crate::scim::schema::ResourceKind;

/// The schema of a request.
const REQUEST: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

/// What is asked for.
pub(super) struct Bulk {
    /// After so many mistakes nothing more is done.
    pub(super) fail_on_errors: Option<u64>,
    /// The operations, in their order.
    pub(super) operations: Vec<Operation>,
}

/// One operation.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    pub(super) method: String,
    pub(super) bulk_id: Option<String>,
    pub(super) version: Option<String>,
    pub(super) path: String,
    pub(super) data: Value,
}

/// On what an operation works.
pub(super) struct Place {
    pub(super) kind: ResourceKind,
    /// Which one. None: all of them, where a new one is brought.
    pub(super) id: Option<String>,
}

/// Reads a request. A mistake in one operation is that operation's.
pub(super) fn bulk(body: &Value) -> Result<Bulk, ScimError> {
    let Value::Object(body) = body else { return Err(ScimError::syntax("Send a JSON object.")) };
    let schemas = field(body, "schemas").and_then(Value::as_array);
    if !schemas.is_some_and(|schemas| schemas.iter().any(|schema| schema == REQUEST)) {
        return Err(ScimError::syntax(format!("`schemas` has to name `{REQUEST}`.")));
    }
    let fail_on_errors = match field(body, "failOnErrors") {
        None | Some(Value::Null) => None,
        Some(value) => {
            let number = value.as_u64().filter(|number| *number > 0);
            Some(number.ok_or_else(|| ScimError::value("failOnErrors", "expected a number from one"))?)
        }
    };
    let Some(Value::Array(sent)) = field(body, "Operations") else {
        return Err(ScimError::syntax("`Operations` has to be a list of operations."));
    };
    if sent.len() > MAX_OPERATIONS {
        let detail = format!("At most {MAX_OPERATIONS} operations in one request.");
        return Err(ScimError::new(StatusCode::PAYLOAD_TOO_LARGE, Some("tooMany"), detail));
    }
    Ok(Bulk { fail_on_errors, operations: sent.iter().map(operation).collect::<Result<_, _>>()? })
}

fn operation(sent: &Value) -> Result<Operation, ScimError> {
    let Value::Object(sent) = sent else {
        return Err(ScimError::syntax("An operation has to be a JSON object."));
    };
    let text = |name: &str| match field(sent, name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(ScimError::syntax(format!("`{name}` of an operation has to be a text."))),
    };
    let needed =
        |name: &str| text(name)?.ok_or_else(|| ScimError::syntax(format!("An operation needs a `{name}`.")));
    Ok(Operation {
        method: needed("method")?.to_ascii_uppercase(),
        bulk_id: text("bulkId")?.filter(|id| !id.is_empty()),
        version: text("version")?,
        path: needed("path")?,
        data: field(sent, "data").cloned().unwrap_or_default(),
    })
}

fn field<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

impl Operation {
    /// On what it works.
    pub(super) fn place(&self) -> Result<Place, ScimError> {
        let wrong =
            || ScimError::bad("invalidPath", format!("`{}` is no place for an operation.", self.path));
        let (kind, id) = ResourceKind::ALL
            .into_iter()
            .find_map(|kind| Some((kind, self.path.strip_prefix(kind.endpoint())?)))
            .ok_or_else(wrong)?;
        match id.strip_prefix('/') {
            None if id.is_empty() => Ok(Place { kind, id: None }),
            Some(id) if !id.is_empty() && !id.contains('/') => Ok(Place { kind, id: Some(id.to_owned()) }),
            _ => Err(wrong()),
        }
    }
}
