use serde::{Deserialize, Serialize};

use crate::{AcceptedIdentityId, ConnectionId, Timestamp, UserId};

/// An account of another organization's provider by which a person may come in here: this one account, and nothing else
/// that the provider says (security.md S2).
///
/// It counts only while that organization's connection vouches for it as it did when it was accepted, and while this
/// organization demands no provider of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedIdentity {
    /// Its id; that of the request which it answers, where there was one.
    pub id: AcceptedIdentityId,
    /// Who comes in by it.
    pub user: UserId,
    /// Through which connection. It is another organization's.
    pub connection: ConnectionId,
    /// Who says who they are: compared byte by byte.
    pub issuer: String,
    /// Who they are, there.
    pub subject: String,
    /// SHA-256 of the account and of what vouched for it. Another issuer, another client or another protocol gives
    /// another one, so whoever changes the connection does not become the person here.
    pub voucher: [u8; 32],
    /// Who accepted it.
    pub accepted_by: UserId,
    /// When.
    pub accepted_at: Timestamp,
}
