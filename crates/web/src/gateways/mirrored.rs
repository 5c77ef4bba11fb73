//! The headers in which an MCP client repeats what its message says, for gateways that do not look into bodies.
//!
//! They count from protocol version 2026-07-28 on: from there a server has to refuse a message that its headers
//! contradict. In older versions nobody compares them, so there they say nothing.

use actix_web::http::header::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use decision::Operation;

use crate::gateways::fields::LONGEST_NAME;
use crate::gateways::headers::{Repeated, only};
use crate::gateways::mcp::{self, Message};

/// The first version in which the headers can be relied on. Versions are dates, so text order is their order.
const FIRST_VERSION: &str = "2026-07-28";

/// What the headers say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mirrored {
    /// The method. None: not said.
    method: Option<String>,
    /// The tool's name (or that of another thing), decoded. None: not said.
    name: Option<String>,
}

/// Headers that come twice, cannot be decoded, or contradict the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the headers do not agree with the message")]
pub(crate) struct HeaderMismatch;

impl From<Repeated> for HeaderMismatch {
    fn from(_: Repeated) -> Self {
        Self
    }
}

impl Mirrored {
    /// Reads the headers. None where they are not there or do not count.
    pub(crate) fn read(headers: &HeaderMap) -> Result<Option<Self>, HeaderMismatch> {
        let version = text(headers, "mcp-protocol-version")?;
        let method = text(headers, "mcp-method")?;
        let name = text(headers, "mcp-name")?;
        if method.is_none() && name.is_none() || !version.is_some_and(counts) {
            return Ok(None);
        }
        let name = name.map(decode).transpose()?;
        if [method, name.as_deref()].into_iter().flatten().any(|t| t.chars().count() > LONGEST_NAME) {
            return Err(HeaderMismatch);
        }
        Ok(Some(Self { method: method.map(ToOwned::to_owned), name }))
    }

    /// What the headers alone say is asked for. None where they do not name the method.
    pub(crate) fn operation(&self) -> Option<Operation<'_>> {
        let method = self.method.as_deref()?;
        match self.name.as_deref() {
            Some(name) if method == "tools/call" => Some(Operation::Tool { name, arguments: None }),
            _ => Some(mcp::without_tool(method)),
        }
    }

    /// Refuses headers that say other than the message.
    pub(crate) fn agree_with(&self, message: &Message) -> Result<(), HeaderMismatch> {
        let method = self.method.as_deref().is_none_or(|method| message.method() == Some(method));
        let name = match message.tool() {
            Some(tool) => self.name.as_deref().is_none_or(|name| name == tool),
            None => true,
        };
        if method && name { Ok(()) } else { Err(HeaderMismatch) }
    }
}

