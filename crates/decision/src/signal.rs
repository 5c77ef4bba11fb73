//! What a signal of an identity provider may bring about: the end of what somebody has, and nothing that gives.

use model::{SignalStreamId, Snapshot};

use crate::{Action, Manage, On, Reason, Through};

/// A stream that is configured ends the sessions of whom the directory brought, cuts their agents, and deactivates them.
/// Others it does not reach: whoever holds an emergency account stays out of the provider's hands.
pub(crate) fn may(host: &Snapshot, id: SignalStreamId, request: &Manage) -> Result<Option<Through>, Reason> {
    if request.caller.principal.is_some() {
        return Err(Reason::PeopleOnly);
    }
    if host.signal_stream(id).is_none() {
        return Err(Reason::CredentialUnknown);
    }
    if !host.organization().is_some_and(|organization| organization.is_active()) {
        return Err(Reason::OrganizationSuspended);
    }
    match (request.action, request.on) {
        (Action::MemberSignOut | Action::MemberSuspend, On::Member(user)) => {
            host.directory_user(user).map(|_| None).ok_or(Reason::NotYours)
        }
        _ => Err(Reason::PeopleOnly),
    }
}
