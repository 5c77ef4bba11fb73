use decision::{Action, On};
use model::{Edit, FactKind, Name, Organization};

use crate::{Error, Plan, Planning};

/// Renames the organization. Its slug stays: gateways and scripts rely on it.
pub fn update(planning: &Planning<'_>, name: Option<Name>) -> Result<Plan<Organization>, Error> {
    let permit = planning.permit(Action::OrganizationUpdate, On::Organization)?;
    let before = present(planning)?;
    planning.still(before.clone())?;
    let mut after = before.clone();
    after.name = name.unwrap_or(after.name);
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}

/// The organization as it is.
pub(super) fn present(planning: &Planning<'_>) -> Result<Organization, Error> {
    let organization = planning.facts.organization().ok_or(Error::NotFound(FactKind::Organization))?;
    Ok(Organization::clone(organization))
}
