use model::Fact;
use serde_json::Value;

/// A fact as evidence shows it: all of it but the hash of a secret, which nobody outside has any use for, and but which
/// connection of another organization an account is of.
pub fn shown(fact: &Fact) -> Value {
    let mut value = serde_json::to_value(fact).unwrap_or_default();
    if let (Fact::Key(_) | Fact::MemberInvitation(_), Some(Value::Object(secret))) =
        (fact, value.get_mut("is"))
    {
        secret.remove("hash");
    }
    if let (Fact::AcceptedIdentity(_), Some(Value::Object(identity))) = (fact, value.get_mut("is")) {
        identity.remove("connection");
        identity.remove("voucher");
    }
    value
}
