//! A card of the page stands alone: where one cannot be filled, the others are.

use actix_web::{HttpMessage, HttpRequest};
use app::Error;

use crate::RequestId;

/// What is on a card.
#[derive(Debug)]
pub(super) enum Card<T> {
    /// What it shows.
    Shown(T),
    /// It cannot be filled now. The request it is logged under.
    Broken(String),
    /// It is not for this reader.
    Absent,
}

impl<T> Card<T> {
    /// A card from what was found. What is denied is not for this reader; everything else is told, and logged.
    pub(super) fn of(request: &HttpRequest, name: &'static str, found: Result<T, Error>) -> Self {
        match found {
            Ok(shown) => Self::Shown(shown),
            Err(Error::Denied(_) | Error::Hidden(_)) => Self::Absent,
            Err(error) => {
                let id = request.extensions().get::<RequestId>().map(|id| id.as_str().to_owned());
                let id = id.unwrap_or_default();
                tracing::error!(request.id = %id, card = name, %error, "a card of the overview cannot be filled");
                Self::Broken(id)
            }
        }
    }

    /// The same with something else on it.
    pub(super) fn map<U>(self, with: impl FnOnce(T) -> U) -> Card<U> {
        match self {
            Self::Shown(shown) => Card::Shown(with(shown)),
            Self::Broken(id) => Card::Broken(id),
            Self::Absent => Card::Absent,
        }
    }
}
