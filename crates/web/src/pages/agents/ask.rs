//! What becomes of an error: what a form can show is shown there, the rest is a page of its own.

use app::Error;

use crate::Problem;
use crate::pages::Errors;
use crate::problem::FieldError;

/// Why a form is shown again.
pub(crate) enum Again {
    /// Something in it is wrong.
    Wrong(Errors),
    /// Somebody else changed the thing meanwhile. With the version that is there now.
    Stale(String),
}

/// Sorts an error. `fields` are the names that the form has; what is wrong elsewhere is said of the form as a whole.
pub(crate) fn again(error: Error, fields: &[&'static str]) -> Result<Again, Problem> {
    match error {
        Error::Invalid(wrong) => {
            let wrong: Vec<FieldError> = wrong
                .into_iter()
                .map(|wrong| FieldError { field: wrong.field, reason: wrong.reason.into() })
                .collect();
            Ok(Again::Wrong(Errors::from_fields(&wrong, fields)))
        }
        Error::Conflict { detail, .. } => {
            let whole = FieldError { field: String::new(), reason: detail.into() };
            Ok(Again::Wrong(Errors::from_fields(&[whole], fields)))
        }
        Error::Stale { current } => Ok(Again::Stale(current)),
        other => Err(other.into()),
    }
}

/// The same for a form that has nothing to be stale: its button only.
pub(crate) fn wrong(error: Error, fields: &[&'static str]) -> Result<Errors, Problem> {
    match again(error, fields)? {
        Again::Wrong(errors) => Ok(errors),
        Again::Stale(_) => Ok(Errors::none()
            .with("", "It was changed since this page was opened. Look at it again, then decide.")),
    }
}
