//! `[server]`: the listener that answers people and gateways.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

use ipnet::IpNet;
use url::Url;

use crate::reader::Reader;

/// Settings of the main listener.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// `ANSWERABLE_SERVER__LISTEN`, address and port, default `127.0.0.1:8400`: reachable from this machine
    /// only, until the operator says otherwise.
    pub listen: SocketAddr,
    /// `ANSWERABLE_SERVER__PUBLIC_URL`, default `http://127.0.0.1:8400`: how people and gateways reach this
    /// program, `http` or `https`, scheme and host and port only. Held without a slash at the end, so that a
    /// path can be put behind it.
    pub public_url: String,
    /// `ANSWERABLE_SERVER__ROLE`, `all`, `admin` or `enforcement`, default `all`: one process is the simplest
    /// deployment that is right.
    pub role: Role,
    /// `ANSWERABLE_SERVER__MAX_BODY_BYTES`, bytes, default 1,048,576 (1 MiB), from 1 KiB to 16 MiB. Calls
    /// arrive with their arguments; a tool call over 1 MiB is rare enough to be named.
    pub max_body_bytes: usize,
    /// `ANSWERABLE_SERVER__WORKERS`, threads, default 0 (as many as there are cores), up to 1,024.
    pub workers: usize,
    /// `ANSWERABLE_SERVER__TRUSTED_PROXIES`, networks, default none, in the environment separated by commas, in the file
    /// a list: the proxies that are believed when `X-Forwarded-For` says where a request comes from. None, because
    /// whoever is believed can pretend to be anywhere.
    pub trusted_proxies: Vec<IpNet>,
}

/// Which part of the program this process serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Everything.
    All,
    /// The management API and the pages.
    Admin,
    /// The enforcement endpoints.
    Enforcement,
}

/// A role was named that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a role: expected `all`, `admin` or `enforcement`")]
pub struct UnknownRole(String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "all" => Ok(Self::All),
            "admin" => Ok(Self::Admin),
            "enforcement" => Ok(Self::Enforcement),
            _ => Err(UnknownRole(text.to_owned())),
        }
    }
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8400)),
            public_url: "http://127.0.0.1:8400".to_owned(),
            role: Role::All,
            max_body_bytes: 1 << 20,
            workers: 0,
            trusted_proxies: Vec::new(),
        }
    }
}

impl Server {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let default = Self::default();
        Self {
            listen: reader.read(
                ("server", "listen"),
                default.listen,
                "an IP address and a port such as `127.0.0.1:8400`",
                |text| text.parse().ok(),
            ),
            public_url: reader.read_masked(
                ("server", "public_url"),
                default.public_url,
                "`http://` or `https://` with a host and nothing after it, such as `https://answerable.example`",
                parse_public_url,
                crate::connection_url::mask,
            ),
            role: reader.read(
                ("server", "role"),
                default.role,
                "`all`, `admin` or `enforcement`",
                |text| text.parse().ok(),
            ),
            max_body_bytes: reader.number(
                ("server", "max_body_bytes"),
                default.max_body_bytes,
                1 << 10..=16 << 20,
                "bytes",
            ),
            workers: reader.number(("server", "workers"), default.workers, 0..=1024, "threads"),
            trusted_proxies: reader.read(
                ("server", "trusted_proxies"),
                default.trusted_proxies,
                "addresses or networks such as `10.1.0.0/16`, separated by commas, or nothing for none",
                parse_networks,
            ),
        }
    }
}

/// An address stands for itself alone.
fn parse_networks(text: &str) -> Option<Vec<IpNet>> {
    if text.trim().is_empty() {
        return Some(Vec::new());
    }
    let network = |item: &str| item.parse().ok().or_else(|| item.parse::<IpAddr>().ok().map(IpNet::from));
    text.split(',').map(|item| network(item.trim())).collect()
}

fn parse_public_url(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let bare = url.username().is_empty()
        && url.password().is_none()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none();
    let right = bare && matches!(url.scheme(), "http" | "https");
    right.then(|| url.origin().ascii_serialization())
}
