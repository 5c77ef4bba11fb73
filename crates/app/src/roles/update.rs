use decision::{Action, On};
use model::{Edit, Name, Role, RoleId};

use crate::plan::sentence;
use crate::roles::name::unused;
use crate::{Error, Plan, Planning};

/// What about a role is to be otherwise. None: as it is.
#[derive(Debug, Clone, Default)]
pub struct RolePatch {
    /// Its name.
    pub name: Option<Name>,
    /// Its purpose.
    pub purpose: Option<String>,
}

/// Renames a role and says what it is for.
pub fn update(planning: &Planning<'_>, id: RoleId, wanted: RolePatch) -> Result<Plan<Role>, Error> {
    let permit = planning.permit(Action::RoleUpdate, On::Role(id))?;
    let before = planning.role(id)?.clone();
    planning.still(before.clone())?;
    let mut after = before.clone();
    if let Some(name) = wanted.name {
        unused(planning, &name, Some(id))?;
        after.name = name;
    }
    if let Some(purpose) = wanted.purpose {
        after.purpose = sentence("purpose", &purpose)?;
    }
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
