use decision::{Action, On};
use model::{Edit, FactKind, OrganizationMembership, OrganizationRole, UserId, cascade};

use crate::members::Cut;
use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// Deactivates a person. In the same revision their agents are latched, the keys of those agents and their own
/// management keys are revoked, and their invitations are withdrawn.
pub fn suspend(
    planning: &Planning<'_>,
    user: UserId,
    reason: &str,
) -> Result<Plan<(OrganizationMembership, Cut)>, Error> {
    let permit = planning.permit(Action::MemberSuspend, On::Member(user))?;
    let before = membership(planning, user)?;
    planning.still(before.clone())?;
    not_the_last_owner(planning, &before)?;
    let because = planning.because(&sentence("reason", reason)?);
    let after = before.clone().suspend(because.clone())?;
    let mut edits = vec![Edit::update(before, after.clone())];
    edits.extend(cascade::owner_lost(planning.facts, user, &because));
    let cut = Cut::of(&edits);
    Ok(Plan::new(permit, edits, (after, cut)))
}

/// Removes a person from the organization, with everything that ends when they are suspended and with their places
/// in workspaces. What they did stays in the evidence under their name.
pub fn remove(planning: &Planning<'_>, user: UserId, reason: &str) -> Result<Plan<Cut>, Error> {
    let permit = planning.permit(Action::MemberRemove, On::Member(user))?;
    let before = membership(planning, user)?;
    planning.still(before.clone())?;
    not_the_last_owner(planning, &before)?;
    let reason = sentence("reason", reason)?;
    let edits = cascade::member_gone(planning.facts, &before, &planning.because(&reason));
    let cut = Cut::of(&edits);
    Ok(Plan::new(permit, edits, cut).because(reason))
}

/// The person's membership, or not found.
pub(crate) fn membership(planning: &Planning<'_>, user: UserId) -> Result<OrganizationMembership, Error> {
    let membership = planning.facts.member(user).ok_or(Error::NotFound(FactKind::OrganizationMembership))?;
    Ok(OrganizationMembership::clone(membership))
}

/// Refuses to leave the organization without an owner who can act: nobody but the operator could mend that.
pub(crate) fn not_the_last_owner(
    planning: &Planning<'_>,
    losing: &OrganizationMembership,
) -> Result<(), Error> {
    let owns = |member: &OrganizationMembership| member.role == OrganizationRole::Owner && member.is_active();
    let another = planning.facts.list_members(None).any(|member| member.user != losing.user && owns(member));
    if another || !owns(losing) {
        return Ok(());
    }
    let detail = "this is the last active owner of the organization; make somebody else an owner first";
    Err(Error::Conflict { code: "last_owner", detail: detail.to_owned() })
}
