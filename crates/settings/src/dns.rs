//! `[dns]`: whom this program asks what domains say of themselves.

use std::net::SocketAddr;

use crate::reader::Reader;

/// Settings of looking for the proofs of domains.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dns {
    /// `ANSWERABLE_DNS__RESOLVER`, address and port, default empty: the resolver that the system uses. It is asked over
    /// TCP. Its word decides whose a domain is, so it should be one that validates DNSSEC.
    pub resolver: Option<SocketAddr>,
}

impl Dns {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let expected = "an IP address and a port such as `127.0.0.1:53`, or nothing for the system's";
        Self { resolver: reader.read(("dns", "resolver"), None, expected, parse) }
    }
}

#[expect(clippy::option_option, reason = "nothing, said so, is an answer")]
fn parse(text: &str) -> Option<Option<SocketAddr>> {
    if text.trim().is_empty() { Some(None) } else { text.trim().parse().ok().map(Some) }
}
