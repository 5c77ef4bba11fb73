use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, LOCATION};

use super::flash::{Flash, Tone};

/// Where a form leads when it was taken: 303, so that reloading the next page sends nothing twice.
#[derive(Debug)]
pub struct Redirect {
    to: String,
    flash: Option<Flash>,
}

impl Redirect {
    /// To a path of ours.
    pub fn to(path: impl Into<String>) -> Self {
        Self { to: local(&path.into()).to_owned(), flash: None }
    }

    /// Says there what was done.
    #[must_use]
    pub fn saying(self, text: impl Into<String>) -> Self {
        self.flashing(Flash { tone: Tone::Done, text: text.into() })
    }

    /// Says there something else.
    #[must_use]
    pub fn flashing(mut self, flash: Flash) -> Self {
        self.flash = Some(flash);
        self
    }

    /// The answer.
    pub fn response(self) -> HttpResponse {
        let mut response = HttpResponse::SeeOther();
        response.insert_header((LOCATION, self.to)).insert_header((CACHE_CONTROL, "no-store"));
        if let Some(flash) = self.flash {
            response.cookie(flash.cookie());
        }
        response.finish()
    }
}

impl From<Redirect> for HttpResponse {
    fn from(redirect: Redirect) -> Self {
        redirect.response()
    }
}

/// The path if it stays on this site, otherwise the root: an open redirect lends our name to others.
pub fn local(path: &str) -> &str {
    let rest = path.strip_prefix('/');
    let stays = rest.is_some_and(|rest| !rest.starts_with(['/', '\\']))
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if stays { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        for (given, followed) in [
            ("/o/acme/agents?state=live", "/o/acme/agents?state=live"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a\r\nset-cookie: b", "/"),
            ("", "/"),
        ] {
            assert_eq!(local(given), followed, "{given:?}");
        }
    }
}
