//! Problems as pages, for whoever asks with a browser.

use actix_web::HttpMessage;
use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::http::header::ACCEPT;
use actix_web::http::{StatusCode, header};
use askama::Template;

use super::field::sentence;
use super::headers::{Keeping, secure};
use super::{Bare, filters};
use crate::Problem;
use crate::problem::Code;
use crate::session::NotTaken;

/// Where programs ask, whatever they say they accept.
const PROGRAMS: [&str; 8] =
    ["/v1/", "/scim/", "/access/", "/gateways/", "/.well-known/", "/openapi.json", "/healthz", "/readyz"];

/// Whether the answer to a request should be a page.
pub fn wants_page(request: &HttpRequest) -> bool {
    let accepts = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok());
    accepts.is_some_and(|accepts| accepts.contains("text/html"))
        && !PROGRAMS.iter().any(|root| request.path().starts_with(root))
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    shell: Bare,
    status: u16,
    title: &'a str,
    said: String,
    next: &'static str,
    /// Where denied access is explained, if there is such a page.
    explore: Option<String>,
    back: String,
    /// Where somebody asks an organization to take the way that they signed in.
    ask: Option<String>,
    request_id: &'a str,
}

/// A problem as a page: what happened, why, and the way on.
pub fn error_page(request: &HttpRequest, problem: &Problem, request_id: &str) -> HttpResponse {
    let status = problem.code().status();
    let organization = organization_of(request.path());
    let back = organization.map_or_else(|| "/".to_owned(), |slug| format!("/o/{slug}"));
    let explore =
        organization.filter(|_| status == StatusCode::FORBIDDEN).map(|slug| format!("/o/{slug}/explore"));
    let is_not_taken = request.extensions().contains::<NotTaken>();
    let ask = organization.filter(|_| is_not_taken).map(|slug| format!("/choose?organization={slug}"));
    let template = ErrorPage {
        shell: Bare::of(request),
        status: status.as_u16(),
        title: title(problem.code()),
        said: said(problem),
        next: next(status),
        explore,
        back,
        ask,
        request_id,
    };
    let mut response = HttpResponse::build(status);
    secure(&mut response, Keeping::Never);
    if let Some(seconds) = problem.retry_after() {
        response.insert_header((header::RETRY_AFTER, seconds));
    }
    response.body(template.render().unwrap_or_else(|_| problem.said().to_owned()))
}

/// The organization that a path is about, as it is written there.
fn organization_of(path: &str) -> Option<&str> {
    let slug = path.strip_prefix("/o/")?.split('/').next()?;
    let is_slug = slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (is_slug && !slug.is_empty()).then_some(slug)
}

fn title(code: Code) -> &'static str {
    match code.status() {
        StatusCode::NOT_FOUND => "There is nothing here",
        StatusCode::FORBIDDEN => "You may not do this",
        StatusCode::PRECONDITION_FAILED => "Somebody was here before you",
        StatusCode::CONFLICT => "As things are, this cannot be done",
        StatusCode::TOO_MANY_REQUESTS => "That was too often",
        status if status.is_server_error() => "Something failed here",
        _ => code.title(),
    }
}

/// The problem's own words, as a sentence; for a miss, words for people.
fn said(problem: &Problem) -> String {
    match problem.code() {
        Code::NotFound => {
            "The page does not exist, or it belongs to somebody else. Both look the same from outside."
                .to_owned()
        }
        _ => sentence(problem.said()),
    }
}

fn next(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "Check the address, or start from the overview.",
        StatusCode::FORBIDDEN => "Whoever answers for it, or an admin, can do it or give you access.",
        StatusCode::PRECONDITION_FAILED => {
            "Go back, load the page again to see how it is now, and decide again. Nothing was changed."
        }
        StatusCode::CONFLICT => "Nothing was changed.",
        StatusCode::TOO_MANY_REQUESTS => "Wait a moment and try again. Nothing was changed.",
        status if status.is_server_error() => {
            "It is not your doing. Try again; if it stays, give the request id to whoever runs this server."
        }
        _ => "Go back and try again. Nothing was changed.",
    }
}
