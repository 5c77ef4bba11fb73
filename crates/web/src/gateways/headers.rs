//! Headers of which there has to be one at most.

use std::net::IpAddr;

use actix_web::http::header::{AUTHORIZATION, HeaderMap, HeaderValue};

/// A header that came more than once, so that two readers could take two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Repeated;

/// The header, where it is there.
pub(crate) fn only<'h>(headers: &'h HeaderMap, name: &str) -> Result<Option<&'h HeaderValue>, Repeated> {
    let mut values = headers.get_all(name);
    let first = values.next();
    if values.next().is_some() { Err(Repeated) } else { Ok(first) }
}

/// The text of a header that is there exactly once.
pub(crate) fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    only(headers, name).ok().flatten()?.to_str().ok()
}

/// The bearer token in `Authorization`. None: there is none. The empty text, which is nobody's token, where there is
/// more than one header or one that cannot be read.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = match only(headers, AUTHORIZATION.as_str()) {
        Ok(value) => value?,
        Err(Repeated) => return Some(""),
    };
    let Ok(text) = value.to_str() else { return Some("") };
    let (scheme, token) = text.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The address in `X-Real-IP`, which a gateway overwrites with the address of its own peer.
pub(crate) fn real_ip(headers: &HeaderMap) -> Option<IpAddr> {
    text(headers, "x-real-ip")?.trim().parse().ok()
}

/// The address in `X-Real-IP`; without one the last in `X-Forwarded-For`, which is the one that the gateway itself
/// has added. Those before it are whatever the client has sent.
pub(crate) fn client_address(headers: &HeaderMap) -> Option<IpAddr> {
    if headers.contains_key("x-real-ip") {
        return real_ip(headers);
    }
    let last = headers.get_all("x-forwarded-for").last()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderName;

    use super::*;

    fn headers(given: &[(&str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in given {
            headers.append(
                name.parse::<HeaderName>().expect("name"),
                HeaderValue::from_str(value).expect("value"),
            );
        }
        headers
    }

    #[test]
    fn a_bearer_token_is_taken_from_one_header_only() {
        let cases = [
            (&[][..], None),
            (&[("authorization", "Bearer abc")], Some("abc")),
            (&[("authorization", "bearer  abc ")], Some("abc")),
            (&[("authorization", "Basic abc")], None),
            (&[("authorization", "Bearer")], None),
            (&[("authorization", "Bearer a"), ("Authorization", "Bearer b")], Some("")),
            (&[("authorization", "Bearer \u{e4}")], Some("")),
        ];
        for (given, expected) in cases {
            assert_eq!(bearer(&headers(given)), expected, "{given:?}");
        }
    }

    #[test]
    fn the_address_is_the_one_that_the_gateway_wrote() {
        let cases = [
            (&[("x-real-ip", "10.0.0.1"), ("x-forwarded-for", "10.0.0.9")][..], Some("10.0.0.1")),
            (&[("x-forwarded-for", "10.0.0.9, 10.0.0.2")], Some("10.0.0.2")),
            (&[("x-forwarded-for", "10.0.0.9"), ("x-forwarded-for", "::1")], Some("::1")),
            (&[("x-real-ip", "10.0.0.9"), ("x-real-ip", "10.0.0.1")], None),
            (&[("x-real-ip", "unknown"), ("x-forwarded-for", "10.0.0.9")], None),
            (&[], None),
        ];
        for (given, expected) in cases {
            let expected = expected.map(|text: &str| text.parse().expect("an address"));
            assert_eq!(client_address(&headers(given)), expected, "{given:?}");
        }
    }
}
