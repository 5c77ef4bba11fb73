//! From what a use case could not do to what the client is told.

use app::Error;
use decision::Reason;
use enforcement::Unauthenticated;

use crate::problem::{Code, FieldError, Problem};

impl Problem {
    pub(crate) fn not_found() -> Self {
        Self::new(Code::NotFound)
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(Code::Unauthorized)
    }

    pub(crate) fn internal() -> Self {
        Self::new(Code::Internal)
    }

    pub(crate) fn malformed(detail: String) -> Self {
        Self::new(Code::Malformed).detail(detail)
    }

    pub(crate) fn denied(reason: Reason) -> Self {
        Self::new(Code::Forbidden).detail(reason.say()).reason(reason.code())
    }

    pub(crate) fn invalid(fields: Vec<(String, String)>) -> Self {
        let fields = fields.into_iter().map(|(field, reason)| FieldError { field, reason: reason.into() });
        Self::new(Code::Invalid).fields(fields.collect())
    }

    pub(crate) fn invalid_field(field: &str, reason: &str) -> Self {
        Self::invalid(vec![(field.to_owned(), reason.to_owned())])
    }

    pub(crate) fn conflict(reason: &'static str, detail: String) -> Self {
        Self::new(Code::Conflict).detail(detail).reason(reason)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound(_) | Error::Hidden(_) => Self::not_found(),
            Error::Denied(denial) => Self::denied(denial.reason()),
            Error::Invalid(fields) => {
                Self::invalid(fields.into_iter().map(|wrong| (wrong.field, wrong.reason)).collect())
            }
            Error::Conflict { code, detail } => Self::conflict(code, detail),
            Error::Stale { current } => Self::new(Code::PreconditionFailed)
                .detail(format!("It was changed since you read it. The version is now `{current}`.")),
            Error::Upstream(detail) => Self::new(Code::Upstream).detail(detail),
            Error::Unavailable(unavailable) => unavailable.into(),
            Error::Internal(cause) => Self::internal().because(cause),
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
