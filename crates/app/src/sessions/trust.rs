use model::{Origin, Session, Snapshot};

/// Whether an organization honours a session (security.md S2): one that came in through its own connection while that
/// lets people in, or a local one while the organization demands no provider, or one that is honoured all the same:
/// break-glass, or the operator's link. Whoever may edit an organization's connection can say anything through it, so
/// it opens no other organization.
pub fn honours(facts: &Snapshot, session: &Session) -> bool {
    let Some(organization) = facts.organization() else { return false };
    match session.origin {
        Origin::Connection { connection, organization: of } => {
            of == organization.id
                && facts.connection(connection).is_some_and(|connection| connection.lets_in())
        }
        Origin::Local { honoured_by } => {
            honoured_by == Some(organization.id) || facts.enforced_connection().is_none()
        }
    }
}
