use app::accounts::Methods;

use crate::pages::{Moment, Zone};

/// The ways in which a person can prove here who they are.
pub(super) struct MethodsView {
    pub(super) login: Option<String>,
    pub(super) has_totp: bool,
    pub(super) recovery_codes: u64,
    pub(super) are_passkeys_possible: bool,
    pub(super) passkeys: Vec<PasskeyView>,
}

/// A passkey as it is listed.
pub(super) struct PasskeyView {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) made: Moment,
    pub(super) used: Option<Moment>,
}

impl MethodsView {
    pub(super) fn of(methods: Methods, are_passkeys_possible: bool, zone: Zone) -> Self {
        let passkeys = methods.passkeys.into_iter().map(|passkey| PasskeyView {
            id: passkey.id.to_string(),
            name: passkey.name,
            made: zone.day(passkey.created_at),
            used: passkey.last_used_at.map(|at| zone.ago(at)),
        });
        Self {
            login: methods.login,
            has_totp: methods.has_totp,
            recovery_codes: methods.recovery_codes,
            are_passkeys_possible,
            passkeys: passkeys.collect(),
        }
    }
}
