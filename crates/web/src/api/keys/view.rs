use app::keys::Minted;
use app::{KeyUsage, version_of};
use chrono::{DateTime, Utc};
use keys::public_id;
use model::{Holder, Key, KeyState, Snapshot};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::LimitsBody;
use crate::api::presented::{BecauseView, Named};

/// A key, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeyView {
    /// Its public id.
    pub id: String,
    /// As it stands in logs: `ans_ak_` and the id.
    pub prefix: String,
    /// What it is for.
    pub name: String,
    /// Whose it is.
    pub holder: HolderView,
    /// `live`, `retiring`, `expired` or `revoked`.
    pub state: &'static str,
    /// When and why it was revoked.
    pub because: Option<BecauseView>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Who made it.
    pub created_by: Option<Named>,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
    /// While it is retiring: when its grace ends. The earlier of both ends counts.
    pub grace_expires_at: Option<DateTime<Utc>>,
    /// While it is retiring: the key that takes over.
    pub successor: Option<String>,
    /// The key that it took over from.
    pub replaces: Option<String>,
    /// What it is limited to.
    pub limits: LimitsBody,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// From where it was last used.
    pub last_used_from: Option<String>,
    /// For `If-Match`.
    pub version: String,
}

/// Whose a key is.
#[derive(Debug, Serialize, ToSchema)]
pub struct HolderView {
    /// `agent`, `robot`, `gateway`, `user`, or `directory` for the organization's own.
    pub kind: &'static str,
    /// Its id.
    pub id: Uuid,
    /// What it is called now.
    pub name: String,
}

/// A key that has just been made, with its secret. The secret is nowhere else: keep it now.
#[derive(Debug, Serialize, ToSchema)]
pub struct MintedView {
    /// The secret.
    pub token: String,
    /// The key.
    #[serde(flatten)]
    pub key: KeyView,
}

impl HolderView {
    fn of(facts: &Snapshot, holder: Holder) -> Self {
        let name = match holder {
            Holder::Agent(id) => facts.agent(id).map(|agent| agent.name.to_string()),
            Holder::Robot(id) => facts.robot(id).map(|robot| robot.name.to_string()),
            Holder::Gateway(id) => facts.gateway(id).map(|gateway| gateway.name.to_string()),
            Holder::User(id) => facts.user(id).map(|user| user.name.to_string()),
            Holder::Directory(_) => facts.organization().map(|organization| organization.name.to_string()),
        };
        Self { kind: holder.as_str(), id: holder.uuid(), name: name.unwrap_or_default() }
    }
}

impl KeyView {
    /// A key as these facts show it now.
    pub fn of(facts: &Snapshot, key: &Key, now: DateTime<Utc>, usage: Option<&KeyUsage>) -> Self {
        let (grace_expires_at, successor, because) = match &key.state {
            KeyState::Live => (None, None, None),
            KeyState::Retiring { grace_expires_at, successor } => {
                (Some(*grace_expires_at), Some(successor.to_string()), None)
            }
            KeyState::Revoked(because) => (None, None, Some(because.into())),
        };
        Self {
            id: key.id.to_string(),
            prefix: public_id(key.holder.key_kind(), key.id),
            name: key.name.to_string(),
            holder: HolderView::of(facts, key.holder),
            state: key.state_at(now),
            because,
            created_at: key.created_at,
            created_by: key.created_by.map(|user| Named::user(facts, user)),
            expires_at: key.expires_at,
            grace_expires_at,
            successor,
            replaces: key.replaces.map(|id| id.to_string()),
            limits: (&key.limits).into(),
            last_used_at: usage.map(|usage| usage.at),
            last_used_from: usage.and_then(|usage| usage.address).map(|address| address.to_string()),
            version: version_of(&key.clone().into()),
        }
    }
}

impl MintedView {
    /// A key and its secret, for the one answer that shows it.
    pub fn of(facts: &Snapshot, minted: &Minted, now: DateTime<Utc>) -> Self {
        let key = KeyView::of(facts, &minted.key, now, None);
        Self { token: minted.token.expose().to_owned(), key }
    }
}
