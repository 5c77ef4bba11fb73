//! JSON as an enforcement point has to read it: what one reader takes for another thing than the next is refused.
//!
//! A repeated key is read as its first value by some and its last by others, so that a call could be checked as one
//! tool and run as another (Envoy's MCP filter takes the last). Here it is an error, at any depth.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Bytes that are not one JSON document, or one that can be read in two ways. Says at which line and column, counted
/// from one.
#[derive(Debug, thiserror::Error)]
#[error("not acceptable as JSON: {0}")]
pub(crate) struct NotJson(#[from] serde_json::Error);

/// Reads one JSON document. Refuses repeated keys, nesting deeper than 128 (the reader's own bound, which keeps the
/// stack small), bytes after the document, and what is not UTF-8.
pub(crate) fn parse(bytes: &[u8]) -> Result<Value, NotJson> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Strict.deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Builds a value and minds its keys.
#[derive(Clone, Copy)]
struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("a number out of range"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if map.contains_key(&key) {
                return Err(A::Error::custom(format_args!("the key `{key}` comes twice")));
            }
            let value = entries.next_value_seed(self)?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_can_be_read_in_two_ways_is_refused() {
        let cases = [
            (r#"{"a":1,"a":2}"#, "twice"),
            (r#"{"a":1,"\u0061":2}"#, "twice"),
            (r#"{"x":[{"b":{"a":1,"a":1}}]}"#, "twice"),
            (r#"{"":1,"":2}"#, "twice"),
            ("{} {}", "trailing"),
            ("{}x", "trailing"),
            ("", "EOF"),
            ("\u{feff}{}", "expected value"),
            ("{'a':1}", "key must be a string"),
            ("[1,]", "trailing comma"),
            ("NaN", "expected value"),
            ("1e999", "out of range"),
            (r#""\ud800""#, "hex escape"),
        ];
        for (given, expected) in cases {
            let error = parse(given.as_bytes()).expect_err(given).to_string();
            assert!(error.contains(expected), "{given}: {error}");
        }
        assert!(parse(b"\"\xff\"").is_err());
    }

    #[test]
    fn the_position_is_told() {
        let error = parse(b"{\n  \"a\": 1,\n  \"a\": 2\n}").expect_err("a repeated key");
        assert_eq!(error.to_string(), "not acceptable as JSON: the key `a` comes twice at line 3 column 5");
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(nested(127).as_bytes()).is_ok());
        assert!(parse(nested(129).as_bytes()).is_err());
        assert!(parse("[".repeat(1_000_000).as_bytes()).is_err());
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_filter_map("finite", |f| Number::from_f64(f).map(Value::Number)),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|m| Value::Object(m.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_back(value in value()) {
            let text = serde_json::to_vec(&value).expect("a value can be written");
            prop_assert_eq!(parse(&text).expect("reads"), value);
        }

        #[test]
        fn it_takes_nothing_that_the_lenient_reader_refuses(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(value) = parse(&bytes) {
                prop_assert_eq!(serde_json::from_slice::<Value>(&bytes).expect("also lenient"), value);
            }
        }

        #[test]
        fn a_repeated_key_is_found_wherever_it_is(key in any::<String>(), value in value(), depth in 0usize..20) {
            let key = Value::from(key).to_string();
            let inner = format!("{{{key}:{value},{key}:{value}}}");
            let text = (0..depth).fold(inner, |inner, _| format!("{{\"in\":[{inner}]}}"));
            prop_assert!(parse(text.as_bytes()).is_err());
        }
    }
}
