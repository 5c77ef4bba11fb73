use std::collections::BTreeSet;

use decision::{Action, On};
use model::{
    Because, Edit, Gives, Member, Role, RoleId, Snapshot, UserId, WorkspaceId, WorkspaceMembership, cascade,
};

use crate::{Error, Plan, Planning};

/// What went with a role.
#[derive(Debug)]
pub struct Removed {
    /// The role, as it was.
    pub role: Role,
    /// How many grants it had.
    pub grants: usize,
    /// How many memberships carried it.
    pub memberships: usize,
}

/// Removes a role, its grants, and the memberships that carry it, in one transaction. Somebody whose only role in a
/// workspace it was is out of that workspace, and so are their agents.
pub fn remove(planning: &Planning<'_>, id: RoleId) -> Result<Plan<Removed>, Error> {
    let permit = planning.permit(Action::RoleRemove, On::Role(id))?;
    let role = planning.role(id)?.clone();
    planning.still(role.clone())?;
    let grants = planning.facts.grants_of(id).map(|grant| Edit::remove(model::Grant::clone(grant)));
    let mut edits: Vec<Edit> = grants.collect();
    let removed = Removed {
        role: role.clone(),
        grants: edits.len(),
        memberships: carrying(planning.facts, id).count(),
    };
    edits.extend(no_longer_given(planning.facts, id));
    edits.extend(places_lost(planning.facts, id, &planning.because("the role was removed")));
    edits.push(Edit::remove(role));
    Ok(Plan::new(permit, edits, removed))
}

fn carrying(facts: &Snapshot, role: RoleId) -> impl Iterator<Item = &WorkspaceMembership> {
    facts
        .list_workspace_memberships(None)
        .map(AsRef::as_ref)
        .filter(move |membership| membership.role == role)
}

/// What groups give by the role: nothing any more.
fn no_longer_given(facts: &Snapshot, role: RoleId) -> impl Iterator<Item = Edit> {
    let of_role = move |mapping: &model::GroupMapping| matches!(mapping.gives, Gives::WorkspaceRole { role: given, .. } if given == role);
    facts
        .list_group_mappings(None)
        .filter(move |mapping| of_role(mapping))
        .map(|mapping| Edit::remove((**mapping).clone()))
}

/// The memberships that go, each once, and for people who are out of a workspace by it what else follows from that.
fn places_lost(facts: &Snapshot, role: RoleId, because: &Because) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut out: BTreeSet<(UserId, WorkspaceId)> = BTreeSet::new();
    for membership in carrying(facts, role) {
        let mut held = facts.roles_held(membership.member, membership.workspace);
        match membership.member {
            Member::User(user) if held.all(|(_, other)| other == role) => {
                if out.insert((user, membership.workspace)) {
                    edits.extend(cascade::workspace_lost(facts, user, membership.workspace, because));
                }
            }
            Member::User(_) | Member::Robot(_) => edits.push(Edit::remove(membership.clone())),
        }
    }
    edits
}
