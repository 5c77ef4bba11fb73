/// What a kind of event brings about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing: it is only acknowledged.
    Nothing,
    /// The person's sessions end. They sign in again, and their agents go on.
    SessionsEnd,
    /// Everything that proves the person ends, and their agents are cut.
    SignedOut,
    /// The person is deactivated.
    Suspended,
}

const CAEP: &str = "https://schemas.openid.net/secevent/caep/event-type/";
const RISC: &str = "https://schemas.openid.net/secevent/risc/event-type/";

/// The effect of an event, by its type: CAEP tells of sessions, RISC of accounts.
pub fn effect(kind: &str) -> Effect {
    let caep = kind.strip_prefix(CAEP);
    let risc = kind.strip_prefix(RISC);
    match (caep, risc) {
        (Some("session-revoked" | "credential-change"), _)
        | (_, Some("account-credential-change-required" | "sessions-revoked")) => Effect::SessionsEnd,
        (_, Some("credential-compromise")) => Effect::SignedOut,
        (_, Some("account-disabled" | "account-purged")) => Effect::Suspended,
        _ => Effect::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_ends_something_has_an_effect() {
        for (kind, expected) in [
            ("caep/event-type/session-revoked", Effect::SessionsEnd),
            ("caep/event-type/credential-change", Effect::SessionsEnd),
            ("caep/event-type/session-established", Effect::Nothing),
            ("risc/event-type/credential-compromise", Effect::SignedOut),
            ("risc/event-type/account-disabled", Effect::Suspended),
            ("risc/event-type/account-purged", Effect::Suspended),
            ("risc/event-type/account-enabled", Effect::Nothing),
            ("ssf/event-type/verification", Effect::Nothing),
        ] {
            assert_eq!(effect(&format!("https://schemas.openid.net/secevent/{kind}")), expected, "{kind}");
        }
        assert_eq!(effect("account-disabled"), Effect::Nothing, "compared whole");
    }
}
