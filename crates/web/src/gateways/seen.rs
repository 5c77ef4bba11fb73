//! What a proxy shows of a call: its HTTP method, the mirrored headers, the body or a part of it, or nothing.

use actix_web::http::header::HeaderMap;
use decision::Operation;

use crate::gateways::mcp::Message;
use crate::gateways::mirrored::{HeaderMismatch, Mirrored};

/// The method of the client's own request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HttpMethod<'a> {
    /// One that carries a message: its message has to be seen.
    Message,
    /// GET (a stream of events) or DELETE (the end of a session): there is no message.
    Session(&'a str),
    /// Nothing that the protocol knows.
    Other(&'a str),
}

impl<'a> HttpMethod<'a> {
    /// Reads a method. They are case-sensitive.
    pub(crate) fn of(method: &'a str) -> Self {
        match method {
            "POST" => Self::Message,
            "GET" | "DELETE" => Self::Session(method),
            _ => Self::Other(method),
        }
    }

    /// The method that a forward-auth gateway tells in `X-Forwarded-Method` or `X-Original-Method`, `own` being that
    /// of its question. Where both are there, one may be the client's forgery: if they differ, a message has to be
    /// seen. Where none is, GET says nothing either: nginx and Caddy ask with GET whatever the client did.
    pub(crate) fn forwarded(headers: &'a HeaderMap, own: &'a str) -> Self {
        let told =
            ["x-forwarded-method", "x-original-method"].into_iter().flat_map(|name| headers.get_all(name));
        let mut told = told.map(|value| value.to_str().unwrap_or(""));
        match told.next() {
            None if own == "GET" => Self::Message,
            None => Self::of(own),
            Some(first) if told.all(|other| other == first) => Self::of(first),
            Some(_) => Self::Message,
        }
    }
}

/// The body as far as it was shown.
#[derive(Debug)]
pub(crate) enum Body {
    /// None came.
    Nothing,
    /// A part of it, or it was announced and did not come.
    Cut,
    /// All of it, and it is a message.
    Message(Message),
    /// All of it, and it is none.
    NotAMessage,
}

impl Body {
    /// Reads a whole body.
    pub(crate) fn whole(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return Self::Nothing;
        }
        Message::parse(bytes).map_or_else(
            |error| {
                tracing::debug!(error.cause = %error, "a body that is no message");
                Self::NotAMessage
            },
            Self::Message,
        )
    }

    /// The message, where there is one.
    pub(crate) fn message(&self) -> Option<&Message> {
        match self {
            Self::Message(message) => Some(message),
            _ => None,
        }
    }
}

/// Puts together what is asked for. An error: the headers are broken or contradict the body.
pub(crate) fn operation<'s>(
    method: HttpMethod<'s>,
    mirrored: Option<&'s Mirrored>,
    body: &'s Body,
) -> Result<Operation<'s>, HeaderMismatch> {
    match body {
        Body::NotAMessage => Ok(Operation::Malformed),
        Body::Message(message) => {
            mirrored.map_or(Ok(()), |mirrored| mirrored.agree_with(message))?;
            Ok(message.operation())
        }
        Body::Nothing | Body::Cut => Ok(match (mirrored.and_then(Mirrored::operation), body, method) {
            (Some(told), ..) => told,
            (None, Body::Cut, _) | (None, _, HttpMethod::Message) => Operation::Unseen,
            (None, _, HttpMethod::Session(method)) => Operation::Session { method },
            (None, _, HttpMethod::Other(method)) => Operation::UnknownMethod { method },
        }),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

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
    fn the_method_cannot_be_forged_into_one_without_a_message() {
        let cases = [
            (&[("x-forwarded-method", "GET")][..], "GET", HttpMethod::Session("GET")),
            (&[("x-original-method", "DELETE")], "GET", HttpMethod::Session("DELETE")),
            (&[("x-original-method", "POST")], "GET", HttpMethod::Message),
            (&[("x-original-method", "POST"), ("x-forwarded-method", "GET")], "GET", HttpMethod::Message),
            (&[("x-forwarded-method", "GET"), ("x-forwarded-method", "POST")], "GET", HttpMethod::Message),
            (
                &[("x-forwarded-method", "GET"), ("x-original-method", "GET")],
                "GET",
                HttpMethod::Session("GET"),
            ),
            (&[("x-forwarded-method", "get")], "GET", HttpMethod::Other("get")),
            (&[], "GET", HttpMethod::Message),
            (&[], "POST", HttpMethod::Message),
            (&[], "DELETE", HttpMethod::Session("DELETE")),
            (&[], "PUT", HttpMethod::Other("PUT")),
        ];
        for (given, own, expected) in cases {
            assert_eq!(HttpMethod::forwarded(&headers(given), own), expected, "{given:?} {own}");
        }
    }

    #[test]
    fn what_is_asked_for_comes_from_what_is_seen() {
        const V: (&str, &str) = ("mcp-protocol-version", "2026-07-28");
        let call = r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read"}}"#;
        let call_headers = [V, ("mcp-method", "tools/call"), ("mcp-name", "read")];
        let other_tool = [V, ("mcp-method", "tools/call"), ("mcp-name", "write")];
        let whole = |text: &str| Body::whole(text.as_bytes());
        let cases = [
            ("POST", &[][..], whole(call), "Tool { name: \"read\", arguments: Some(Object {}) }"),
            ("POST", &call_headers, whole(call), "Tool { name: \"read\", arguments: Some(Object {}) }"),
            ("POST", &call_headers, Body::Nothing, "Tool { name: \"read\", arguments: None }"),
            ("POST", &call_headers, Body::Cut, "Tool { name: \"read\", arguments: None }"),
            ("POST", &other_tool, whole(call), "mismatch"),
            ("POST", &other_tool[1..], whole(call), "Tool { name: \"read\", arguments: Some(Object {}) }"),
            ("POST", &other_tool[1..], Body::Nothing, "Unseen"),
            ("POST", &[], Body::Nothing, "Unseen"),
            ("POST", &[], Body::Cut, "Unseen"),
            ("POST", &[], whole("[]"), "Malformed"),
            ("POST", &call_headers, whole("{"), "Malformed"),
            ("GET", &[], Body::Nothing, "Session { method: \"GET\" }"),
            ("GET", &[], Body::Cut, "Unseen"),
            ("GET", &[], whole(call), "Tool { name: \"read\", arguments: Some(Object {}) }"),
            ("DELETE", &[], Body::Nothing, "Session { method: \"DELETE\" }"),
            ("TRACE", &[], Body::Nothing, "UnknownMethod { method: \"TRACE\" }"),
        ];
        for (method, given, body, expected) in cases {
            let mirrored = Mirrored::read(&headers(given)).expect("readable");
            let got = operation(HttpMethod::of(method), mirrored.as_ref(), &body);
            let got = got.map_or_else(|_| "mismatch".to_owned(), |operation| format!("{operation:?}"));
            assert_eq!(got, expected, "{method} {given:?} {body:?}");
        }
    }
}
