use app::{Error, Request};

use super::Errors;
use crate::Problem;
use crate::problem::FieldError;
use crate::session::Visit;

/// Why a form comes back: what is wrong with it, or that somebody was faster.
#[derive(Debug)]
pub enum Again {
    /// Something is wrong with it; what was typed is still there.
    Wrong(Errors),
    /// It was made on an older version than the one that is there: which that is.
    Stale(String),
}

/// What a form with these fields does about a use case that came to nothing. `about` is the field that a
/// contradiction is told beside; empty: it is told of the form as a whole.
pub fn again(error: Error, fields: &[&'static str], about: &'static str) -> Result<Again, Problem> {
    match error {
        Error::Invalid(wrong) => {
            // A field of a list is told beside the list.
            let named = |field: &str| field.split(['[', '.']).next().unwrap_or_default().to_owned();
            let wrong = wrong
                .into_iter()
                .map(|wrong| FieldError { field: named(&wrong.field), reason: wrong.reason.into() })
                .collect::<Vec<_>>();
            Ok(Again::Wrong(Errors::from_fields(&wrong, fields)))
        }
        Error::Conflict { detail, .. } | Error::Upstream(detail) => {
            let wrong = [FieldError { field: about.to_owned(), reason: detail.into() }];
            Ok(Again::Wrong(Errors::from_fields(&wrong, &[about])))
        }
        Error::Stale { current } => Ok(Again::Stale(current)),
        other => Err(other.into()),
    }
}

/// The same for a form that has nothing to be stale: its button only.
pub fn wrong(error: Error, fields: &[&'static str]) -> Result<Errors, Problem> {
    match again(error, fields, "")? {
        Again::Wrong(errors) => Ok(errors),
        Again::Stale(_) => Ok(Errors::none()
            .with("", "It was changed since this page was opened. Look at it again, then decide.")),
    }
}

/// Reads a field of a form, or notes what is wrong with it.
pub fn take<T: std::str::FromStr<Err: std::fmt::Display>>(
    errors: &mut Errors,
    field: &'static str,
    text: &str,
) -> Option<T> {
    match text.parse() {
        Ok(value) => Some(value),
        Err(error) => {
            errors.note(field, &error.to_string());
            None
        }
    }
}

/// A request for a change of what was shown in that version; of whatever is there where the form brought none.
pub fn versioned(visit: &Visit, version: &str) -> Request {
    let if_match = Some(version.to_owned()).filter(|version| !version.is_empty());
    Request { if_match, ..visit.request() }
}
