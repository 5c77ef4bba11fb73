use app::accounts::BreakGlass;
use model::Snapshot;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::presented::Named;

/// A person who may come in past the organization's provider.
#[derive(Debug, Serialize, ToSchema)]
pub struct BreakGlassView {
    /// Who.
    #[serde(flatten)]
    user: Named,
    /// Whether they have a passkey, or a password with an authenticator. Without either, nobody is let in by it.
    can_sign_in: bool,
}

impl BreakGlassView {
    /// As the organization knows them.
    pub fn of(facts: &Snapshot, named: BreakGlass) -> Self {
        Self { user: Named::user(facts, named.user), can_sign_in: named.can_sign_in }
    }
}
