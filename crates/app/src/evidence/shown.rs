use model::Fact;
use serde_json::Value;

/// A fact as evidence shows it: all of it but the hash of a secret, which nobody outside has any use for.
pub fn shown(fact: &Fact) -> Value {
    let mut value = serde_json::to_value(fact).unwrap_or_default();
    if let (Fact::Key(_) | Fact::MemberInvitation(_), Some(Value::Object(secret))) =
        (fact, value.get_mut("is"))
    {
        secret.remove("hash");
    }
    value
}
