//! Putting ids in the place of `bulkId:…`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::read::Operation;

const MARK: &str = "bulkId:";

/// The bulk ids that an operation names.
pub(super) fn named(operation: &Operation) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    collect(&operation.data, &mut names);
    names.extend(in_path(&operation.path).map(ToOwned::to_owned));
    names
}

fn in_path(path: &str) -> Option<&str> {
    path.split('/').find_map(|part| part.strip_prefix(MARK))
}

fn collect(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => names.extend(text.strip_prefix(MARK).map(ToOwned::to_owned)),
        Value::Array(values) => values.iter().for_each(|value| collect(value, names)),
        Value::Object(object) => object.values().for_each(|value| collect(value, names)),
        _ => {}
    }
}

/// The operation with the ids that are known by now.
pub(super) fn filled(mut operation: Operation, known: &BTreeMap<String, String>) -> Operation {
    fill(&mut operation.data, known);
    if let Some(id) = in_path(&operation.path).and_then(|name| known.get(name)) {
        let parts: Vec<&str> =
            operation.path.split('/').map(|part| if part.starts_with(MARK) { id } else { part }).collect();
        operation.path = parts.join("/");
    }
    operation
}

fn fill(value: &mut Value, known: &BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            if let Some(id) = text.strip_prefix(MARK).and_then(|name| known.get(name)) {
                *text = id.clone();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| fill(value, known)),
        Value::Object(object) => object.values_mut().for_each(|value| fill(value, known)),
        _ => {}
    }
}
