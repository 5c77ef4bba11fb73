use decision::{Action, On};
use model::{Edit, OrganizationMembership, UserId};

use crate::members::leave::membership;
use crate::{Error, Plan, Planning};

/// Brings a person back. Their agents stay latched until somebody takes them over, and their keys stay revoked.
pub fn resume(planning: &Planning<'_>, user: UserId) -> Result<Plan<OrganizationMembership>, Error> {
    let permit = planning.permit(Action::MemberResume, On::Member(user))?;
    let before = membership(planning, user)?;
    planning.still(before.clone())?;
    let after = before.clone().resume()?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}
