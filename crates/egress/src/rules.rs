//! Which URLs may be asked, and at which addresses.

use std::net::{IpAddr, SocketAddr};

use settings::Exception;
use url::{Host, Url};

use crate::addresses;
use crate::error::EgressError;
use crate::resolver::Resolve;

/// The one port that needs no exception.
const HTTPS_PORT: u16 = 443;

/// The operator's exceptions; everything else is fixed.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    exceptions: Vec<Exception>,
}

/// A URL that keeps the rules that can be judged without looking its host up.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) url: Url,
    host: Host,
    port: u16,
    is_excepted: bool,
}

impl Rules {
    pub(crate) fn new(exceptions: Vec<Exception>) -> Self {
        Self { exceptions }
    }

    /// Checks the form of a URL.
    pub(crate) fn target(&self, text: &str) -> Result<Target, EgressError> {
        let url = Url::parse(text).map_err(|_| EgressError::InvalidUrl)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(EgressError::SchemeDenied);
        }
        let host = url.host().ok_or(EgressError::InvalidUrl)?.to_owned();
        let port = url.port_or_known_default().ok_or(EgressError::InvalidUrl)?;
        let is_excepted = self.is_excepted(&host, port);
        if !url.username().is_empty() || url.password().is_some() {
            return Err(EgressError::UserInfoDenied);
        }
        if url.scheme() != "https" && !is_excepted {
            return Err(EgressError::SchemeDenied);
        }
        if port != HTTPS_PORT && !is_excepted {
            return Err(EgressError::PortDenied);
        }
        Ok(Target { url, host, port, is_excepted })
    }

    /// The addresses to connect to: all that the host has, each one checked. One bad address denies the host,
    /// because a client may choose any of them.
    pub(crate) async fn addresses(
        &self,
        target: &Target,
        resolver: &dyn Resolve,
    ) -> Result<Vec<SocketAddr>, EgressError> {
        let found = match &target.host {
            Host::Ipv4(address) => vec![IpAddr::V4(*address)],
            Host::Ipv6(address) => vec![IpAddr::V6(*address)],
            Host::Domain(name) => resolver.resolve(name).await.unwrap_or_else(|error| {
                tracing::info!(host = %name, %error, "outbound host not resolved");
                Vec::new()
            }),
        };
        let denied = found.iter().find_map(|address| Some((address, self.denied(target, *address)?)));
        if let Some((address, reason)) = denied {
            tracing::warn!(host = %target.host, %address, reason, "outbound request denied");
            return Err(EgressError::HostDenied);
        }
        if found.is_empty() {
            return Err(EgressError::HostDenied);
        }
        Ok(found.into_iter().map(|address| SocketAddr::new(address, target.port)).collect())
    }

    fn denied(&self, target: &Target, address: IpAddr) -> Option<&'static str> {
        if target.is_excepted {
            return None;
        }
        let in_network = |exception: &Exception| match exception {
            // A mapped address reaches the IPv4 address in it, so that is what the operator must have permitted.
            Exception::Network(network) => network.contains(&address.to_canonical()),
            Exception::HostPort { .. } => false,
        };
        addresses::denied(address).filter(|_| !self.exceptions.iter().any(in_network))
    }

    fn is_excepted(&self, host: &Host, port: u16) -> bool {
        let asked = Exception::HostPort { host: host.clone(), port };
        self.exceptions.contains(&asked)
    }
}
