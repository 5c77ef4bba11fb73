use model::{Name, RoleId};

use crate::{Error, Planning};

/// Refuses a name that another role here has: people choose roles by name.
pub(super) fn unused(planning: &Planning<'_>, name: &Name, but: Option<RoleId>) -> Result<(), Error> {
    let taken = planning.facts.list_roles(None).any(|role| role.name == *name && Some(role.id) != but);
    if taken {
        return Err(Error::Conflict { code: "taken", detail: format!("there is a role `{name}` already") });
    }
    Ok(())
}
