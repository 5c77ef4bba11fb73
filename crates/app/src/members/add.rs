use decision::{Action, On};
use model::{Edit, MembershipState, Name, OrganizationMembership, OrganizationRole, User, UserId};

use crate::members::address;
use crate::{Error, Plan, Planning};

/// Who is to become a member.
#[derive(Debug, Clone)]
pub enum Who {
    /// Somebody nobody knows yet.
    New {
        /// What they are called.
        name: Name,
        /// Where mail goes.
        email: Option<String>,
    },
    /// Somebody who is said to be known on this installation.
    Known {
        /// Their id.
        user: UserId,
        /// What [`crate::App::person_elsewhere`] finds under it.
        person: Option<User>,
        /// Where this organization's mail to them goes.
        email: Option<String>,
    },
}

/// Takes a person into the organization. One who was here before keeps the name they had here; agents and keys of
/// before stay as they are, latched and revoked.
pub fn add(
    planning: &Planning<'_>,
    who: Who,
    role: OrganizationRole,
) -> Result<Plan<OrganizationMembership>, Error> {
    let id = match &who {
        Who::New { .. } => UserId::draw(planning.now, &mut planning.entropy()),
        Who::Known { user, .. } => *user,
    };
    let permit = planning.permit(Action::MemberAdd, On::MemberAs(id, role))?;
    if planning.facts.member(id).is_some() {
        let detail =
            "this person is a member already; change their role, or resume them if they are suspended";
        return Err(Error::Conflict { code: "taken", detail: detail.to_owned() });
    }
    let membership = OrganizationMembership { user: id, role, state: MembershipState::Active };
    let mut edits = Vec::new();
    if planning.facts.user(id).is_none() {
        edits.push(Edit::create(user(id, who)?));
    }
    edits.push(Edit::create(membership.clone()));
    Ok(Plan::new(permit, edits, membership))
}

/// What this organization is to know of the person.
fn user(id: UserId, who: Who) -> Result<User, Error> {
    match who {
        Who::New { name, email } => Ok(User { id, name, email: address("email", email)? }),
        Who::Known { person, email, .. } => {
            let person = person.ok_or_else(|| Error::invalid("user", "no person of that id"))?;
            Ok(User { id, name: person.name, email: address("email", email)? })
        }
    }
}
