//! `[egress]`: what the operator permits outbound requests in spite of the rules.

use std::fmt;
use std::str::FromStr;

use ipnet::IpNet;
use url::Host;

use crate::reader::Reader;

/// Settings of outbound requests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Egress {
    /// `ANSWERABLE_EGRESS__ALLOW`, default empty: exceptions, in the environment separated by commas, in the
    /// file a list. Empty, because each one lets a tenant's URL reach something inside; only the operator can
    /// know that it may.
    pub allow: Vec<Exception>,
}

/// One exception from the rules for outbound requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exception {
    /// This host, exactly as a URL names it, on this port: may be plain HTTP and may resolve to any address.
    HostPort {
        /// The host, in the canonical form of the URL standard.
        host: Host,
        /// The port, also where it is the scheme's usual one.
        port: u16,
    },
    /// Addresses in this network may be connected to. The scheme and port rules stay.
    Network(IpNet),
}

/// A text that is not an exception.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither `host:port` nor a network such as `10.1.0.0/16`")]
pub struct NotAnException(String);

impl FromStr for Exception {
    type Err = NotAnException;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse_exception(text).ok_or_else(|| NotAnException(text.to_owned()))
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HostPort { host, port } => write!(f, "{host}:{port}"),
            Self::Network(network) => write!(f, "{network}"),
        }
    }
}

fn parse_exception(text: &str) -> Option<Exception> {
    if let Ok(network) = text.parse() {
        return Some(Exception::Network(network));
    }
    let (host, port) = text.rsplit_once(':')?;
    let port = port.parse().ok().filter(|port| *port != 0)?;
    Some(Exception::HostPort { host: Host::parse(host).ok()?, port })
}

impl Egress {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let expected =
            "`host:port` pairs or networks such as `10.1.0.0/16`, separated by commas, or nothing for none";
        Self { allow: reader.read(("egress", "allow"), Vec::new(), expected, parse_list) }
    }
}

fn parse_list(text: &str) -> Option<Vec<Exception>> {
    if text.trim().is_empty() {
        return Some(Vec::new());
    }
    text.split(',').map(|item| item.trim().parse().ok()).collect()
}
