use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

/// What a cookie of this name says.
pub(super) fn read(request: &HttpRequest, name: &str) -> Option<String> {
    request.cookie(name).map(|cookie| cookie.value().to_owned())
}

/// A preference: no secret, and the script may write it too. Browsers keep a cookie for at most 400 days.
pub(super) fn preference(name: &'static str, value: impl Into<String>) -> Cookie<'static> {
    let value: String = value.into();
    Cookie::build(name, value).path("/").same_site(SameSite::Lax).max_age(Duration::days(365)).finish()
}
