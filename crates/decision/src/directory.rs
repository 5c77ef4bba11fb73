//! What the organization's directory may do, by its key: keep the people and groups that it brought, and nothing else.

use model::{Holder, KeyId, KeyState, OrganizationRole, Snapshot};

use crate::{Action, Decision, Manage, On, Reason, Through};

pub(crate) fn may(
    host: &Snapshot,
    id: KeyId,
    request: &Manage,
    decision: &mut Decision,
) -> Result<Option<Through>, Reason> {
    decision.key = Some(id);
    let organization = host.organization().ok_or(Reason::CredentialUnknown)?;
    let of_directory = |key: &&std::sync::Arc<model::Key>| key.holder == Holder::Directory(organization.id);
    let key = host.key(id).filter(of_directory).ok_or(Reason::CredentialUnknown)?;
    if matches!(key.state, KeyState::Revoked(_)) {
        return Err(Reason::CredentialRevoked);
    }
    if !key.counts_at(request.now) {
        return Err(Reason::CredentialExpired);
    }
    if !organization.is_active() {
        return Err(Reason::OrganizationSuspended);
    }
    // It acts for nobody: a request that names a principal is not one of a directory.
    if request.caller.principal.is_some() {
        return Err(Reason::PeopleOnly);
    }
    keeps(host, request)?;
    Ok(Some(Through::Key(id)))
}

/// Whether the thing is its own to keep. Whom it did not bring it may neither change nor cut: a directory that could
/// would reach the people who hold the organization's emergency accounts.
fn keeps(host: &Snapshot, request: &Manage) -> Result<(), Reason> {
    match (request.action, request.on) {
        (Action::MemberAdd, On::MemberAs(user, role)) => {
            if host.member(user).is_some() {
                Err(Reason::NotYours)
            } else if role > OrganizationRole::Member {
                Err(Reason::AboveYourRole)
            } else {
                Ok(())
            }
        }
        (
            Action::MemberRead
            | Action::MemberUpdate
            | Action::MemberSuspend
            | Action::MemberSignOut
            | Action::MemberResume
            | Action::MemberRemove,
            On::Member(user),
        ) => host.directory_user(user).map(drop).ok_or(Reason::NotYours),
        (
            Action::GroupRead | Action::GroupCreate | Action::GroupUpdate | Action::GroupRemove,
            On::Group(_),
        ) => Ok(()),
        _ => Err(Reason::PeopleOnly),
    }
}
