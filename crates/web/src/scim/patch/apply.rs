use serde_json::{Map, Value};

use super::{Operation, Verb};
use crate::scim::error::ScimError;
use crate::scim::filter::{Filter, Literal, Operator, parse_path};
use crate::scim::matches::{names_parts, value_matches};
use crate::scim::read::{attribute_value, is_primary, single};
use crate::scim::schema::{Attribute, Kind, Mutability, Resolved, ResourceKind, find, resolve};

type Object = Map<String, Value>;

/// Where an operation works, and how.
struct Place<'a> {
    verb: Verb,
    attribute: &'static Attribute,
    part: Option<&'static Attribute>,
    which: Option<&'a Filter>,
}

pub(super) fn apply(
    kind: ResourceKind,
    resource: &mut Object,
    operation: &Operation,
) -> Result<(), ScimError> {
    match (&operation.path, &operation.value) {
        (Some(path), value) => at_path(kind, resource, operation.verb, path, value.as_ref()),
        (None, Some(Value::Object(values))) => {
            // Without a path the value names what changes; Entra's names are whole paths.
            for (name, value) in values {
                named(kind, resource, operation.verb, name, value)?;
            }
            Ok(())
        }
        (None, _) => Err(ScimError::bad("invalidValue", "Without a `path`, `value` has to be an object.")),
    }
}

/// One entry of a value without a path. What is unknown is left alone, as in a resource that is sent whole.
fn named(
    kind: ResourceKind,
    resource: &mut Object,
    verb: Verb,
    name: &str,
    value: &Value,
) -> Result<(), ScimError> {
    let Some(path) = parse_path(name).ok() else { return Ok(()) };
    let settable = |found: Resolved| {
        found.attribute.is_none_or(|attribute| attribute.mutability != Mutability::ReadOnly)
            && found.attribute.is_none_or(|attribute| !attribute.always)
    };
    match resolve(kind, &path.attribute) {
        Some(found) if settable(found) => at_path(kind, resource, verb, name, Some(value)),
        _ => Ok(()),
    }
}

fn at_path(
    kind: ResourceKind,
    resource: &mut Object,
    verb: Verb,
    text: &str,
    value: Option<&Value>,
) -> Result<(), ScimError> {
    let wrong = |detail: String| ScimError::bad("invalidPath", detail);
    let path = parse_path(text).map_err(|error| wrong(format!("`{text}`: {error}.")))?;
    let found =
        resolve(kind, &path.attribute).ok_or_else(|| wrong(format!("There is no attribute `{text}`.")))?;
    let Some(attribute) = found.attribute else {
        return extension(kind, resource, verb, &path.attribute.to_string(), value);
    };
    // The schemas follow from the attributes.
    if attribute.name == "schemas" {
        return Ok(());
    }
    let fixed = |attribute: &Attribute| attribute.mutability == Mutability::ReadOnly;
    if fixed(attribute) || found.part.is_some_and(fixed) {
        return Err(ScimError::bad("mutability", format!("`{text}` cannot be changed.")));
    }
    if let Some(which) = &path.which
        && !(attribute.many && names_parts(attribute.parts(), which))
    {
        return Err(wrong(format!("`{text}`: the brackets name something that is not there.")));
    }
    let place = Place { verb, attribute, part: found.part, which: path.which.as_ref() };
    match found.extension {
        None => change(resource, &place, value),
        Some(urn) => {
            let inner = resource.entry(urn.to_owned()).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                change(inner, &place, value)?;
            }
            if inner.as_object().is_none_or(Map::is_empty) {
                resource.remove(urn);
            }
            Ok(())
        }
    }
}

/// An extension as a whole.
fn extension(
    kind: ResourceKind,
    resource: &mut Object,
    verb: Verb,
    urn: &str,
    value: Option<&Value>,
) -> Result<(), ScimError> {
    let schema = kind.extensions().iter().find(|schema| schema.id.eq_ignore_ascii_case(urn));
    let Some(schema) = schema else { return Ok(()) };
    match (verb, value) {
        (Verb::Remove, _) | (_, None | Some(Value::Null)) => {
            resource.remove(schema.id);
            Ok(())
        }
        (_, Some(Value::Object(values))) => values.iter().try_for_each(|(name, value)| {
            named(kind, resource, verb, &format!("{}:{name}", schema.id), value)
        }),
        _ => Err(ScimError::value(schema.id, "expected an object")),
    }
}

fn change(within: &mut Object, place: &Place<'_>, value: Option<&Value>) -> Result<(), ScimError> {
    if place.attribute.many { several(within, place, value) } else { one(within, place, value) }
}

/// An attribute with one value.
fn one(within: &mut Object, place: &Place<'_>, value: Option<&Value>) -> Result<(), ScimError> {
    let name = place.attribute.name;
    let remove = place.verb == Verb::Remove;
    if let Some(part) = place.part {
        let whole = within.entry(name.to_owned()).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(whole) = whole {
            put(whole, part, value.filter(|_| !remove))?;
        }
        if whole.as_object().is_none_or(Map::is_empty) {
            within.remove(name);
        }
        return Ok(());
    }
    let read = match value.filter(|_| !remove) {
        Some(value) => single(place.attribute, value)?,
        None => None,
    };
    match (within.get_mut(name), read) {
        // The parts that are given take the place of those that are there; the others stay.
        (Some(Value::Object(there)), Some(Value::Object(given))) => there.extend(given),
        (_, Some(given)) => drop(within.insert(name.to_owned(), given)),
        (_, None) => drop(within.remove(name)),
    }
    Ok(())
}

fn put(whole: &mut Object, part: &'static Attribute, value: Option<&Value>) -> Result<(), ScimError> {
    match value.map(|value| attribute_value(part, value)).transpose()?.flatten() {
        Some(value) => drop(whole.insert(part.name.to_owned(), value)),
        None => drop(whole.remove(part.name)),
    }
    Ok(())
}

