use model::{AcceptedIdentity, Connection, OrganizationId};
use sha2::{Digest, Sha256};

use crate::{App, Error};

/// What a connection vouches for when it says that somebody is this: SHA-256 of the account, and of everything that
/// settles who says so. Its secret, its scopes and what groups give may change without anybody becoming anybody else.
pub fn voucher(connection: &Connection, subject: &str) -> Result<[u8; 32], Error> {
    let terms = &connection.terms;
    let who = (connection.id, &terms.kind, &terms.issuer, &terms.client.id, subject);
    let text = serde_json::to_vec(&who).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Sha256::digest(text).into())
}

impl App {
    /// Whether the organization that an account belongs to still vouches for it as it did when it was accepted: it is
    /// active, the person is an active member of it, its connection lets people in, and nothing that settles who says
    /// so has changed.
    pub(crate) async fn vouches(
        &self,
        home: OrganizationId,
        identity: &AcceptedIdentity,
    ) -> Result<bool, Error> {
        let facts = match self.engine.replica().hold(home).await {
            Err(enforcement::Missing::Unknown) => return Ok(false),
            held => held?,
        };
        let is_active = facts.organization().is_some_and(|organization| organization.is_active())
            && facts.member(identity.user).is_some_and(|member| member.is_active());
        let connection = facts.connection(identity.connection).filter(|connection| connection.lets_in());
        match connection.filter(|_| is_active) {
            Some(connection) => Ok(voucher(connection, &identity.subject)? == identity.voucher),
            None => Ok(false),
        }
    }
}
