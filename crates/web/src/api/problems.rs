//! From what a use case could not do to what the client is told. The one table for the management API.

use app::Error;
use enforcement::Unauthenticated;

use crate::Problem;

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound(_) | Error::Hidden(_) => Self::not_found(),
            Error::Denied(denial) => Self::denied(denial.reason()),
            Error::Invalid(fields) => {
                Self::invalid(fields.into_iter().map(|wrong| (wrong.field, wrong.reason)).collect())
            }
            Error::Conflict { code, detail } => Self::conflict(code, detail),
            Error::Stale { current } => Self::stale(&current),
            Error::Upstream(detail) => Self::upstream(detail),
            Error::Unavailable(unavailable) => unavailable.into(),
            Error::Internal(cause) => {
                tracing::error!(error = %cause, "a use case failed");
                Self::internal()
            }
        }
    }
}

impl From<Unauthenticated> for Problem {
    fn from(error: Unauthenticated) -> Self {
        match error {
            Unauthenticated::Refused => Self::unauthorized(),
            Unauthenticated::Missing(missing) => Error::from(missing).into(),
        }
    }
}