fn counts(version: &str) -> bool {
    let is_date = version.len() == FIRST_VERSION.len()
        && version.bytes().zip(FIRST_VERSION.bytes()).all(|(byte, pattern)| match pattern {
            b'-' => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    is_date && version >= FIRST_VERSION
}

fn text<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<Option<&'h str>, HeaderMismatch> {
    only(headers, name)?.map(|value| value.to_str().map_err(|_| HeaderMismatch)).transpose()
}

/// Names beyond plain ASCII are sent as `=?base64?…?=`. Only the canonical encoding is taken: another reader could
/// decode a sloppy one to another name.
fn decode(text: &str) -> Result<String, HeaderMismatch> {
    let encoded = text.strip_prefix("=?base64?").and_then(|rest| rest.strip_suffix("?="));
    let name = match encoded {
        Some(encoded) => {
            let bytes = STANDARD.decode(encoded).map_err(|_| HeaderMismatch)?;
            String::from_utf8(bytes).map_err(|_| HeaderMismatch)?
        }
        None if text.starts_with("=?") => return Err(HeaderMismatch),
        None => text.to_owned(),
    };
    if name.is_empty() { Err(HeaderMismatch) } else { Ok(name) }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};
    use proptest::prelude::*;

    use super::*;

    fn read(given: &[(&str, &str)]) -> Result<Option<Mirrored>, HeaderMismatch> {
        let mut headers = HeaderMap::new();
        for (name, value) in given {
            headers.append(
                name.parse::<HeaderName>().expect("name"),
                HeaderValue::from_str(value).expect("value"),
            );
        }
        Mirrored::read(&headers)
    }

    fn told(given: &[(&str, &str)]) -> String {
        match read(given) {
            Ok(None) => "nothing".to_owned(),
            Ok(Some(mirrored)) => format!("{:?}", mirrored.operation()),
            Err(error) => error.to_string(),
        }
    }

    const V: (&str, &str) = ("MCP-Protocol-Version", "2026-07-28");
    const CALL: (&str, &str) = ("Mcp-Method", "tools/call");

    #[test]
    fn headers_count_from_2026_07_28_on() {
        let read = "Some(Tool { name: \"read\", arguments: None })";
        for (version, expected) in [
            ("2026-07-28", read),
            ("2027-01-01", read),
            ("2025-11-25", "nothing"),
            ("2026-07-27", "nothing"),
            ("DRAFT-2026-v1", "nothing"),
            ("9", "nothing"),
        ] {
            let given =
                [("mcp-protocol-version", version), ("mCP-method", "tools/call"), ("MCP-NAME", "read")];
            assert_eq!(told(&given), expected, "{version}");
        }
        assert_eq!(told(&[CALL, ("Mcp-Name", "read")]), "nothing");
        assert_eq!(told(&[V]), "nothing");
        assert_eq!(told(&[V, CALL]), "Some(Unseen)");
        assert_eq!(told(&[V, ("Mcp-Name", "read")]), "None");
        assert_eq!(told(&[V, ("Mcp-Method", "tools/list")]), "Some(Session { method: \"tools/list\" })");
        assert_eq!(
            told(&[V, ("Mcp-Method", "TOOLS/CALL")]),
            "Some(UnknownMethod { method: \"TOOLS/CALL\" })"
        );
    }

    #[test]
    fn names_beyond_ascii_come_in_base64() {
        let cases = [
            ("=?base64?csOpc3Vtw6k=?=", Ok("résumé")),
            ("=?base64?cmVhZA==?=", Ok("read")),
            ("read", Ok("read")),
            ("Read", Ok("Read")),
            ("=?base64?cmVhZA?=", Err(())),
            ("=?base64?cmVhZB==?=", Err(())),
            ("=?base64?/w==?=", Err(())),
            ("=?base64??=", Err(())),
            ("=?BASE64?cmVhZA==?=", Err(())),
            ("=?base64?cmVhZA==", Err(())),
            ("", Err(())),
        ];
        for (given, expected) in cases {
            let got = read(&[V, CALL, ("Mcp-Name", given)]);
            let got = got.map(|m| m.and_then(|m| m.name)).map_err(|_| ());
            assert_eq!(got, expected.map(|n| Some(n.to_owned())), "{given}");
        }
    }

    #[test]
    fn a_repeated_or_unreadable_header_is_a_mismatch() {
        for given in [
            &[V, V, CALL][..],
            &[V, CALL, CALL],
            &[V, CALL, ("Mcp-Name", "a"), ("mcp-name", "b")],
            &[V, ("Mcp-Method", "tools/c\u{e4}ll")],
        ] {
            assert_eq!(read(given), Err(HeaderMismatch), "{given:?}");
        }
    }

    #[test]
    fn headers_and_message_have_to_agree() {
        let message = |text: &str| Message::parse(text.as_bytes()).expect("a message");
        let call = message(r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read"}}"#);
        let list = message(r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#);
        let answer = message(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#);
        let cases = [
            (&call, "tools/call", Some("read"), true),
            (&call, "tools/call", None, true),
            (&call, "tools/call", Some("Read"), false),
            (&call, "tools/list", Some("read"), false),
            (&list, "tools/list", None, true),
            (&list, "tools/call", Some("read"), false),
            (&answer, "tools/list", None, false),
        ];
        for (message, method, name, agrees) in cases {
            let mut given = vec![V, ("Mcp-Method", method)];
            given.extend(name.map(|name| ("Mcp-Name", name)));
            let mirrored = read(&given).expect("readable").expect("counts");
            assert_eq!(mirrored.agree_with(message).is_ok(), agrees, "{message:?} {method} {name:?}");
        }
    }

    proptest! {
        #[test]
        fn every_name_survives_the_encoding(name in ".{1,60}") {
            let sent = format!("=?base64?{}?=", STANDARD.encode(&name));
            let mirrored = read(&[V, CALL, ("Mcp-Name", &sent)]).expect("readable").expect("counts");
            prop_assert_eq!(mirrored.name, Some(name));
        }

        #[test]
        fn it_never_panics(value in prop::collection::vec(any::<u8>(), 0..60)) {
            let mut headers = HeaderMap::new();
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                for name in ["mcp-name", "mcp-method"] {
                    headers.insert(HeaderName::from_static(name), value.clone());
                }
            }
            headers.insert(HeaderName::from_static("mcp-protocol-version"), HeaderValue::from_static("2026-07-28"));
            let _ = Mirrored::read(&headers).map(|m| m.map(|m| format!("{:?}", m.operation())));
        }
    }
}
