//! What follows from a change, computed before it is written so that it is written with it.
//!
//! Losing a workspace needs no cascade: an agent's access there is computed from its owner's membership, so the
//! removal of that one row is the agents' removal. Losing the organization does: whoever held a right from the
//! person is enumerated here, not only what happens to be in a cache.

use crate::{
    AgentState, Because, Edit, Fact, GroupMember, Holder, InvitationState, KeyState, Member,
    OrganizationMembership, Snapshot, UserId, WorkspaceId,
};

/// The person is deactivated or gone: their agents here are latched, those agents' keys and the person's own
/// management keys end, and invitations they made are withdrawn.
pub fn owner_lost(snapshot: &Snapshot, owner: UserId, because: &Because) -> Vec<Edit> {
    let mut edits = Vec::new();
    for agent in snapshot.agents_of(owner) {
        if !matches!(agent.state, AgentState::Revoked(_) | AgentState::Unowned(_)) {
            edits.push(Edit::update((**agent).clone(), (**agent).clone().latch(because.clone())));
        }
        // Dead intermediates are walked through: a revoked agent's keys end too, should one still stand.
        edits.extend(keys_end(snapshot, Holder::Agent(agent.id), because));
    }
    edits.extend(keys_end(snapshot, Holder::User(owner), because));
    edits.extend(invitations_end(snapshot, |invitation| invitation.invited_by == owner, because));
    edits.extend(member_invitations_end(snapshot, owner, because));
    edits
}

/// Every key of a holder that is not yet revoked, revoked.
pub fn keys_end(snapshot: &Snapshot, holder: Holder, because: &Because) -> Vec<Edit> {
    snapshot
        .keys_of(holder)
        .filter(|key| !matches!(key.state, KeyState::Revoked(_)))
        .map(|key| {
            let mut revoked = (**key).clone();
            revoked.state = KeyState::Revoked(because.clone());
            Edit::update((**key).clone(), revoked)
        })
        .collect()
}

/// The person leaves the organization: all of [`owner_lost`], their places in workspaces, the accounts of others that they
/// came in by, and the membership itself.
pub fn member_gone(snapshot: &Snapshot, membership: &OrganizationMembership, because: &Because) -> Vec<Edit> {
    let mut edits = owner_lost(snapshot, membership.user, because);
    edits.extend(places_end(snapshot, Member::User(membership.user)));
    edits.extend(directory_forgets(snapshot, membership.user));
    edits.extend(snapshot.identities_of(membership.user).map(|identity| Edit::remove((**identity).clone())));
    edits.push(Edit::remove(membership.clone()));
    edits
}

/// What the directory told of a person, removed: their groups and their entry.
fn directory_forgets(snapshot: &Snapshot, user: UserId) -> Vec<Edit> {
    let groups = snapshot.groups_of(user).map(|group| Edit::remove(GroupMember { group, user }));
    groups.chain(snapshot.directory_user(user).map(|entry| Edit::remove((**entry).clone()))).collect()
}

/// Every workspace membership of a member, removed.
pub fn places_end(snapshot: &Snapshot, member: Member) -> Vec<Edit> {
    snapshot
        .list_workspace_memberships(None)
        .filter(|membership| membership.member == member)
        .map(|membership| Edit::remove((**membership).clone()))
        .collect()
}

/// The person leaves one workspace: their memberships there, and the invitations of their agents to it.
pub fn workspace_lost(
    snapshot: &Snapshot,
    user: UserId,
    workspace: WorkspaceId,
    because: &Because,
) -> Vec<Edit> {
    let member = Member::User(user);
    let mut edits: Vec<Edit> = snapshot
        .memberships_in(workspace)
        .filter(|membership| membership.member == member)
        .map(|membership| Edit::remove((**membership).clone()))
        .collect();
    edits.extend(invitations_end(
        snapshot,
        |invitation| invitation.invited_by == user && invitation.workspace == workspace,
        because,
    ));
    edits
}

/// The invitations of people that a person has made and nobody has accepted yet: what somebody who may invite no longer
/// has promised, nobody promises.
fn member_invitations_end(snapshot: &Snapshot, by: UserId, because: &Because) -> Vec<Edit> {
    snapshot
        .list_member_invitations(None)
        .filter(|invitation| invitation.invited_by == by)
        .filter_map(|invitation| {
            let before = crate::MemberInvitation::clone(invitation);
            let after = before.clone().withdraw(because.clone()).ok()?;
            Some(Edit::update(before, after))
        })
        .collect()
}

fn invitations_end(
    snapshot: &Snapshot,
    concerned: impl Fn(&crate::Invitation) -> bool,
    because: &Because,
) -> Vec<Edit> {
    snapshot
        .list_invitations(None)
        .filter(|invitation| concerned(invitation))
        .filter(|i| matches!(i.state, InvitationState::Pending | InvitationState::Accepted(_)))
        .map(|invitation| {
            let mut withdrawn = (**invitation).clone();
            withdrawn.state = InvitationState::Withdrawn(because.clone());
            Edit::update((**invitation).clone(), withdrawn)
        })
        .collect()
}

/// Whether an edit leaves an agent without somebody to answer for it: what a store refuses outright.
pub fn leaves_orphan(snapshot: &Snapshot, edit: &Edit) -> bool {
    match &edit.after {
        Some(Fact::Agent(agent))
            if !matches!(agent.state, AgentState::Revoked(_) | AgentState::Unowned(_)) =>
        {
            !snapshot.member(agent.owner).is_some_and(|member| member.is_active())
        }
        _ => false,
    }
}
