//! `[metrics]`: the listener that answers the metrics scraper.

use std::net::{Ipv4Addr, SocketAddr};

use crate::reader::Reader;

/// Settings of the metrics listener.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metrics {
    /// `ANSWERABLE_METRICS__LISTEN`, address and port, default `127.0.0.1:9464` (the port Prometheus exporters
    /// of OpenTelemetry use). Empty turns it off. A listener of its own, because figures about all organizations
    /// do not belong on the address that gateways reach.
    pub listen: Option<SocketAddr>,
}

impl Default for Metrics {
    fn default() -> Self {
        Self { listen: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 9464))) }
    }
}

impl Metrics {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let expected = "an IP address and a port such as `127.0.0.1:9464`, or nothing to turn it off";
        Self {
            listen: reader.read(("metrics", "listen"), Self::default().listen, expected, |text| {
                if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
            }),
        }
    }
}
