//! Which attributes of a resource are shown (RFC 7644, section 3.9).

use serde_json::{Map, Value};

use super::filter::parse_path;
use super::schema::{Resolved, ResourceKind, resolve};

/// What is asked to be shown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shown {
    /// Only these. Empty: what is usual.
    pub(crate) attributes: Vec<String>,
    /// Not these.
    pub(crate) excluded: Vec<String>,
}

impl Shown {
    /// The resource with what is asked for. What is always shown stays; names that mean nothing here do nothing.
    pub(crate) fn of(&self, kind: ResourceKind, resource: Value) -> Value {
        let Value::Object(mut whole) = resource else { return resource };
        if !self.attributes.is_empty() {
            return Value::Object(only(&whole, &named(kind, &self.attributes)));
        }
        for path in named(kind, &self.excluded) {
            take(&mut whole, path);
        }
        Value::Object(whole)
    }

    /// Whether an attribute need not even be worked out.
    pub(crate) fn leaves_out(&self, kind: ResourceKind, name: &str) -> bool {
        let names = |list: &[String]| {
            named(kind, list).iter().any(|path| path.attribute.is_some_and(|a| a.name == name))
        };
        let whole = |path: &Resolved| path.part.is_none() && path.attribute.is_some_and(|a| a.name == name);
        if self.attributes.is_empty() {
            named(kind, &self.excluded).iter().any(whole)
        } else {
            !names(&self.attributes)
        }
    }
}

fn named(kind: ResourceKind, names: &[String]) -> Vec<Resolved> {
    let path = |name: &String| resolve(kind, &parse_path(name.trim()).ok()?.attribute);
    names.iter().filter_map(path).collect()
}

fn only(whole: &Map<String, Value>, paths: &[Resolved]) -> Map<String, Value> {
    let mut shown = Map::new();
    for (name, value) in whole {
        if name == "schemas" || name == "id" {
            shown.insert(name.clone(), value.clone());
        }
    }
    for path in paths {
        let (from, name) = match path.extension {
            None => (Some(whole), None),
            Some(urn) => (whole.get(urn).and_then(Value::as_object), Some(urn)),
        };
        let Some(from) = from else { continue };
        let into = match name {
            None => &mut shown,
            Some(urn) => match shown.entry(urn.to_owned()).or_insert_with(|| Value::Object(Map::new())) {
                Value::Object(inner) => inner,
                _ => continue,
            },
        };
        show(from, *path, into);
    }
    shown
}

fn show(from: &Map<String, Value>, path: Resolved, into: &mut Map<String, Value>) {
    let Some(attribute) = path.attribute else {
        into.extend(from.clone());
        return;
    };
    let Some(value) = from.get(attribute.name) else { return };
    let value = match path.part {
        None => value.clone(),
        Some(part) => {
            let of = |value: &Value| {
                let part_value = value.get(part.name)?.clone();
                Some(Value::Object(Map::from_iter([(part.name.to_owned(), part_value)])))
            };
            match value {
                Value::Array(values) => Value::Array(values.iter().filter_map(of).collect()),
                value => of(value).unwrap_or_default(),
            }
        }
    };
    match (into.get_mut(attribute.name), value) {
        // Two parts of one attribute are shown together.
        (Some(Value::Object(there)), Value::Object(more)) => there.extend(more),
        (Some(Value::Array(there)), Value::Array(more)) if there.len() == more.len() => {
            for (one, more) in there.iter_mut().zip(more) {
                if let (Value::Object(one), Value::Object(more)) = (one, more) {
                    one.extend(more);
                }
            }
        }
        (_, value) => drop(into.insert(attribute.name.to_owned(), value)),
    }
}

fn take(whole: &mut Map<String, Value>, path: Resolved) {
    let within = match path.extension {
        None => Some(whole),
        Some(urn) if path.attribute.is_none() => {
            whole.remove(urn);
            None
        }
        Some(urn) => whole.get_mut(urn).and_then(Value::as_object_mut),
    };
    let (Some(within), Some(attribute)) = (within, path.attribute) else { return };
    if attribute.always {
        return;
    }
    let Some(part) = path.part else {
        within.remove(attribute.name);
        return;
    };
    match within.get_mut(attribute.name) {
        Some(Value::Array(values)) => {
            for value in values.iter_mut().filter_map(Value::as_object_mut) {
                value.remove(part.name);
            }
        }
        Some(Value::Object(value)) => drop(value.remove(part.name)),
        _ => {}
    }
}
