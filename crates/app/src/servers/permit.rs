use decision::{Action, On, Permit};
use model::UserId;

use crate::{Error, Planning};

impl Planning<'_> {
    /// Asks whether the caller may create a thing of that id. Where the answer is no, the reason is told: a thing that
    /// does not exist yet hides nothing.
    pub(crate) fn permit_new(&self, action: Action, on: On) -> Result<Permit, Error> {
        self.permit(action, on).map_err(|error| match error {
            Error::Hidden(denial) => Error::Denied(denial),
            other => other,
        })
    }

    /// The person who creates something. Only people are permitted to, so this fails only where a permit was forgotten.
    pub(crate) fn maker(&self) -> Result<UserId, Error> {
        self.user().ok_or_else(|| Error::Internal("something was created by no person".to_owned()))
    }
}
