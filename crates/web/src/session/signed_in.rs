use actix_web::error::InternalError;
use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::web::Data;
use actix_web::{Error, FromRequest, HttpRequest, HttpResponse, dev::Payload};
use app::App;
use app::sessions::{Browser, Found};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::LocalBoxFuture;
use model::{Session, UserId};
use url::Url;

use super::local::leading_to;
use super::{cookie, refuse_foreign};
use crate::Problem;

/// Somebody is signed in. Without a session, a page's visitor is sent to `/sign-in` and a program is told 401.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who.
    pub user: UserId,
    /// By which session.
    pub session: Session,
    /// What the hidden field `csrf` of every form has to hold.
    pub csrf: String,
}

impl FromRequest for SignedIn {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let found = present(&request).await?;
            refuse_foreign(&request)?;
            let csrf = URL_SAFE_NO_PAD.encode(found.csrf);
            Ok(Self { user: found.session.user, session: found.session, csrf })
        })
    }
}

/// The session of a request, if it has one that counts.
pub(crate) async fn found(request: &HttpRequest) -> Result<Option<Found>, Problem> {
    let Some(secret) = cookie::read(request) else { return Ok(None) };
    let app = request.app_data::<Data<App>>().ok_or_else(Problem::internal)?;
    Ok(app.session(&secret).await?)
}

/// The session of a request, or the way to one.
pub(crate) async fn present(request: &HttpRequest) -> Result<Found, Error> {
    match found(request).await? {
        Some(found) => Ok(found),
        None if is_api(request) => Err(Problem::unauthorized().into()),
        None => Err(redirect("signing in", leading_to("/sign-in", &way_back(request)))),
    }
}

/// Whether a program asks, and not a page.
pub(super) fn is_api(request: &HttpRequest) -> bool {
    request.path().starts_with("/v1/")
}

/// Where to come back to: the page itself, or, where a form was sent, the page that it was on.
pub(super) fn way_back(request: &HttpRequest) -> String {
    if request.method().is_safe() {
        return request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    }
    let referer = request.headers().get("referer").and_then(|value| value.to_str().ok());
    let Some(url) = referer.and_then(|text| Url::parse(text).ok()) else { return "/".to_owned() };
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}

/// An error that sends a browser elsewhere.
pub(super) fn redirect(cause: &'static str, location: String) -> Error {
    let response = HttpResponse::SeeOther()
        .insert_header((LOCATION, location))
        .insert_header((CACHE_CONTROL, "no-store"))
        .finish();
    InternalError::from_response(cause, response).into()
}

/// The browser that asks, for the list of sessions.
pub fn browser(request: &HttpRequest) -> Browser {
    let user_agent = request.headers().get("user-agent").and_then(|value| value.to_str().ok());
    Browser { user_agent: user_agent.map(ToOwned::to_owned), address: crate::address::client(request) }
}
