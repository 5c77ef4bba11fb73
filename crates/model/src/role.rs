use serde::{Deserialize, Serialize};

use crate::{Constraint, GrantId, Name, RoleId, ServerId, ToolPattern};

/// A named set of grants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// What people call it; unique in the organization.
    pub name: Name,
    /// What it is for, in a sentence; may be empty.
    pub purpose: String,
}

/// One line of a role: these tools of that server, with arguments like these.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// Which role carries it.
    pub role: RoleId,
    /// On which server.
    pub server: ServerId,
    /// Which tools.
    pub tools: ToolPattern,
    /// What must hold of the arguments; all of it.
    pub constraints: Vec<Constraint>,
}
