use decision::{Action, On};
use model::{FactKind, OrganizationMembership, UserId, cascade};

use crate::members::{Cut, not_the_last_owner};
use crate::{Error, Plan, Planning};

/// Takes a person out of the organization because the directory no longer has them, with everything that ends when
/// they are deactivated. What they did stays in the evidence.
pub fn remove(planning: &Planning<'_>, user: UserId) -> Result<Plan<Cut>, Error> {
    let facts = planning.facts;
    let unknown = || Error::NotFound(FactKind::DirectoryUser);
    facts.directory_user(user).ok_or_else(unknown)?;
    let before = OrganizationMembership::clone(facts.member(user).ok_or_else(unknown)?);
    let permit = planning.permit(Action::MemberRemove, On::Member(user))?;
    not_the_last_owner(planning, &before)?;
    let because = planning.because("removed by the directory");
    let edits = cascade::member_gone(facts, &before, &because);
    let cut = Cut::of(&edits);
    Ok(Plan::new(permit, edits, cut).because(because.reason))
}
