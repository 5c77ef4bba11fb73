use model::DefinitionHash;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// What of a served tool is its definition: everything that a person judges it by, and a model is steered by.
const PARTS: [&str; 6] = ["name", "title", "description", "inputSchema", "outputSchema", "annotations"];

/// A tool's definition: the judged parts, exactly as they were served, and their digest.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// The parts that were served; one that was not is left out.
    pub value: Value,
    /// SHA-256 of the parts as canonical JSON (RFC 8785): the order of members and white space do not count.
    pub hash: DefinitionHash,
}

impl Definition {
    /// The definition in a tool as `tools/list` serves it. None: it has no canonical form, which only numbers beyond
    /// floating point lack.
    pub fn of(served: &Value) -> Option<Self> {
        let parts: Map<String, Value> =
            PARTS.iter().filter_map(|part| Some(((*part).to_owned(), served.get(part)?.clone()))).collect();
        let value = Value::Object(parts);
        let canonical = serde_json_canonicalizer::to_vec(&value).ok()?;
        Some(Self { value, hash: DefinitionHash(Sha256::digest(canonical).into()) })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_a_person_judges_moves_the_hash() {
        let served = json!({"name": "echo", "description": "Says it again.", "inputSchema": {"type": "object", "b": 1}});
        let hash = |value: &Value| Definition::of(value).unwrap().hash;
        let first = hash(&served);
        let same = [
            json!({"inputSchema": {"b": 1.0, "type": "object"}, "description": "Says it again.", "name": "echo"}),
            json!({"name": "echo", "description": "Says it again.", "inputSchema": {"type": "object", "b": 1}, "_meta": {"x": 1}}),
        ];
        for other in &same {
            assert_eq!(hash(other), first, "{other}");
        }
        for (part, value) in [
            ("name", json!("Echo")),
            ("title", json!("Echo")),
            ("description", json!("Says it again")),
            ("inputSchema", json!({"type": "object", "b": 2})),
            ("outputSchema", json!({})),
            ("annotations", json!({"readOnlyHint": true})),
        ] {
            let mut other = served.clone();
            other[part] = value;
            assert_ne!(hash(&other), first, "{part}");
        }
    }

    /// Worked out by hand from RFC 8785: members in order, no white space.
    #[test]
    fn the_hash_is_that_of_the_canonical_form() {
        let definition = Definition::of(&json!({"name": "a", "inputSchema": {}, "icons": []})).unwrap();
        let expected = Sha256::digest(br#"{"inputSchema":{},"name":"a"}"#);
        assert_eq!(definition.hash.0[..], expected[..]);
        assert_eq!(definition.value, json!({"name": "a", "inputSchema": {}}));
    }
}
