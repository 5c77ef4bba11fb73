//! Running a use case on what a request makes of the resource as it stands under the lock.

use app::{App, Changed, Error, Plan, Planning};

use super::call::Directory;
use super::error::ScimError;

/// Why a plan came to nothing: what the request says is wrong, or what the use case says.
pub(crate) enum Refused {
    Request(ScimError),
    UseCase(Error),
}

impl From<ScimError> for Refused {
    fn from(error: ScimError) -> Self {
        Self::Request(error)
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::UseCase(error)
    }
}

/// Runs it. What a request makes of a resource is worked out under the lock, so two that come together cannot undo each
/// other.
pub(crate) async fn change<T>(
    app: &App,
    directory: &Directory,
    plan: impl FnOnce(&Planning<'_>) -> Result<Plan<T>, Refused>,
) -> Result<Changed<T>, ScimError> {
    let mut refused = None;
    let changed = app
        .change(directory.request(), |planning| {
            plan(planning).map_err(|why| match why {
                Refused::UseCase(error) => error,
                Refused::Request(error) => {
                    refused = Some(error);
                    Error::Invalid(Vec::new())
                }
            })
        })
        .await;
    match refused {
        Some(error) => Err(error),
        None => changed.map_err(ScimError::from),
    }
}
