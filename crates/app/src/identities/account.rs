use model::{ConnectionId, OrganizationId, Origin, Session, UserId};

use super::voucher;
use crate::{App, Error};

/// The account of an organization's provider that a session came in as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    /// Whose provider it is.
    pub home: OrganizationId,
    /// By which connection.
    pub connection: ConnectionId,
    /// Who says who they are.
    pub issuer: String,
    /// Who they are, there.
    pub subject: String,
    /// What the connection vouches for.
    pub voucher: [u8; 32],
    /// Who they are, here.
    pub user: UserId,
}

impl App {
    /// The account that a session came in as, while it is still bound to its person and vouched for as it was then. None:
    /// the session came in some other way, or has to begin anew before anybody can accept it.
    pub(crate) async fn account_of(&self, session: &Session) -> Result<Option<Account>, Error> {
        let Origin::Connection { connection, organization: home, voucher: Some(vouched) } = session.origin
        else {
            return Ok(None);
        };
        let facts = match self.engine.replica().hold(home).await {
            Err(enforcement::Missing::Unknown) => return Ok(None),
            held => held?,
        };
        let Some(found) = facts.connection(connection).filter(|found| found.lets_in()) else {
            return Ok(None);
        };
        let bound = self.store.identities_of(home, session.user).await?;
        let of_it = |identity: &store::Identity| {
            identity.connection == connection && identity.issuer == found.terms.issuer
        };
        for identity in bound.into_iter().filter(of_it) {
            if voucher(found, &identity.subject)? == vouched {
                let store::Identity { issuer, subject, user, .. } = identity;
                return Ok(Some(Account { home, connection, issuer, subject, voucher: vouched, user }));
            }
        }
        Ok(None)
    }
}
