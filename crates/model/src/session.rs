use std::collections::BTreeSet;
use std::net::IpAddr;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::{ConnectionId, OrganizationId, SessionId, Timestamp, UserId};

/// A session that was not used for so long is over (security.md S7): a browser left open in a quiet office.
pub const SESSION_IDLE: TimeDelta = TimeDelta::minutes(30);
/// A session lasts so long at most (security.md S7): one working day, and the person proves who they are again.
pub const SESSION_LENGTH: TimeDelta = TimeDelta::hours(12);
/// For a dangerous act the person has to have proven who they are within so long (security.md S7).
pub const SESSION_FRESH: TimeDelta = TimeDelta::minutes(5);

/// One signed-in browser of a person. No decision rests on it, so it is no fact: it only says who is asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id, which is not its secret.
    pub id: SessionId,
    /// Who is signed in.
    pub user: UserId,
    /// Which way they came in.
    pub origin: Origin,
    /// How they proved who they are.
    pub proof: Proof,
    /// The methods behind that proof, in the words of RFC 8176: `pwd`, `otp`, `hwk`.
    pub amr: Vec<String>,
    /// The level that the provider says was reached.
    pub acr: Option<String>,
    /// When they last proved it.
    pub authenticated_at: Timestamp,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, give or take a minute.
    pub last_seen_at: Timestamp,
    /// When it ends, whatever happens.
    pub ends_at: Timestamp,
    /// What the provider calls its own session (`sid`).
    pub provider_session: Option<String>,
    /// What the browser calls itself.
    pub user_agent: Option<String>,
    /// Where it began.
    pub address: Option<IpAddr>,
    /// The organizations that have ended it for themselves: it opens them no more, whatever else it opens.
    pub closed_to: BTreeSet<OrganizationId>,
}

/// Which way somebody came in. It settles which organizations honour the session (security.md S2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Through an identity provider that an organization connected.
    Connection {
        /// The connection.
        connection: ConnectionId,
        /// Whose it is.
        organization: OrganizationId,
        /// SHA-256 of the account that they came in as, and of what vouched for it: another organization accepts that
        /// one account and no other. None: the session is from before that was kept, and no other accepts it.
        voucher: Option<[u8; 32]>,
    },
    /// On this installation itself.
    Local {
        /// The organization that honours it even while it demands its own provider: the one that a break-glass account
        /// or an operator's link is for.
        honoured_by: Option<OrganizationId>,
    },
}

/// How somebody proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// A one-time link.
    Link,
    /// A password and a one-time code.
    Password,
    /// A passkey that verified the person.
    Passkey,
    /// An OpenID Connect provider.
    Oidc,
    /// A provider of plain OAuth 2.0.
    Oauth,
}

impl Proof {
    /// What people read.
    pub fn say(self) -> &'static str {
        match self {
            Self::Link => "one-time link",
            Self::Password => "password and code",
            Self::Passkey => "passkey",
            Self::Oidc | Self::Oauth => "identity provider",
        }
    }
}

impl Origin {
    /// The connection, where it was one.
    pub fn connection(self) -> Option<ConnectionId> {
        match self {
            Self::Connection { connection, .. } => Some(connection),
            Self::Local { .. } => None,
        }
    }

    /// The organization that the way in belongs to.
    pub fn organization(self) -> Option<OrganizationId> {
        match self {
            Self::Connection { organization, .. } => Some(organization),
            Self::Local { honoured_by } => honoured_by,
        }
    }
}

impl Session {
    /// Whether it still counts.
    pub fn is_live(&self, now: Timestamp) -> bool {
        now < self.ends_at && now - self.last_seen_at < SESSION_IDLE
    }

    /// Whether the person proved who they are recently enough for a dangerous act. A link does so once, when it is
    /// used: whoever holds it holds the mailbox or the operator's word.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        now - self.authenticated_at < SESSION_FRESH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(now: Timestamp) -> Session {
        Session {
            id: SessionId::MIN,
            user: UserId::MIN,
            origin: Origin::Local { honoured_by: None },
            proof: Proof::Passkey,
            amr: Vec::new(),
            acr: None,
            authenticated_at: now,
            created_at: now,
            last_seen_at: now,
            ends_at: now + SESSION_LENGTH,
            provider_session: None,
            user_agent: None,
            address: None,
            closed_to: BTreeSet::new(),
        }
    }

    #[test]
    fn it_ends_idle_and_it_ends_anyway() {
        let start = Timestamp::UNIX_EPOCH;
        let second = TimeDelta::seconds(1);
        let idle = session(start);
        assert!(idle.is_live(start + SESSION_IDLE - second));
        assert!(!idle.is_live(start + SESSION_IDLE));
        let busy = Session { last_seen_at: start + SESSION_LENGTH - second, ..idle };
        assert!(busy.is_live(start + SESSION_LENGTH - second));
        assert!(!busy.is_live(start + SESSION_LENGTH));
    }

    #[test]
    fn it_is_fresh_for_five_minutes_whatever_is_done_with_it() {
        let start = Timestamp::UNIX_EPOCH;
        let used = Session { last_seen_at: start + SESSION_FRESH, ..session(start) };
        assert!(used.is_fresh(start + SESSION_FRESH - TimeDelta::seconds(1)));
        assert!(!used.is_fresh(start + SESSION_FRESH));
    }
}
