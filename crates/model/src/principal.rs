use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{AgentId, RobotId, UserId};

/// Anything that can be granted something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum PrincipalId {
    /// A human.
    User(UserId),
    /// A non-human with an owner.
    Agent(AgentId),
    /// A service account of the organization.
    Robot(RobotId),
}

/// The kind of a principal, as tables, logs and pages write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrincipalKind {
    /// A human.
    User,
    /// A non-human with an owner.
    Agent,
    /// A service account of the organization.
    Robot,
}

impl PrincipalId {
    /// Its kind.
    pub fn kind(self) -> PrincipalKind {
        match self {
            Self::User(_) => PrincipalKind::User,
            Self::Agent(_) => PrincipalKind::Agent,
            Self::Robot(_) => PrincipalKind::Robot,
        }
    }

    /// Its id as a plain UUID.
    pub fn uuid(self) -> Uuid {
        match self {
            Self::User(id) => id.uuid(),
            Self::Agent(id) => id.uuid(),
            Self::Robot(id) => id.uuid(),
        }
    }

    /// The principal of that kind and id.
    pub fn of(kind: PrincipalKind, id: Uuid) -> Self {
        match kind {
            PrincipalKind::User => Self::User(UserId::from_uuid(id)),
            PrincipalKind::Agent => Self::Agent(AgentId::from_uuid(id)),
            PrincipalKind::Robot => Self::Robot(RobotId::from_uuid(id)),
        }
    }
}

impl PrincipalKind {
    /// The word for it: `user`, `agent` or `robot`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Agent => "agent",
            Self::Robot => "robot",
        }
    }
}

impl fmt::Display for PrincipalKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
