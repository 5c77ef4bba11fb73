use serde::{Deserialize, Serialize};

use crate::{Name, SignalStreamId, Timestamp, UserId};

/// Where an identity provider tells of what happens to people between two sign-ins (Shared Signals Framework): which
/// transmitter is believed, and for what it speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalStream {
    /// Its id.
    pub id: SignalStreamId,
    /// What people call it.
    pub name: Name,
    /// Who sends: compared byte by byte with what a token says.
    pub issuer: String,
    /// To whom: what a token has to be addressed to.
    pub audience: String,
    /// Where the sender's keys are.
    pub jwks_url: String,
    /// When it was set up.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: UserId,
}
