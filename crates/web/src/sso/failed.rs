use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::Problem;
use crate::pages::field::sentence;
use crate::pages::{Bare, filters, page_with};

#[derive(Template)]
#[template(path = "sso/failed.html")]
struct Failed {
    shell: Bare,
    said: String,
}

/// A sign-in that came to nothing, in words for who tried it, and the way back to the beginning.
pub(super) fn failed(request: &HttpRequest, problem: Problem) -> Result<HttpResponse, Problem> {
    let status = problem.code().status();
    // What is a failure of ours, or a miss, looks like every other.
    if status.is_server_error() || status == actix_web::http::StatusCode::NOT_FOUND {
        return Err(problem);
    }
    page_with(status, &Failed { shell: Bare::of(request), said: sentence(problem.said()) })
}
