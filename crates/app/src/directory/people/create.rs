use decision::{Action, On};
use model::{DirectoryUser, Edit, MembershipState, OrganizationMembership, OrganizationRole, User, UserId};

use super::told::{Told, check};
use crate::{Error, Plan, Planning};

/// Brings a person into the organization, as a member. Always a new person: nobody who is here already is linked to
/// one of the directory by a name or an address (security.md S1).
pub fn create(planning: &Planning<'_>, told: Told) -> Result<Plan<UserId>, Error> {
    let id = UserId::draw(planning.now, &mut planning.entropy());
    let role = OrganizationRole::Member;
    let permit = planning.permit(Action::MemberAdd, On::MemberAs(id, role))?;
    let Told { user_name, external_id, name, email, active, attributes } = check(planning, id, told)?;
    let state = if active {
        MembershipState::Active
    } else {
        MembershipState::Suspended(planning.because("the directory brought them deactivated"))
    };
    let entry = DirectoryUser {
        user: id,
        user_name,
        external_id,
        attributes,
        role_without_groups: None,
        created_at: planning.now,
        modified_at: planning.now,
    };
    let edits = vec![
        Edit::create(User { id, name, email }),
        Edit::create(OrganizationMembership { user: id, role, state }),
        Edit::create(entry),
    ];
    Ok(Plan::new(permit, edits, id))
}
