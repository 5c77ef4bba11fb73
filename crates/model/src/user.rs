use serde::{Deserialize, Serialize};

use crate::{Name, UserId};

/// A human. Never identified by an e-mail address: the address is only where mail goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Their id, the same in every organization.
    pub id: UserId,
    /// What they are called.
    pub name: Name,
    /// Where mail goes. It authorises nothing and links nothing (security.md S1).
    pub email: Option<String>,
}
