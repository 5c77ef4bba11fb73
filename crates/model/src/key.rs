use std::net::IpAddr;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::{AgentId, Because, GatewayId, KeyId, Name, OrganizationId, RobotId, Scope, Timestamp, UserId};

/// Keys that a principal may hold at once, live and retiring together: enough for every place a program runs in
/// during a rollout, few enough to read (security.md K4).
pub const MAX_LIVE_KEYS: usize = 5;
/// Of those, how many may be retiring: a second rotation may begin before the first one's grace ends, a third not.
pub const MAX_RETIRING_KEYS: usize = 2;

/// A long-lived secret. What is kept of it: its public id and the SHA-256 of the whole token, nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// Its public part, shown in logs and pages.
    pub id: KeyId,
    /// Whose it is.
    pub holder: Holder,
    /// What it is for, in its maker's words.
    pub name: Name,
    /// SHA-256 of the token, 32 bytes.
    pub hash: [u8; 32],
    /// Whether it counts.
    pub state: KeyState,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub created_by: Option<UserId>,
    /// When it ends by itself. The grace of a rotation may end it earlier.
    pub expires_at: Timestamp,
    /// The key that it took over from, if it came out of a rotation.
    pub replaces: Option<KeyId>,
    /// What it is limited to beyond its holder.
    pub limits: KeyLimits,
}

/// Whose a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Holder {
    /// An agent's (`ak`).
    Agent(AgentId),
    /// A robot's (`rk`).
    Robot(RobotId),
    /// A gateway's own (`gk`).
    Gateway(GatewayId),
    /// A person's, for the management API (`pk`). It acts for that person.
    User(UserId),
    /// The organization's own, for its directory (`sc`). It acts for nobody and keeps only what it brought.
    Directory(OrganizationId),
}

/// The two letters after `ans_`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// `ak`
    Agent,
    /// `rk`
    Robot,
    /// `gk`
    Gateway,
    /// `pk`
    Management,
    /// `sc`
    Scim,
    /// `dt`
    Delegated,
}

/// Whether a key counts. That it has expired is not a state but a fact of the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum KeyState {
    /// It counts until it expires.
    Live,
    /// Rotated: it counts until its grace ends or it expires, whichever is earlier.
    Retiring {
        /// When the grace ends.
        grace_expires_at: Timestamp,
        /// The key that takes over.
        successor: KeyId,
    },
    /// It never counts again.
    Revoked(Because),
}

/// What a key is limited to beyond its holder. Each limit narrows; an empty list of addresses or gateways is no limit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KeyLimits {
    /// Address ranges it may be used from.
    pub addresses: Vec<IpNet>,
    /// Gateways it may be used through.
    pub gateways: Vec<GatewayId>,
    /// How often it may be used, in decisions.
    pub max_uses: Option<u64>,
    /// A ceiling below its holder's own.
    pub scope: Option<Scope>,
}

impl KeyLimits {
    /// Whether that address may use the key. Where addresses are limited, an unknown one may not.
    pub fn allows_address(&self, address: Option<IpAddr>) -> bool {
        self.addresses.is_empty()
            || address.is_some_and(|a| {
                let a = a.to_canonical();
                self.addresses.iter().any(|net| net.contains(&a))
            })
    }

    /// Whether it may be used through that gateway.
    pub fn allows_gateway(&self, gateway: GatewayId) -> bool {
        self.gateways.is_empty() || self.gateways.contains(&gateway)
    }
}

impl Key {
    /// When it stops counting by itself: the earlier of its end and its grace's end. None once revoked.
    pub fn effective_end(&self) -> Option<Timestamp> {
        match &self.state {
            KeyState::Live => Some(self.expires_at),
            KeyState::Retiring { grace_expires_at, .. } => Some(self.expires_at.min(*grace_expires_at)),
            KeyState::Revoked(_) => None,
        }
    }

    /// Whether it counts at that moment. An end belongs to the time after: at the very moment it no longer counts.
    pub fn counts_at(&self, now: Timestamp) -> bool {
        self.effective_end().is_some_and(|end| now < end)
    }

    /// The word for its state, with the clock taken into account.
    pub fn state_at(&self, now: Timestamp) -> &'static str {
        match &self.state {
            KeyState::Revoked(_) => "revoked",
            _ if !self.counts_at(now) => "expired",
            KeyState::Live => "live",
            KeyState::Retiring { .. } => "retiring",
        }
    }
}

impl Holder {
    /// The kind of key that such a holder has.
    pub fn key_kind(self) -> KeyKind {
        match self {
            Self::Agent(_) => KeyKind::Agent,
            Self::Robot(_) => KeyKind::Robot,
            Self::Gateway(_) => KeyKind::Gateway,
            Self::User(_) => KeyKind::Management,
            Self::Directory(_) => KeyKind::Scim,
        }
    }

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent(_) => "agent",
            Self::Robot(_) => "robot",
            Self::Gateway(_) => "gateway",
            Self::User(_) => "user",
            Self::Directory(_) => "directory",
        }
    }

    /// Its id as a plain UUID.
    pub fn uuid(self) -> uuid::Uuid {
        match self {
            Self::Agent(id) => id.uuid(),
            Self::Robot(id) => id.uuid(),
            Self::Gateway(id) => id.uuid(),
            Self::User(id) => id.uuid(),
            Self::Directory(id) => id.uuid(),
        }
    }
}

impl KeyKind {
    /// The two letters.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "ak",
            Self::Robot => "rk",
            Self::Gateway => "gk",
            Self::Management => "pk",
            Self::Scim => "sc",
            Self::Delegated => "dt",
        }
    }

    /// The kind of those two letters.
    pub fn of(letters: &str) -> Option<Self> {
        [Self::Agent, Self::Robot, Self::Gateway, Self::Management, Self::Scim, Self::Delegated]
            .into_iter()
            .find(|kind| kind.as_str() == letters)
    }
}
