use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

use crate::{Entropy, Timestamp};

/// A text that is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an id")]
pub struct IdError(String);

/// Draws a UUID version 7 (RFC 9562, section 5.7): sorted by creation, 74 random bits.
fn draw(now: Timestamp, entropy: &mut dyn Entropy) -> Uuid {
    let mut random = [0; 10];
    entropy.fill(&mut random);
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The smallest id: where a range over all ids begins.
            pub const MIN: Self = Self(Uuid::nil());
            /// The greatest id: where a range over all ids ends.
            pub const MAX: Self = Self(Uuid::max());

            /// Draws a new id (UUID version 7) from the time and the chance that are passed in.
            pub fn draw(now: Timestamp, entropy: &mut dyn Entropy) -> Self {
                Self(draw(now, entropy))
            }

            /// Takes a UUID that is known to name such a thing, as read from a table.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The id as a plain UUID.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Uuid::try_parse(text).map(Self).map_err(|_| IdError(text.to_owned()))
            }
        }
    )+};
}

typed_ids! {
    /// An organization: the tenant.
    OrganizationId,
    /// A human. Global: the same person may be a member of several organizations.
    UserId,
    /// A place of work in an organization.
    WorkspaceId,
    /// A user or robot in a workspace, with a role.
    WorkspaceMembershipId,
    /// A non-human principal with an owning user.
    AgentId,
    /// A service account of an organization.
    RobotId,
    /// A registered tool provider.
    ServerId,
    /// One operation of a server.
    ToolId,
    /// A named set of grants.
    RoleId,
    /// One line of a role.
    GrantId,
    /// A narrowing of one agent in one workspace.
    OverrideId,
    /// An agent's invitation to a workspace.
    InvitationId,
    /// A person's invitation to an organization.
    MemberInvitationId,
    /// A policy enforcement point.
    GatewayId,
    /// One recorded answer.
    DecisionId,
    /// One execution of an agent.
    RunId,
    /// A way into an organization through its identity provider.
    ConnectionId,
    /// One signed-in browser of a person.
    SessionId,
    /// A domain of mail addresses that an organization says is its own.
    DomainId,
    /// A sealed secret, kept beside the facts that refer to it.
    SecretId,
    /// A group of the organization's directory.
    GroupId,
    /// What a group gives.
    GroupMappingId,
    /// A stream of signals.
    SignalStreamId,
    /// An account of another organization's provider, accepted or asked for.
    AcceptedIdentityId,
}

/// The public part of a key: twelve base62 characters, stored and shown in the clear (`ans_ak_<id>`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 12]);

impl KeyId {
    /// The smallest key id, where a range begins.
    pub const MIN: Self = Self([0; 12]);

    /// The characters of the id.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("")
    }
}

impl FromStr for KeyId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let bytes: [u8; 12] = text.as_bytes().try_into().map_err(|_| IdError(text.to_owned()))?;
        if bytes.iter().all(u8::is_ascii_alphanumeric) {
            Ok(Self(bytes))
        } else {
            Err(IdError(text.to_owned()))
        }
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for KeyId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for KeyId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
