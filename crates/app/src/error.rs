use decision::{Denial, Reason};
use enforcement::{Missing, NotRecorded, Unavailable};
use model::{FactKind, StateError};
use store::StoreError;

/// Why a use case came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing.
    #[error("no such {}", .0.as_str())]
    NotFound(FactKind),
    /// There is, but the caller may not know it: told exactly like [`Error::NotFound`].
    #[error("hidden: {}", .0.reason().code())]
    Hidden(Box<Denial>),
    /// The caller may know of it and may not do this.
    #[error("denied: {}", .0.reason().code())]
    Denied(Box<Denial>),
    /// Fields that cannot be so.
    #[error("invalid input")]
    Invalid(Vec<FieldError>),
    /// It contradicts what is there.
    #[error("{detail}")]
    Conflict {
        /// Stable word for the contradiction.
        code: &'static str,
        /// What it contradicts and what to do.
        detail: String,
    },
    /// The edit was made on an older version.
    #[error("the edit was made on an older version")]
    Stale {
        /// The version that is there now.
        current: String,
    },
    /// What was asked outside did not answer as it should.
    #[error("{0}")]
    Upstream(String),
    /// The node cannot do it safely now.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// Something is broken.
    #[error("internal: {0}")]
    Internal(String),
}

/// One field of the input and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Its name, with dots and positions where it is nested.
    pub field: String,
    /// What is wrong, and what would be right.
    pub reason: String,
}

impl Error {
    /// One field that cannot be so.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers hand over an error or a sentence and are done with it"
    )]
    pub fn invalid(field: &str, reason: impl ToString) -> Self {
        Self::Invalid(vec![FieldError { field: field.to_owned(), reason: reason.to_string() }])
    }

    /// The refusal in it, if it is one.
    pub fn denial(&self) -> Option<&Denial> {
        match self {
            Self::Hidden(denial) | Self::Denied(denial) => Some(denial),
            _ => None,
        }
    }

    /// The reason of the refusal in it, if it is one.
    pub fn reason(&self) -> Option<Reason> {
        self.denial().map(Denial::reason)
    }
}

impl From<StateError> for Error {
    fn from(error: StateError) -> Self {
        Self::Conflict { code: "state", detail: error.to_string() }
    }
}

impl From<::keys::KeyError> for Error {
    fn from(error: ::keys::KeyError) -> Self {
        use ::keys::KeyError;
        match error {
            KeyError::GraceNegative | KeyError::GraceTooLong { .. } => Self::invalid("grace_seconds", error),
            KeyError::EndTooEarly | KeyError::EndTooLate { .. } | KeyError::EndsBeforeOld { .. } => {
                Self::invalid("expires_at", error)
            }
            KeyError::Limits(_) => Self::invalid("limits", error),
            _ => Self::Conflict { code: "key", detail: error.to_string() },
        }
    }
}

impl From<signin::SignInError> for Error {
    fn from(error: signin::SignInError) -> Self {
        Self::Upstream(error.to_string())
    }
}

impl From<Missing> for Error {
    fn from(error: Missing) -> Self {
        match error {
            Missing::Unknown => Self::NotFound(FactKind::Organization),
            other => Self::Unavailable(other.into()),
        }
    }
}

impl From<NotRecorded> for Error {
    fn from(error: NotRecorded) -> Self {
        Self::Unavailable(error.into())
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { what } => {
                Self::Conflict { code: "taken", detail: format!("there is one with this `{what}` already") }
            }
            StoreError::Unavailable(_) | StoreError::Full => Self::Unavailable(error.into()),
            other => Self::Internal(other.to_string()),
        }
    }
}
