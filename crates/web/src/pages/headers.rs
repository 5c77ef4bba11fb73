use actix_web::HttpResponseBuilder;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE};

/// Nothing from elsewhere, nothing inline, in nobody's frame.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
     font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// How long an answer may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeping {
    /// By the browser of the person, who asks again before showing it: "back" after signing out shows nothing.
    Ask,
    /// Nowhere, not even while the page is open in another tab. Nor is it compressed, so that its length tells nothing.
    Never,
}

/// The headers of every page.
pub(super) fn secure(response: &mut HttpResponseBuilder, keeping: Keeping) {
    response
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header(("content-security-policy", CONTENT_SECURITY_POLICY))
        .insert_header(("cross-origin-opener-policy", "same-origin"))
        .insert_header(("cross-origin-resource-policy", "same-origin"))
        .insert_header(("referrer-policy", "same-origin"))
        .insert_header(("permissions-policy", "camera=(), geolocation=(), microphone=()"))
        .insert_header(("x-content-type-options", "nosniff"));
    match keeping {
        Keeping::Ask => response.insert_header((CACHE_CONTROL, "private, no-cache")),
        Keeping::Never => {
            response.insert_header((CONTENT_ENCODING, "identity"));
            response.insert_header((CACHE_CONTROL, "no-store"))
        }
    };
}
