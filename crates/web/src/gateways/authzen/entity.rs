//! The four parts of an evaluation, each from the item itself or, as a whole, from the defaults beside it.

use serde_json::{Map, Value};

/// Subject or resource.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entity<'v> {
    pub(crate) kind: &'v str,
    pub(crate) id: &'v str,
    properties: Option<&'v Map<String, Value>>,
}

/// One evaluation as it was sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Evaluation<'v> {
    pub(crate) subject: Entity<'v>,
    pub(crate) action: &'v str,
    pub(crate) resource: Entity<'v>,
    context: Option<&'v Map<String, Value>>,
}

impl<'v> Entity<'v> {
    /// A property of it.
    pub(crate) fn property(&self, name: &str) -> Option<&'v Value> {
        self.properties?.get(name)
    }

    fn read(value: &'v Value, name: &str) -> Result<Self, String> {
        let text = |key: &str| {
            let text = value.get(key).and_then(Value::as_str);
            text.ok_or_else(|| format!("`{name}.{key}` is required, as a string"))
        };
        let properties = object(value.get("properties"), &format!("{name}.properties"))?;
        Ok(Self { kind: text("type")?, id: text("id")?, properties })
    }
}

impl<'v> Evaluation<'v> {
    /// Reads an evaluation. What the item says replaces the default as a whole. The error says what is missing.
    pub(crate) fn read(
        defaults: &'v Map<String, Value>,
        item: Option<&'v Map<String, Value>>,
    ) -> Result<Self, String> {
        let part = |name: &str| item.and_then(|item| item.get(name)).or_else(|| defaults.get(name));
        let required = |name: &str| {
            part(name)
                .filter(|value| value.is_object())
                .ok_or_else(|| format!("`{name}` is required, as an object"))
        };
        let action = required("action")?.get("name").and_then(Value::as_str);
        Ok(Self {
            subject: Entity::read(required("subject")?, "subject")?,
            action: action.ok_or("`action.name` is required, as a string")?,
            resource: Entity::read(required("resource")?, "resource")?,
            context: object(part("context"), "context")?,
        })
    }

    /// A member of the context.
    pub(crate) fn context(&self, name: &str) -> Option<&'v Value> {
        self.context?.get(name).filter(|value| !value.is_null())
    }

    /// Whether the caller wants to know more than the decision.
    pub(crate) fn wants_explanation(&self) -> bool {
        self.context("explain") == Some(&Value::Bool(true))
    }
}

fn object<'v>(value: Option<&'v Value>, name: &str) -> Result<Option<&'v Map<String, Value>>, String> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(map)) => Ok(Some(map)),
        Some(_) => Err(format!("`{name}` must be an object")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn map(value: Value) -> Map<String, Value> {
        match value {
            Value::Object(map) => map,
            other => panic!("not an object: {other}"),
        }
    }

    #[test]
    fn an_item_replaces_defaults_as_a_whole() {
        let defaults = map(json!({
            "subject": {"type": "agent", "id": "a", "properties": {"x": 1}},
            "action": {"name": "tools/call"},
            "context": {"server": "github", "explain": true},
        }));
        let item = map(json!({
            "subject": {"type": "agent", "id": "b"}, "resource": {"type": "tool", "id": "t"}, "context": {"more": 1}
        }));
        let read = Evaluation::read(&defaults, Some(&item)).expect("an evaluation");
        assert_eq!((read.subject.id, read.subject.property("x")), ("b", None));
        assert_eq!((read.action, read.resource.id), ("tools/call", "t"));
        assert_eq!((read.context("server"), read.wants_explanation()), (None, false));
    }

    #[test]
    fn what_is_missing_is_named() {
        let whole = json!({
            "subject": {"type": "agent", "id": "a"}, "action": {"name": "x"}, "resource": {"type": "t", "id": "r"},
            "unknown": 1
        });
        assert!(Evaluation::read(&map(whole.clone()), None).is_ok());
        let cases = [
            ("/subject", json!(null), "`subject` is required, as an object"),
            ("/subject", json!("a"), "`subject` is required, as an object"),
            ("/subject/type", json!(null), "`subject.type` is required, as a string"),
            ("/subject/id", json!(7), "`subject.id` is required, as a string"),
            ("/action", json!([]), "`action` is required, as an object"),
            ("/action/name", json!(null), "`action.name` is required, as a string"),
            ("/resource", json!(null), "`resource` is required, as an object"),
            ("/resource/id", json!({}), "`resource.id` is required, as a string"),
        ];
        for (path, value, expected) in cases {
            let mut broken = whole.clone();
            *broken.pointer_mut(path).expect("a path") = value;
            assert_eq!(Evaluation::read(&map(broken), None).expect_err(path), expected);
        }
    }
}
