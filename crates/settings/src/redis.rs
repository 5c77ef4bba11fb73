//! `[redis]`: the bus between nodes.

use url::Url;

use crate::connection_url::{self, ConnectionUrl};
use crate::reader::Reader;

/// Settings of Redis. Reserved: read by many-node deployments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Redis {
    /// `ANSWERABLE_REDIS__URL`, default none, empty is none: `redis://…` or `rediss://…` (TLS). Reserved: one
    /// node needs no bus; deployments of many nodes read it.
    pub url: Option<ConnectionUrl>,
}

impl Redis {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let expected = "`redis://<host>:<port>` or `rediss://<host>:<port>`, or nothing for none";
        let url = reader.read_masked(
            ("redis", "url"),
            None,
            expected,
            |text| if text.is_empty() { Some(None) } else { parse_url(text).map(Some) },
            connection_url::mask,
        );
        Self { url }
    }
}

fn parse_url(text: &str) -> Option<ConnectionUrl> {
    let url = Url::parse(text).ok()?;
    let has_host = url.host_str().is_some_and(|host| !host.is_empty());
    let right = has_host && matches!(url.scheme(), "redis" | "rediss");
    right.then(|| ConnectionUrl::new(text))
}
