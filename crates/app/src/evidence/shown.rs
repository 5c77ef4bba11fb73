use model::Fact;
use serde_json::Value;

/// A fact as evidence shows it: all of it but the hash of a key, which nobody outside has any use for.
pub fn shown(fact: &Fact) -> Value {
    let mut value = serde_json::to_value(fact).unwrap_or_default();
    if let (Fact::Key(_), Some(Value::Object(key))) = (fact, value.get_mut("is")) {
        key.remove("hash");
    }
    value
}
