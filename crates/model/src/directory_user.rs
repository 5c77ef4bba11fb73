use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{OrganizationRole, Timestamp, UserId};

/// A person as the organization's own directory tells of them (SCIM).
///
/// It is the directory's word and no proof of who somebody is: nobody is linked to it by an e-mail address
/// (security.md S1). `external_id` and `user_name` are what the organization's own sign-in connection may bind a
/// subject to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DirectoryUser {
    /// Who.
    pub user: UserId,
    /// What the directory calls them; unique in the organization whatever the case of its letters.
    pub user_name: String,
    /// The directory's own id of them; unique in the organization, compared exactly.
    pub external_id: Option<String>,
    /// Everything else that it says of them, as SCIM attributes.
    pub attributes: Map<String, Value>,
    /// The role they had in the organization before a group gave them another. None: no group gives one.
    pub role_without_groups: Option<OrganizationRole>,
    /// When the directory first told of them.
    pub created_at: Timestamp,
    /// When it last said something else.
    pub modified_at: Timestamp,
}

impl DirectoryUser {
    /// A user name as it is compared: letters of either case are the same.
    pub fn folded(user_name: &str) -> String {
        user_name.to_lowercase()
    }
}
