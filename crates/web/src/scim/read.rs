//! Reading what the directory sends into the one shape that everything else works on: names as the schemas write them,
//! no unknown attributes, none that only this side may set, no empty ones.

use serde_json::{Map, Value};

use super::error::ScimError;
use super::schema::{Attribute, Kind, Mutability, ResourceKind, find};

/// One text of an attribute: a paragraph, not a file. Pictures are sent as their address.
const TEXT_LIMIT: usize = 4000;
/// Values of one attribute of a person. The members of a group have a limit of their own.
const VALUES_LIMIT: usize = 200;

/// Reads a whole resource, as it is sent to create or replace one.
pub(crate) fn resource(kind: ResourceKind, body: &Value) -> Result<Map<String, Value>, ScimError> {
    let Value::Object(sent) = body else { return Err(ScimError::syntax("Send a JSON object.")) };
    says_its_schema(kind, sent)?;
    let mut read = Map::new();
    for (name, value) in sent {
        let extension = kind.extensions().iter().find(|schema| schema.id.eq_ignore_ascii_case(name));
        if let Some(schema) = extension {
            let inner = parts(schema.id, schema.attributes, value)?;
            if !inner.is_empty() {
                read.insert(schema.id.to_owned(), Value::Object(inner));
            }
        } else if name.eq_ignore_ascii_case("externalId") {
            if let Some(id) = text("externalId", value)? {
                read.insert("externalId".to_owned(), id);
            }
        } else if let Some(attribute) = find(kind.core().attributes, name)
            && attribute.mutability != Mutability::ReadOnly
            && let Some(value) = attribute_value(attribute, value)?
            && read.insert(attribute.name.to_owned(), value).is_some()
        {
            return Err(ScimError::syntax(format!("`{}` comes twice.", attribute.name)));
        }
    }
    complete(kind, &read)?;
    Ok(read)
}

/// Refuses a resource that lacks what it has to have. One that does not say whether the person is active is taken all the
/// same: they are what they were.
pub(crate) fn complete(kind: ResourceKind, resource: &Map<String, Value>) -> Result<(), ScimError> {
    let lacks = |wanted: &&Attribute| wanted.name != "active" && !resource.contains_key(wanted.name);
    let missing = kind.core().attributes.iter().filter(|wanted| wanted.required).find(lacks);
    missing.map_or(Ok(()), |missing| Err(ScimError::value(missing.name, "it is needed")))
}

fn says_its_schema(kind: ResourceKind, sent: &Map<String, Value>) -> Result<(), ScimError> {
    let own = kind.core().id;
    let schemas = sent.iter().find(|(name, _)| name.eq_ignore_ascii_case("schemas")).map(|(_, value)| value);
    let named = schemas.and_then(Value::as_array).is_some_and(|schemas| {
        schemas.iter().any(|schema| schema.as_str().is_some_and(|text| text.eq_ignore_ascii_case(own)))
    });
    if named { Ok(()) } else { Err(ScimError::syntax(format!("`schemas` has to name `{own}`."))) }
}

/// Reads the value of an attribute. None: it has none (RFC 7643, section 2.5).
pub(crate) fn attribute_value(attribute: &Attribute, value: &Value) -> Result<Option<Value>, ScimError> {
    if !attribute.many {
        return single(attribute, value);
    }
    let mut values = match value {
        Value::Null => return Ok(None),
        Value::Array(values) => values
            .iter()
            .filter_map(|value| single(attribute, value).transpose())
            .collect::<Result<_, _>>()?,
        // Some send the only value without the brackets.
        one => single(attribute, one)?.into_iter().collect::<Vec<_>>(),
    };
    if values.len() > VALUES_LIMIT && attribute.name != "members" {
        return Err(ScimError::value(attribute.name, &format!("at most {VALUES_LIMIT} values")));
    }
    if values.iter().filter(|value| is_primary(value)).count() > 1 {
        return Err(ScimError::value(attribute.name, "one value at most is the primary one"));
    }
    values.shrink_to_fit();
    Ok(if values.is_empty() { None } else { Some(Value::Array(values)) })
}

pub(crate) fn is_primary(value: &Value) -> bool {
    value.get("primary").and_then(Value::as_bool).unwrap_or(false)
}

/// Reads one value.
pub(crate) fn single(attribute: &Attribute, value: &Value) -> Result<Option<Value>, ScimError> {
    match (attribute.kind, value) {
        (_, Value::Null) => Ok(None),
        (Kind::Flag, value) => flag(attribute.name, value).map(|flag| Some(Value::Bool(flag))),
        (Kind::Complex(parts_of), Value::Object(_)) => {
            let read = parts(attribute.name, parts_of, value)?;
            Ok(if read.is_empty() { None } else { Some(Value::Object(read)) })
        }
        // Entra sends a manager, and some send members, as the bare id.
        (Kind::Complex(parts_of), Value::String(_)) if find(parts_of, "value").is_some() => {
            let inner = text(attribute.name, value)?;
            Ok(inner.map(|inner| Value::Object(Map::from_iter([("value".to_owned(), inner)]))))
        }
        (Kind::Complex(_), _) => Err(ScimError::value(attribute.name, "expected an object")),
        (Kind::Text | Kind::Moment | Kind::Reference(_), value) => text(attribute.name, value),
    }
}

/// Reads the parts of a complex attribute, or the attributes of an extension.
fn parts(of: &str, attributes: &'static [Attribute], value: &Value) -> Result<Map<String, Value>, ScimError> {
    let sent = match value {
        Value::Null => return Ok(Map::new()),
        Value::Object(sent) => sent,
        _ => return Err(ScimError::value(of, "expected an object")),
    };
    let mut read = Map::new();
    for (name, value) in sent {
        if let Some(attribute) = find(attributes, name)
            && attribute.mutability != Mutability::ReadOnly
            && let Some(value) = attribute_value(attribute, value)?
        {
            read.insert(attribute.name.to_owned(), value);
        }
    }
    Ok(read)
}

/// True or false, also as the texts that Entra sends: `"True"`, `"False"`.
fn flag(name: &str, value: &Value) -> Result<bool, ScimError> {
    match value {
        Value::Bool(flag) => Ok(*flag),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Ok(false),
        _ => Err(ScimError::value(name, "expected true or false")),
    }
}

fn text(name: &str, value: &Value) -> Result<Option<Value>, ScimError> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.is_empty() => Ok(None),
        Value::String(text) if text.chars().count() > TEXT_LIMIT => {
            Err(ScimError::value(name, &format!("at most {TEXT_LIMIT} characters")))
        }
        Value::String(text) if text.contains('\0') => Err(ScimError::value(name, "no NUL characters")),
        Value::String(_) => Ok(Some(value.clone())),
        _ => Err(ScimError::value(name, "expected a text")),
    }
}
