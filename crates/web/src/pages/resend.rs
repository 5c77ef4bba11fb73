//! A form that arrives after its session has ended, or before a person has proved again who they are: what was typed
//! is shown and waits on the page until it can be sent. Nothing is kept here for it; the page itself holds it.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_TYPE, LOCATION};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{Error, HttpRequest, HttpResponse};
use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::form_urlencoded;

use super::{Bare, filters, render};
use crate::Problem;
use crate::problem::Code;
use crate::session::{found, refuse_foreign};

/// What people type is far smaller; more than this is not shown again.
const LONGEST: usize = 256 * 1024;

/// Words in the names of fields whose values are not shown, though they are sent again.
const HIDDEN: [&str; 5] = ["secret", "password", "token", "code", "slip"];

#[derive(Template)]
#[template(path = "resend.html")]
struct Page {
    shell: Bare,
    action: String,
    /// What has to be done first.
    first: First,
    csrf: String,
    sent: Vec<(String, String)>,
    shown: Vec<(String, String)>,
}

/// What has to be done first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    /// Nothing: it can be sent.
    Nothing,
    /// Sign in.
    SignIn,
    /// Prove again who it is.
    StepUp,
}

/// Keeps what was typed where a form cannot be taken because of the session.
pub(super) async fn keep_typed<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    if !is_form(request.request()) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let typed = request.extract::<Bytes>().await?;
    request.set_payload(Payload::from(typed.clone()));
    let response = next.call(request).await?;
    let Some(first) = refused(&response).filter(|_| typed.len() <= LONGEST) else {
        return Ok(response.map_into_left_body());
    };
    let asked = response.request().clone();
    match page(&asked, first, &typed).await? {
        Some(page) => Ok(ServiceResponse::new(asked, page).map_into_right_body()),
        None => Ok(response.map_into_left_body()),
    }
}

fn is_form(request: &HttpRequest) -> bool {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    request.method() == Method::POST
        && request.path().starts_with("/o/")
        && kind.starts_with("application/x-www-form-urlencoded")
}

/// Why a form was not taken, where that is the session's doing.
fn refused<B>(response: &ServiceResponse<B>) -> Option<First> {
    let expired = response
        .response()
        .error()
        .and_then(|error| error.as_error::<Problem>())
        .is_some_and(|problem| problem.code() == Code::FormExpired);
    if expired {
        return Some(First::Nothing);
    }
    let to = response.headers().get(LOCATION).and_then(|value| value.to_str().ok())?;
    let leads = |page: &str| to.split('?').next() == Some(page);
    match response.status() {
        StatusCode::SEE_OTHER if leads("/step-up") => Some(First::StepUp),
        StatusCode::SEE_OTHER if leads("/sign-in") => Some(First::SignIn),
        _ => None,
    }
}

/// The page that holds what was typed. None: it does not come from a page of ours, and nothing is offered to be sent.
async fn page(request: &HttpRequest, first: First, typed: &[u8]) -> Result<Option<HttpResponse>, Error> {
    if refuse_foreign(request).is_err() {
        return Ok(None);
    }
    let csrf = found(request).await?.map(|found| URL_SAFE_NO_PAD.encode(found.csrf)).unwrap_or_default();
    let sent: Vec<(String, String)> = form_urlencoded::parse(typed)
        .filter(|(name, _)| name != "csrf")
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let shown = sent
        .iter()
        .filter(|(name, value)| {
            !value.trim().is_empty() && !matches!(name.as_str(), "version" | "from" | "slip")
        })
        .map(|(name, value)| (label(name), masked(name, value)))
        .collect();
    let action = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let template = Page { shell: Bare::of(request), action, first, csrf, sent, shown };
    Ok(Some(render::kept_nowhere(StatusCode::FORBIDDEN, &template)?))
}

fn masked(name: &str, value: &str) -> String {
    if HIDDEN.iter().any(|word| name.contains(word)) { "•••".to_owned() } else { value.to_owned() }
}

/// `key_name` as a person reads it: `Key name`.
fn label(name: &str) -> String {
    let spaced = name.replace(['_', '-'], " ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}