/// An attribute with several values.
fn several(within: &mut Object, place: &Place<'_>, value: Option<&Value>) -> Result<(), ScimError> {
    let name = place.attribute.name;
    let mut values = match within.remove(name) {
        Some(Value::Array(values)) => values,
        _ => Vec::new(),
    };
    let primaries: Vec<Value> = values.iter().filter(|value| is_primary(value)).cloned().collect();
    match (place.which, place.part) {
        (None, None) => whole_list(&mut values, place, value)?,
        _ => chosen(&mut values, place, value)?,
    }
    values.retain(|value| value.as_object().is_none_or(|object| !object.is_empty()));
    one_primary(&mut values, &primaries);
    if !values.is_empty() {
        let checked = attribute_value(place.attribute, &Value::Array(values))?;
        within.extend(checked.map(|values| (name.to_owned(), values)));
    }
    Ok(())
}

fn whole_list(values: &mut Vec<Value>, place: &Place<'_>, value: Option<&Value>) -> Result<(), ScimError> {
    let given = match value.map(|value| attribute_value(place.attribute, value)).transpose()?.flatten() {
        Some(Value::Array(given)) => given,
        _ => Vec::new(),
    };
    match place.verb {
        Verb::Replace => *values = given,
        Verb::Add => {
            for new in given {
                if !values.iter().any(|old| is_same(old, &new)) {
                    values.push(new);
                }
            }
        }
        // Entra names what to remove in the value.
        Verb::Remove if value.is_some_and(|value| !value.is_null()) => {
            values.retain(|old| !given.iter().any(|gone| is_named(old, gone)));
        }
        Verb::Remove => values.clear(),
    }
    Ok(())
}

/// Whether two values are one: members by what they name, all others as a whole.
fn is_same(old: &Value, new: &Value) -> bool {
    let is_member =
        |value: &Value| value.get("type").is_none_or(|kind| kind == "User") && value.get("primary").is_none();
    match (old.get("value"), new.get("value")) {
        (Some(one), Some(other)) if is_member(old) && is_member(new) => one == other,
        _ => old == new,
    }
}

/// Whether a value is the one that is to go: by its `value` where that is said, else as a whole.
fn is_named(old: &Value, gone: &Value) -> bool {
    let agrees = |name: &str| gone.get(name).is_none_or(|said| old.get(name) == Some(said));
    if gone.get("value").is_some() { agrees("value") && agrees("type") } else { old == gone }
}

/// The values that a filter chooses, or all of them where only a part is named.
fn chosen(values: &mut Vec<Value>, place: &Place<'_>, value: Option<&Value>) -> Result<(), ScimError> {
    let parts = place.attribute.parts();
    let is_chosen = |value: &Value| match (place.which, value.as_object()) {
        (Some(which), Some(object)) => value_matches(parts, object, which),
        (None, _) => true,
        (Some(_), None) => false,
    };
    if place.verb == Verb::Remove && place.part.is_none() {
        values.retain(|value| !is_chosen(value));
        return Ok(());
    }
    let mut any = false;
    for object in values.iter_mut().filter(|value| is_chosen(value)).filter_map(Value::as_object_mut) {
        any = true;
        alter(object, place, value)?;
    }
    match place.verb {
        Verb::Remove => Ok(()),
        _ if any => Ok(()),
        Verb::Replace if place.which.is_some() => Err(ScimError::bad(
            "noTarget",
            format!("No value of `{}` fulfils the brackets.", place.attribute.name),
        )),
        Verb::Add | Verb::Replace => {
            let mut new = place.which.map(|which| described(parts, which)).transpose()?.unwrap_or_default();
            alter(&mut new, place, value)?;
            values.push(Value::Object(new));
            Ok(())
        }
    }
}

fn alter(object: &mut Object, place: &Place<'_>, value: Option<&Value>) -> Result<(), ScimError> {
    let value = value.filter(|_| place.verb != Verb::Remove);
    if let Some(part) = place.part {
        return put(object, part, value);
    }
    if let (Kind::Complex(_), Some(value)) = (place.attribute.kind, value)
        && let Some(Value::Object(given)) = single(place.attribute, value)?
    {
        object.extend(given);
    }
    Ok(())
}

/// The value that a filter describes, for adding one that is not there yet: `type eq "work"` is one of type work.
fn described(parts: &'static [Attribute], which: &Filter) -> Result<Object, ScimError> {
    match which {
        Filter::And(one, other) => {
            let mut object = described(parts, one)?;
            object.extend(described(parts, other)?);
            Ok(object)
        }
        Filter::Compare(path, Operator::Equal, literal) => {
            let value = match literal {
                Literal::Text(text) => Value::from(text.as_str()),
                Literal::Flag(flag) => Value::from(*flag),
                Literal::Number(_) | Literal::Null => return Err(cannot_add()),
            };
            let part = find(parts, &path.name).ok_or_else(cannot_add)?;
            Ok(Map::from_iter([(part.name.to_owned(), value)]))
        }
        _ => Err(cannot_add()),
    }
}

fn cannot_add() -> ScimError {
    ScimError::bad("noTarget", "No value fulfils the brackets, and they do not describe one to be added.")
}

/// A value that became the primary one takes that from the one before (RFC 7644, section 3.5.2).
fn one_primary(values: &mut [Value], before: &[Value]) {
    if values.iter().filter(|value| is_primary(value)).count() < 2 {
        return;
    }
    for value in values.iter_mut().filter(|value| before.contains(value)) {
        if let Value::Object(object) = value {
            object.insert("primary".to_owned(), Value::Bool(false));
        }
    }
}
