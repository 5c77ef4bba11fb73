use std::sync::Arc;

use model::{AcceptedIdentity, Origin, Session, Snapshot};

/// Whether an organization honours a session (security.md S2): one that is its own to honour, or one that came in through
/// another organization's provider by an account that this one accepts. Whether that provider still vouches for the
/// account is asked beside it, of the other organization's facts. An organization that ended the session for itself
/// honours it no more.
pub fn honours(facts: &Snapshot, session: &Session) -> bool {
    honours_as_its_own(facts, session) || accepts(facts, session).is_some()
}

/// Whether an organization honours a session without anybody's acceptance: one that came in through its own connection
/// while that lets people in, or a local one while the organization demands no provider, or one that is honoured all the
/// same: break-glass, or the operator's link. Whoever may edit an organization's connection can say anything through it,
/// so by itself it opens no other organization.
pub(super) fn honours_as_its_own(facts: &Snapshot, session: &Session) -> bool {
    let Some(organization) = facts.organization() else { return false };
    if session.closed_to.contains(&organization.id) {
        return false;
    }
    match session.origin {
        Origin::Connection { connection, organization: of, .. } => {
            of == organization.id
                && facts.connection(connection).is_some_and(|connection| connection.lets_in())
        }
        Origin::Local { honoured_by } => {
            honoured_by == Some(organization.id) || facts.enforced_connection().is_none()
        }
    }
}

/// The acceptance by which an organization honours a session, as far as its own facts tell: of the very account that the
/// session came in as, vouched for as it was then. None counts while the organization demands its own provider.
pub(super) fn accepts<'f>(facts: &'f Snapshot, session: &Session) -> Option<&'f Arc<AcceptedIdentity>> {
    let Origin::Connection { connection, voucher: Some(voucher), .. } = session.origin else { return None };
    let organization = facts.organization()?;
    if session.closed_to.contains(&organization.id) || facts.enforced_connection().is_some() {
        return None;
    }
    let is_it =
        |identity: &&Arc<AcceptedIdentity>| identity.connection == connection && identity.voucher == voucher;
    facts.identities_of(session.user).find(is_it)
}
