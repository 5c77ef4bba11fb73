use decision::{Action, On};
use model::{Edit, Name, Role, RoleId};

use crate::plan::sentence;
use crate::roles::name::unused;
use crate::{Error, Plan, Planning};

/// A role to be created. Without grants it gives nothing.
#[derive(Debug, Clone)]
pub struct NewRole {
    /// What it is called.
    pub name: Name,
    /// What it is for.
    pub purpose: String,
}

/// Creates a role.
pub fn create(planning: &Planning<'_>, new: NewRole) -> Result<Plan<Role>, Error> {
    let id = RoleId::draw(planning.now, &mut planning.entropy());
    let permit = planning.permit_new(Action::RoleCreate, On::Role(id))?;
    unused(planning, &new.name, None)?;
    let role = Role { id, name: new.name, purpose: sentence("purpose", &new.purpose)? };
    Ok(Plan::new(permit, vec![Edit::create(role.clone())], role))
}
