use decision::{Action, On, Permit};
use model::{DirectoryUser, Edit, FactKind, MembershipState, OrganizationMembership, User, UserId, cascade};

use super::told::{Told, check};
use crate::members::{Cut, not_the_last_owner};
use crate::{Error, Plan, Planning};

/// Takes over what the directory now tells of a person.
///
/// Deactivated, they are suspended with all that follows in the same revision: their agents are latched, those agents'
/// keys and their own end (security.md S6). Activated again, they are the same person; their agents wait for somebody
/// to take them over.
pub fn replace(planning: &Planning<'_>, user: UserId, told: Told) -> Result<Plan<Cut>, Error> {
    let facts = planning.facts;
    let unknown = || Error::NotFound(FactKind::DirectoryUser);
    let entry = facts.directory_user(user).ok_or_else(unknown)?;
    let person = facts.user(user).ok_or_else(unknown)?;
    let membership = OrganizationMembership::clone(facts.member(user).ok_or_else(unknown)?);
    let permit = permit(planning, &membership, told.active)?;
    let told = check(planning, user, told)?;
    let mut edits = Vec::new();
    let named = User { id: user, name: told.name, email: told.email };
    if named != **person {
        edits.push(Edit::update((**person).clone(), named));
    }
    let said = DirectoryUser {
        user_name: told.user_name,
        external_id: told.external_id,
        attributes: told.attributes,
        ..(**entry).clone()
    };
    if said != **entry || !edits.is_empty() {
        edits.push(Edit::update((**entry).clone(), DirectoryUser { modified_at: planning.now, ..said }));
    }
    edits.extend(activity(planning, membership, told.active)?);
    let cut = Cut::of(&edits);
    Ok(Plan::new(permit, edits, cut))
}

/// The weightiest of what is done, which is what the change is called.
fn permit(
    planning: &Planning<'_>,
    membership: &OrganizationMembership,
    active: bool,
) -> Result<Permit, Error> {
    let on = On::Member(membership.user);
    match (membership.is_active(), active) {
        (true, false) => planning.permit(Action::MemberSuspend, on),
        (false, true) => planning.permit(Action::MemberResume, on),
        _ => planning.permit(Action::MemberUpdate, on),
    }
}

fn activity(
    planning: &Planning<'_>,
    before: OrganizationMembership,
    active: bool,
) -> Result<Vec<Edit>, Error> {
    match (&before.state, active) {
        (MembershipState::Active, false) => {
            not_the_last_owner(planning, &before)?;
            let because = planning.because("deactivated by the directory");
            let mut edits = vec![Edit::update(before.clone(), before.clone().suspend(because.clone())?)];
            edits.extend(cascade::owner_lost(planning.facts, before.user, &because));
            Ok(edits)
        }
        (MembershipState::Suspended(_), true) => Ok(vec![Edit::update(before.clone(), before.resume()?)]),
        _ => Ok(Vec::new()),
    }
}
