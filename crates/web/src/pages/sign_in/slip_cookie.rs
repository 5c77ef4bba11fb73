use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use keys::Slip;

/// What ties the page that leads to the provider's sign-out to the browser that has just signed out here.
const COOKIE: &str = "__Host-answerable-out";

/// What waits under the slip is let go of by then.
const KEPT: Duration = Duration::minutes(10);

/// The cookie that holds a slip, until the next page.
pub(super) fn hold(slip: &Slip) -> Cookie<'static> {
    build(slip.expose().to_owned(), KEPT)
}

/// The cookie that holds none any more.
pub(super) fn let_go() -> Cookie<'static> {
    build(String::new(), Duration::ZERO)
}

/// The slip that a browser holds.
pub(super) fn held(request: &HttpRequest) -> Option<Slip> {
    request.cookie(COOKIE)?.value().parse().ok()
}

fn build(value: String, age: Duration) -> Cookie<'static> {
    Cookie::build(COOKIE, value)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .max_age(age)
        .finish()
}
