use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use app::sessions::Secret;

/// The cookie's name. `__Host-` makes browsers insist on Secure, Path=/ and no Domain: no neighbouring host can lay a
/// session of its own here. Over http browsers take it on loopback alone.
pub const COOKIE: &str = "__Host-answerable";

/// The cookie that remembers a session, until the browser closes or the session ends.
pub fn remember(secret: &Secret) -> Cookie<'static> {
    build(secret.expose().to_owned())
}

/// The cookie that forgets it.
pub fn end() -> Cookie<'static> {
    let mut cookie = build(String::new());
    cookie.set_max_age(Duration::ZERO);
    cookie
}

fn build(value: String) -> Cookie<'static> {
    Cookie::build(COOKIE, value).path("/").secure(true).http_only(true).same_site(SameSite::Lax).finish()
}

/// What the browser remembers.
pub(crate) fn read(request: &HttpRequest) -> Option<String> {
    request.cookie(COOKIE).map(|cookie| cookie.value().to_owned()).filter(|value| !value.is_empty())
}
