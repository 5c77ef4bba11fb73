use app::identities::{Idle, OutsideIdentity, Standing};
use chrono::{DateTime, Utc};
use model::Snapshot;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::presented::Named;

/// An account of another organization's provider, by which a person comes in or asks to. Whose provider it is, is not
/// told.
#[derive(Debug, Serialize, ToSchema)]
pub struct IdentityView {
    /// Its id.
    pub id: Uuid,
    /// Who says who they are.
    pub issuer: String,
    /// Who they are, there.
    pub subject: String,
    /// `asked` or `accepted`.
    pub state: &'static str,
    /// Whether a session that came in as it opens the organization. It does not before it is accepted, nor while the
    /// organization demands its own provider, nor while the account's own organization does not vouch for it as it did
    /// when it was accepted.
    pub counts: bool,
    /// Why it does not count, though it was accepted: `demanded` or `not_vouched_for`.
    pub because: Option<&'static str>,
    /// When the person asked last. Null: it was accepted.
    pub asked_at: Option<DateTime<Utc>>,
    /// Who accepted it.
    pub accepted_by: Option<Named>,
    /// When.
    pub accepted_at: Option<DateTime<Utc>>,
}

impl IdentityView {
    /// An account as the organization sees it.
    pub fn of(facts: &Snapshot, identity: OutsideIdentity) -> Self {
        let OutsideIdentity { id, issuer, subject, standing } = identity;
        let asked = Self {
            id: id.uuid(),
            issuer,
            subject,
            state: "asked",
            counts: false,
            because: None,
            asked_at: None,
            accepted_by: None,
            accepted_at: None,
        };
        match standing {
            Standing::Asked { at } => Self { asked_at: Some(at), ..asked },
            Standing::Accepted { by, at, idle } => Self {
                state: "accepted",
                counts: idle.is_none(),
                because: idle.map(|idle| match idle {
                    Idle::Demanded => "demanded",
                    Idle::NotVouchedFor => "not_vouched_for",
                }),
                accepted_by: Some(Named::user(facts, by)),
                accepted_at: Some(at),
                ..asked
            },
        }
    }
}
