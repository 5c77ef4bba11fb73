//! Sorting a list (RFC 7644, section 3.4.2.3).

use std::cmp::Ordering;

use serde_json::Value;

use super::error::ScimError;
use super::filter::parse_path;
use super::matches::values;
use super::read::is_primary;
use super::schema::{Resolved, ResourceKind, resolve};

/// By what, and which way.
#[derive(Debug, Clone)]
pub(crate) struct Sort {
    by: String,
    descending: bool,
}

impl Sort {
    /// Reads `sortBy` and `sortOrder`.
    pub(crate) fn read(by: String, order: Option<&str>) -> Result<Self, ScimError> {
        let descending = match order.map(str::to_ascii_lowercase).as_deref() {
            None | Some("" | "ascending") => false,
            Some("descending") => true,
            Some(_) => return Err(ScimError::value("sortOrder", "expected `ascending` or `descending`")),
        };
        Ok(Self { by, descending })
    }

    /// Sorts. Resources without a value come last, or first where the order is descending.
    pub(crate) fn sort(&self, resources: &mut [(ResourceKind, Value)]) -> Result<(), ScimError> {
        let wrong =
            || ScimError::bad("invalidPath", format!("There is no attribute `{}` to sort by.", self.by));
        let path = parse_path(&self.by).map_err(|_| wrong())?.attribute;
        let known = ResourceKind::ALL.iter().any(|kind| resolve(*kind, &path).is_some());
        if !known {
            return Err(wrong());
        }
        resources.sort_by_cached_key(|(kind, resource)| {
            let key = resolve(*kind, &path).and_then(|found| key(resource, found));
            Directed { key, descending: self.descending }
        });
        Ok(())
    }
}

#[derive(PartialEq, Eq)]
struct Directed {
    key: Option<String>,
    descending: bool,
}

impl Ord for Directed {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = match (&self.key, &other.key) {
            (Some(one), Some(other)) => one.cmp(other),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        if self.descending { order.reverse() } else { order }
    }
}

impl PartialOrd for Directed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The primary value, or the first.
fn key(resource: &Value, found: Resolved) -> Option<String> {
    let whole = found.attribute.filter(|attribute| attribute.many).and_then(|attribute| {
        let list = resource.get(attribute.name)?.as_array()?;
        let value = list.iter().find(|value| is_primary(value)).or_else(|| list.first())?;
        value.get(found.part.map_or("value", |part| part.name))
    });
    let value = whole.or_else(|| values(resource, found).into_iter().next())?;
    let exact = found.attribute.is_some_and(|attribute| attribute.exact);
    match value {
        Value::String(text) if exact => Some(text.clone()),
        Value::String(text) => Some(text.to_lowercase()),
        Value::Object(_) => None,
        other => Some(other.to_string()),
    }
}
