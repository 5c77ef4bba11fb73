//! Real gateways in front of a real MCP server, run from the example configurations in `deploy/`.

mod caddy;
mod envoy;
mod nginx;

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

pub use caddy::caddy;
pub use envoy::envoy;
pub use nginx::{nginx, nginx_on};

use crate::directory::Directory;
use crate::process::Child;
use crate::{paths, ports};

const READY_WITHIN: Duration = Duration::from_secs(30);

/// Starts a gateway and waits until it accepts connections.
pub type Start = fn(&Wiring<'_>) -> Gateway;

/// Every gateway that is tried, by name, for tests that must hold on each.
pub const ALL: [(&str, Start); 3] = [("caddy", caddy), ("nginx", nginx), ("envoy", envoy)];

/// What a gateway stands between.
#[derive(Clone, Copy, Debug)]
pub struct Wiring<'a> {
    /// Where Answerable, or a stand-in for it, listens.
    pub answerable: SocketAddr,
    /// Where the MCP server behind the gateway listens.
    pub mcp: SocketAddr,
    /// The name under which Answerable knows that server.
    pub server: &'a str,
    /// The gateway's own key.
    pub gateway_key: &'a str,
}

/// A running gateway.
#[derive(Debug)]
pub struct Gateway {
    /// The process, for signals and output.
    pub child: Child,
    /// Where agents connect.
    pub address: SocketAddr,
    _files: Directory,
}

impl Gateway {
    /// The MCP endpoint that agents are given.
    pub fn url(&self) -> String {
        format!("http://{}/mcp", self.address)
    }

    /// Starts a gateway that listens on the address, and waits until it accepts connections.
    fn start(name: &str, command: &mut Command, address: SocketAddr, files: Directory) -> Self {
        let mut child = Child::start(name, command);
        child.wait_ready(READY_WITHIN, |_| ports::is_open(address.port()));
        Self { child, address, _files: files }
    }
}

impl Wiring<'_> {
    /// The placeholders of the example configurations with their values.
    fn values(&self, listen: SocketAddr) -> [(&'static str, String); 8] {
        [
            ("LISTEN_HOST", listen.ip().to_string()),
            ("LISTEN_PORT", listen.port().to_string()),
            ("ANSWERABLE_HOST", self.answerable.ip().to_string()),
            ("ANSWERABLE_PORT", self.answerable.port().to_string()),
            ("ANSWERABLE_SERVER", self.server.to_owned()),
            ("ANSWERABLE_GATEWAY_KEY", self.gateway_key.to_owned()),
            ("MCP_HOST", self.mcp.ip().to_string()),
            ("MCP_PORT", self.mcp.port().to_string()),
        ]
    }

    /// Writes an example from `deploy/` into a directory, with its `${…}` filled in.
    fn render(&self, example: &str, listen: SocketAddr, into: &Directory) -> PathBuf {
        let source = paths::repository("deploy").join(example);
        let mut text =
            fs::read_to_string(&source).unwrap_or_else(|error| panic!("{}: {error}", source.display()));
        for (name, value) in self.values(listen) {
            text = text.replace(&format!("${{{name}}}"), &value);
        }
        let file = into.join(source.file_name().and_then(|name| name.to_str()).expect("a file's name"));
        fs::write(&file, text).expect("a file in our own directory");
        file
    }
}
