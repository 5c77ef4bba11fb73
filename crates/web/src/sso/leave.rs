use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::flow_cookie::Held;
use crate::Problem;
use crate::pages::{Bare, filters, page};

#[derive(Template)]
#[template(path = "sso/continue.html")]
struct Leave<'a> {
    shell: Bare,
    url: &'a str,
    host: &'a str,
}

/// The page that a browser leaves by: at once by itself, or by the link.
pub(super) fn leave(request: &HttpRequest, url: &str, held: Held) -> Result<HttpResponse, Problem> {
    let parsed = url::Url::parse(url).map_err(|_| Problem::internal())?;
    let host = parsed.host_str().unwrap_or_default();
    let mut response = page(&Leave { shell: Bare::of(request), url, host })?;
    response.add_cookie(&held.cookie()).map_err(|_| Problem::internal())?;
    Ok(response)
}
