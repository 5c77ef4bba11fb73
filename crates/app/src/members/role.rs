use decision::{Action, On};
use model::{Edit, OrganizationMembership, OrganizationRole, UserId};

use crate::members::leave::{membership, not_the_last_owner};
use crate::{Error, Plan, Planning};

/// Changes what a person is in the organization.
pub fn set_role(
    planning: &Planning<'_>,
    user: UserId,
    role: OrganizationRole,
) -> Result<Plan<OrganizationMembership>, Error> {
    let permit = planning.permit(Action::MemberUpdate, On::MemberAs(user, role))?;
    let before = membership(planning, user)?;
    planning.still(before.clone())?;
    if role != OrganizationRole::Owner {
        not_the_last_owner(planning, &before)?;
    }
    let after = OrganizationMembership { role, ..before.clone() };
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
