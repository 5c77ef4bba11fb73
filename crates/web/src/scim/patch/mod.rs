//! Changing a resource by operations (RFC 7644, section 3.5.2), in the shapes that Okta and Entra send them.
//!
//! A resource is changed whole or not at all: the operations work on a copy, in the shape of `scim::read`, and what comes
//! out is checked like a resource that was sent whole.

mod apply;
mod read;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use super::error::ScimError;
use super::schema::ResourceKind;

pub(crate) use read::operations;

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Add,
    Replace,
    Remove,
}

/// One operation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Operation {
    /// What it does.
    pub(crate) verb: Verb,
    /// To what. None: to what the value names.
    pub(crate) path: Option<String>,
    /// With what.
    pub(crate) value: Option<Value>,
}

/// The resource after the operations, in their order.
pub(crate) fn patched(
    kind: ResourceKind,
    resource: &Map<String, Value>,
    operations: &[Operation],
) -> Result<Map<String, Value>, ScimError> {
    let mut changed = resource.clone();
    for operation in operations {
        apply::apply(kind, &mut changed, operation)?;
    }
    super::read::complete(kind, &changed)?;
    Ok(changed)
}
