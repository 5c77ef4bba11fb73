//! What follows from groups: who holds a role because a mapped group has them.
//!
//! Worked out anew for everybody whom a change concerns and written with that change, so that no revision shows a
//! person in a group without what it gives, or with what it no longer gives.

use std::collections::BTreeSet;

use crate::{
    Because, DirectoryUser, Edit, Gives, Member, OrganizationMembership, OrganizationRole, RoleId, Snapshot,
    UserId, WorkspaceId, WorkspaceMembership, cascade, given_place,
};

/// The edits that give these people what their groups give, and take what their groups no longer give. `after` shows
/// the organization as it will be once the change they follow from is written.
pub fn settle(after: &Snapshot, people: &BTreeSet<UserId>, because: &Because) -> Vec<Edit> {
    let mut edits = Vec::new();
    for user in people {
        // Without a membership they hold nothing here, and whoever took it has taken the rest with it.
        let (Some(member), Some(entry)) = (after.member(*user), after.directory_user(*user)) else {
            continue;
        };
        let given: BTreeSet<Gives> = after.given_to(*user).collect();
        edits.extend(role(member, entry, &given));
        edits.extend(places(after, *user, &given, because));
    }
    edits
}

/// The role in the organization: the highest that groups give, or the one from before groups gave any.
///
/// Somebody who was made an administrator by hand is not lowered by a group, and an owner's role is no group's to
/// change.
fn role(member: &OrganizationMembership, entry: &DirectoryUser, given: &BTreeSet<Gives>) -> Vec<Edit> {
    if member.role == OrganizationRole::Owner {
        return Vec::new();
    }
    let by_groups = given.iter().filter_map(|gives| match gives {
        Gives::OrganizationRole { role } => Some((*role).min(OrganizationRole::Admin)),
        Gives::WorkspaceRole { .. } => None,
    });
    let own = entry.role_without_groups.unwrap_or(member.role);
    let role = match by_groups.max() {
        None => own,
        Some(given) if own >= OrganizationRole::Admin => own.max(given),
        Some(given) => given,
    };
    let role_without_groups = Some(own).filter(|own| *own != role);
    let mut edits = Vec::new();
    if role != member.role {
        edits.push(Edit::update(member.clone(), OrganizationMembership { role, ..member.clone() }));
    }
    if role_without_groups != entry.role_without_groups {
        edits.push(Edit::update(entry.clone(), DirectoryUser { role_without_groups, ..entry.clone() }));
    }
    edits
}

/// Their places in workspaces: given where a group gives one that they do not have by hand, taken where only a group
/// gave it. With the last place in a workspace their agents' invitations to it end.
fn places(after: &Snapshot, user: UserId, given: &BTreeSet<Gives>, because: &Because) -> Vec<Edit> {
    let member = Member::User(user);
    let wanted: BTreeSet<(WorkspaceId, RoleId)> = given
        .iter()
        .filter_map(|gives| match gives {
            Gives::WorkspaceRole { workspace, role } => Some((*workspace, *role)),
            Gives::OrganizationRole { .. } => None,
        })
        .collect();
    let mut edits = Vec::new();
    for (workspace, role) in &wanted {
        if !after.roles_held(member, *workspace).any(|(_, held)| held == *role) {
            let id = given_place(user, *workspace, *role);
            edits.push(Edit::create(WorkspaceMembership { id, workspace: *workspace, member, role: *role }));
        }
    }
    let here: BTreeSet<WorkspaceId> = after.workspaces_of(member).collect();
    for workspace in here {
        let taken: Vec<_> = after
            .roles_held(member, workspace)
            .filter(|(id, role)| *id == given_place(user, workspace, *role))
            .filter(|(_, role)| !wanted.contains(&(workspace, *role)))
            .collect();
        let stays = after.roles_held(member, workspace).count() > taken.len()
            || wanted.iter().any(|(wanted, _)| *wanted == workspace);
        if !taken.is_empty() && !stays {
            edits.extend(cascade::workspace_lost(after, user, workspace, because));
            continue;
        }
        let memberships = taken.iter().filter_map(|(id, _)| after.workspace_membership(*id));
        edits.extend(memberships.map(|membership| Edit::remove((**membership).clone())));
    }
    edits
}
