use serde::{Deserialize, Serialize};

use crate::{Name, SecretId, SignalStreamId, Timestamp, UserId};

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
    /// How its signals come. A stream from before there was a choice is sent.
    #[serde(default)]
    pub delivery: Delivery,
    /// When it was set up.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: UserId,
}

/// How the signals of a stream come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Delivery {
    /// The transmitter sends each as it happens (RFC 8935).
    Push {
        /// SHA-256 of the token that it shows beside each. None: the stream is from before there were tokens, and the
        /// signature of a signal has to do.
        token_hash: Option<[u8; 32]>,
    },
    /// The transmitter is asked for them (RFC 8936).
    Poll {
        /// Where.
        url: String,
        /// The token that it gave us, sealed.
        secret: SecretId,
    },
}

impl Default for Delivery {
    fn default() -> Self {
        Self::Push { token_hash: None }
    }
}

impl Delivery {
    /// What it is called in the API: `push` or `poll`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Push { .. } => "push",
            Self::Poll { .. } => "poll",
        }
    }
}
