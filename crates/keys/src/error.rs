use chrono::TimeDelta;
use model::{KeyId, KeyKind, MAX_LIVE_KEYS, MAX_RETIRING_KEYS, Timestamp};

/// Why a text is no token. For tests and logs; a caller is told only that the credential is unknown (K8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAToken {
    /// Not 68 bytes long.
    #[error("a token has 68 characters")]
    Length,
    /// Does not begin with `ans_`.
    #[error("a token begins with `ans_`")]
    Prefix,
    /// Two letters that name no kind.
    #[error("the kind of the token is unknown")]
    Kind,
    /// A character that is neither a digit nor an ASCII letter.
    #[error("a token has only digits and letters after its kind")]
    Alphabet,
    /// Mistyped, cut and filled up, or made up.
    #[error("the checksum of the token is wrong")]
    Checksum,
}

/// Why a well-formed token does not count.
///
/// Expired and revoked are told apart only to someone who holds the whole secret: with only the public id, which
/// stands in every log, a stranger learns nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No such key, or not its secret, or not its kind.
    #[error("the key is unknown")]
    NotFound,
    /// The secret is right; its end, or the end of its grace, has come.
    #[error("the key has expired: use its successor or have a new one issued")]
    Expired,
    /// The secret is right; the key was revoked.
    #[error("the key was revoked: have a new one issued")]
    Revoked,
}

impl Refusal {
    /// The result code of security.md K8.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

/// Why limits cannot be a key's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LimitsError {
    /// A key that may never be used is a mistake.
    #[error("a key must be usable at least once: set `max_uses` to 1 or more, or leave it out")]
    NoUses,
    /// More address ranges than anyone checks by eye.
    #[error("at most {limit} address ranges: join neighbouring ranges into wider ones")]
    TooManyAddresses {
        /// How many are allowed.
        limit: usize,
    },
    /// An IPv4 range written as IPv6. Addresses are compared in their IPv4 form, so it would never match.
    #[error("`{range}` is an IPv4 range written as IPv6: write it as IPv4")]
    MappedAddress {
        /// The range as given.
        range: String,
    },
    /// More gateways than anyone checks by eye.
    #[error("at most {limit} gateways: leave the list empty to allow every gateway of the organization")]
    TooManyGateways {
        /// How many are allowed.
        limit: usize,
    },
    /// More scope entries than a decision should read.
    #[error("at most {limit} scope entries: use patterns to join them")]
    TooManyScopeEntries {
        /// How many are allowed.
        limit: usize,
    },
    /// A limit that nothing would ever look at for this kind of key.
    #[error("`{limit}` does not apply to a key of kind `{}`: leave it out", .kind.as_str())]
    NotForKind {
        /// The field.
        limit: &'static str,
        /// The kind of the key.
        kind: KeyKind,
    },
}

/// Why a key was not issued or not changed, and what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The holder has as many counting keys as it may.
    #[error(
        "at most {MAX_LIVE_KEYS} keys may count at once: revoke one, end a grace, or rotate with a grace of zero"
    )]
    TooManyKeys,
    /// Two rotations are under way.
    #[error(
        "at most {MAX_RETIRING_KEYS} keys may be retiring at once: end one of the graces, or rotate with a grace of zero"
    )]
    TooManyRetiring,
    /// The end asked for is not after now.
    #[error("the end of a key must lie in the future: choose a later one")]
    EndTooEarly,
    /// The end asked for is beyond the longest life of a key.
    #[error("a key may last until {latest} at most: choose an earlier end")]
    EndTooLate {
        /// The latest end that is possible now.
        latest: Timestamp,
    },
    /// The successor would end while the old key still counts.
    #[error(
        "the new key must outlast the old one, which counts until {until}: choose a later end or a shorter grace"
    )]
    EndsBeforeOld {
        /// When the old key would end.
        until: Timestamp,
    },
    /// A grace below zero.
    #[error("a grace cannot be negative: use zero to end the old key now")]
    GraceNegative,
    /// A grace beyond the longest.
    #[error("a grace may last {} days at most: choose a shorter one", .longest.num_days())]
    GraceTooLong {
        /// The longest that is possible.
        longest: TimeDelta,
    },
    /// An extension that does not extend.
    #[error("the grace already lasts until {until}: choose a later time, or end the grace")]
    GraceNotExtended {
        /// When it ends as things stand.
        until: Timestamp,
    },
    /// The key is in the middle of a rotation.
    #[error("the key is already being rotated: use its successor `{successor}`, or revoke the key")]
    AlreadyRetiring {
        /// The key that takes over.
        successor: KeyId,
    },
    /// There is no grace to change.
    #[error("the key is not being rotated: rotate it first")]
    NotRetiring,
    /// Its end, or the end of its grace, has come.
    #[error("the key has expired and never counts again: issue a new one")]
    Expired,
    /// It was revoked.
    #[error("the key was revoked and never counts again: issue a new one")]
    Revoked,
    /// It was revoked before.
    #[error("the key is already revoked: nothing is left to do")]
    AlreadyRevoked,
    /// Its limits do not hold together.
    #[error(transparent)]
    Limits(#[from] LimitsError),
}
