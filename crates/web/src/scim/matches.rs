//! Asking a filter of a resource.

use std::cmp::Ordering;

use chrono::DateTime;
use serde_json::{Map, Value};

use super::error::ScimError;
use super::filter::{AttributePath, Filter, Literal, Operator};
use super::schema::{Attribute, Kind, Resolved, ResourceKind, find, resolve};

/// Refuses a filter that names an attribute which no resource of these kinds has: it could only be a mistake, and one
/// that silently finds nothing makes a directory create everybody anew.
pub(crate) fn check(kinds: &[ResourceKind], filter: &Filter) -> Result<(), ScimError> {
    let known = |path: &AttributePath| {
        if kinds.iter().any(|kind| resolve(*kind, path).is_some_and(|found| found.attribute.is_some())) {
            return Ok(());
        }
        Err(ScimError::bad("invalidFilter", format!("There is no attribute `{path}` here.")))
    };
    match filter {
        Filter::And(one, other) | Filter::Or(one, other) => {
            check(kinds, one)?;
            check(kinds, other)
        }
        Filter::Not(inner) => check(kinds, inner),
        Filter::Present(path) | Filter::Compare(path, ..) => known(path),
        Filter::Within(path, inner) => {
            known(path)?;
            let parts = kinds.iter().filter_map(|kind| resolve(*kind, path)?.attribute);
            if parts.map(Attribute::parts).any(|parts| names_parts(parts, inner)) {
                return Ok(());
            }
            Err(ScimError::bad(
                "invalidFilter",
                format!("`{path}` has no part that is named in the brackets."),
            ))
        }
    }
}

/// Whether everything that a filter names is among these parts.
pub(crate) fn names_parts(parts: &'static [Attribute], filter: &Filter) -> bool {
    let known = |path: &AttributePath| {
        path.schema.is_none() && path.part.is_none() && find(parts, &path.name).is_some()
    };
    match filter {
        Filter::And(one, other) | Filter::Or(one, other) => {
            names_parts(parts, one) && names_parts(parts, other)
        }
        Filter::Not(inner) => names_parts(parts, inner),
        Filter::Present(path) | Filter::Compare(path, ..) => known(path),
        Filter::Within(..) => false,
    }
}

/// Whether a resource fulfils the filter.
pub(crate) fn matches(kind: ResourceKind, resource: &Value, filter: &Filter) -> bool {
    match filter {
        Filter::And(one, other) => matches(kind, resource, one) && matches(kind, resource, other),
        Filter::Or(one, other) => matches(kind, resource, one) || matches(kind, resource, other),
        Filter::Not(inner) => !matches(kind, resource, inner),
        Filter::Present(path) => resolve(kind, path).is_some_and(|found| !values(resource, found).is_empty()),
        Filter::Compare(path, operator, literal) => {
            let Some(found) = resolve(kind, path) else { return *operator == Operator::NotEqual };
            let Some(attribute) = compared(found) else { return false };
            any(attribute, &values(resource, found), *operator, literal)
        }
        Filter::Within(path, inner) => {
            let Some(found) = resolve(kind, path) else { return false };
            let parts = found.attribute.map(Attribute::parts).unwrap_or_default();
            whole_values(resource, found)
                .iter()
                .any(|value| value.as_object().is_some_and(|value| value_matches(parts, value, inner)))
        }
    }
}

/// Whether one value of a complex attribute fulfils the filter in the brackets.
pub(crate) fn value_matches(
    parts: &'static [Attribute],
    value: &Map<String, Value>,
    filter: &Filter,
) -> bool {
    match filter {
        Filter::And(one, other) => value_matches(parts, value, one) && value_matches(parts, value, other),
        Filter::Or(one, other) => value_matches(parts, value, one) || value_matches(parts, value, other),
        Filter::Not(inner) => !value_matches(parts, value, inner),
        Filter::Present(path) => find(parts, &path.name).is_some_and(|part| value.contains_key(part.name)),
        Filter::Compare(path, operator, literal) => find(parts, &path.name).is_some_and(|part| {
            let found: Vec<&Value> = value.get(part.name).into_iter().collect();
            any(part, &found, *operator, literal)
        }),
        Filter::Within(..) => false,
    }
}

