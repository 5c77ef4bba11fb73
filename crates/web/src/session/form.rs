use actix_web::{Error, FromRequest, HttpRequest, dev::Payload};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::LocalBoxFuture;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;

use super::Visit;
use super::anybody::count;
use super::refuse_foreign;
use super::signed_in::present;
use crate::Problem;
use crate::arriving::arriving;
use crate::problem::Code;

/// The fields of a form that a page of this very session sent: it comes from this site, and brings the session's `csrf`.
#[derive(Debug, Clone)]
pub struct Form<T>(pub T);

/// A form that is only a button.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct NoFields {}

#[derive(Deserialize)]
struct Proof {
    #[serde(default)]
    csrf: String,
}

impl<T: DeserializeOwned + 'static> FromRequest for Form<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = arriving(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let found = present(&request).await?;
            refuse_foreign(&request)?;
            let body = body.await.map_err(Problem::from)?;
            match proven(&body, &found.csrf) {
                Ok(fields) => Ok(Self(fields)),
                Err(wrong) => {
                    // Who may not enter the organization is told just that, whatever the form holds: the two are read
                    // side by side, and the answer may not hang on which of them was faster.
                    if request.match_info().get("org").is_some() {
                        Visit::from_request(&request, &mut Payload::None).await?;
                    }
                    Err(wrong.into())
                }
            }
        })
    }
}

/// The fields of a form that brings the session's proof.
fn proven<T: DeserializeOwned>(body: &[u8], session: &[u8]) -> Result<T, Problem> {
    let Proof { csrf } = read(body)?;
    let csrf = URL_SAFE_NO_PAD.decode(csrf).unwrap_or_default();
    if !bool::from(csrf.ct_eq(session)) {
        return Err(Problem::new(Code::FormExpired));
    }
    read(body)
}

/// The fields of a form that anybody may send, signed in or not, from a page of ours. Counted by where it comes from.
#[derive(Debug, Clone)]
pub struct OpenForm<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for OpenForm<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = arriving(request, payload);
        let request = request.clone();
        Box::pin(async move {
            refuse_foreign(&request)?;
            count(&request)?;
            Ok(Self(read(&body.await.map_err(Problem::from)?)?))
        })
    }
}

/// Reads the fields of a form.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_html_form::from_bytes(body)
        .map_err(|error| Problem::malformed(format!("The form is not as expected: {error}.")))
}
