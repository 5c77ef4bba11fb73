use std::collections::BTreeSet;

use decision::{Action, On};
use model::{Edit, Gives, GroupId, GroupMapping, GroupMappingId, OrganizationRole, UserId};

use crate::directory::after;
use crate::{Error, Plan, Planning};

/// Lets a group give a role, at once to everybody in it. Only what is listed so is given (security.md S5): a group whose
/// name happens to sound like a role gives nothing.
pub fn map(planning: &Planning<'_>, group: GroupId, gives: Gives) -> Result<Plan<GroupMapping>, Error> {
    let permit = planning.permit(Action::GroupMap, On::GroupGives(group, as_much_as(gives)))?;
    planning.group(group)?;
    can_be_given(planning, gives)?;
    if planning.facts.given_by(group).any(|mapping| mapping.gives == gives) {
        let detail = "the group gives this already".to_owned();
        return Err(Error::Conflict { code: "taken", detail });
    }
    let id = GroupMappingId::draw(planning.now, &mut planning.entropy());
    let mapping = GroupMapping { id, group, gives };
    let people: BTreeSet<UserId> = planning.facts.members_of(group).collect();
    let edits = after(planning, vec![Edit::create(mapping.clone())], &people);
    Ok(Plan::new(permit, edits, mapping))
}

/// How much power over others it is: a place in a workspace is as much as a member has.
pub(super) fn as_much_as(gives: Gives) -> OrganizationRole {
    match gives {
        Gives::OrganizationRole { role } => role,
        Gives::WorkspaceRole { .. } => OrganizationRole::Member,
    }
}

fn can_be_given(planning: &Planning<'_>, gives: Gives) -> Result<(), Error> {
    match gives {
        Gives::OrganizationRole { role: OrganizationRole::Owner } => {
            Err(Error::invalid("role", "owners are appointed by owners, not by a group"))
        }
        Gives::OrganizationRole { .. } => Ok(()),
        Gives::WorkspaceRole { workspace, role } => {
            if planning.facts.workspace(workspace).is_none() {
                return Err(Error::invalid("workspace", "no workspace of that id or slug"));
            }
            if planning.facts.role(role).is_none() {
                return Err(Error::invalid("role", "no role of that id"));
            }
            Ok(())
        }
    }
}