/// The attribute whose kind decides how values compare: the part named, or `value` where a complex one is named whole.
fn compared(found: Resolved) -> Option<&'static Attribute> {
    let attribute = found.attribute?;
    found.part.or_else(|| match attribute.kind {
        Kind::Complex(parts) => find(parts, "value"),
        _ => Some(attribute),
    })
}

/// Every value that a path names in a resource.
pub(crate) fn values(resource: &Value, found: Resolved) -> Vec<&Value> {
    let whole = whole_values(resource, found);
    let part = found.part.or_else(|| {
        let attribute = found.attribute.filter(|attribute| attribute.many)?;
        find(attribute.parts(), "value")
    });
    match part {
        None => whole,
        Some(part) => whole.into_iter().filter_map(|value| value.get(part.name)).collect(),
    }
}

fn whole_values(resource: &Value, found: Resolved) -> Vec<&Value> {
    let within = match found.extension {
        None => Some(resource),
        Some(urn) => resource.get(urn),
    };
    match (within, found.attribute) {
        (Some(within), Some(attribute)) => match within.get(attribute.name) {
            Some(Value::Array(values)) => values.iter().collect(),
            Some(Value::Null) | None => Vec::new(),
            Some(value) => vec![value],
        },
        (Some(within), None) => vec![within],
        (None, _) => Vec::new(),
    }
}

fn any(attribute: &Attribute, values: &[&Value], operator: Operator, literal: &Literal) -> bool {
    // Nothing is the same as null, and different from everything else.
    if values.is_empty() {
        return match operator {
            Operator::Equal => *literal == Literal::Null,
            Operator::NotEqual => *literal != Literal::Null,
            _ => false,
        };
    }
    values.iter().any(|value| one(attribute, value, operator, literal))
}

fn one(attribute: &Attribute, value: &Value, operator: Operator, literal: &Literal) -> bool {
    match (value, literal) {
        (Value::Bool(is), Literal::Flag(wanted)) => equality(operator, is == wanted),
        // Entra asks `active eq "true"` too.
        (Value::Bool(is), Literal::Text(wanted)) => {
            equality(operator, wanted.eq_ignore_ascii_case(if *is { "true" } else { "false" }))
        }
        (Value::String(is), Literal::Text(wanted)) => match attribute.kind {
            Kind::Moment => moments(is, wanted).is_some_and(|order| ordered(operator, order)),
            _ if attribute.exact => texts(is, wanted, operator),
            _ => texts(&is.to_lowercase(), &wanted.to_lowercase(), operator),
        },
        // Values of different kinds are different.
        _ => operator == Operator::NotEqual,
    }
}

fn equality(operator: Operator, same: bool) -> bool {
    match operator {
        Operator::Equal => same,
        Operator::NotEqual => !same,
        _ => false,
    }
}

fn texts(is: &str, wanted: &str, operator: Operator) -> bool {
    match operator {
        Operator::Contains => is.contains(wanted),
        Operator::StartsWith => is.starts_with(wanted),
        Operator::EndsWith => is.ends_with(wanted),
        other => ordered(other, is.cmp(wanted)),
    }
}

fn moments(is: &str, wanted: &str) -> Option<Ordering> {
    let read = |text: &str| DateTime::parse_from_rfc3339(text).ok();
    Some(read(is)?.cmp(&read(wanted)?))
}

fn ordered(operator: Operator, order: Ordering) -> bool {
    match operator {
        Operator::Equal => order.is_eq(),
        Operator::NotEqual => order.is_ne(),
        Operator::Greater => order.is_gt(),
        Operator::GreaterOrEqual => order.is_ge(),
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Contains | Operator::StartsWith | Operator::EndsWith => false,
    }
}
