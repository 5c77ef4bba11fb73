//! Real MCP servers, and the real client of the official SDK.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{ChildStdin, ChildStdout};
use tokio::time::timeout;

use crate::directory::Directory;
use crate::process::Child;
use crate::{paths, ports};

const READY_WITHIN: Duration = Duration::from_secs(30);

/// More than the client's own bound, so that its word about a hang reaches the test.
const OUTCOME_WITHIN: Duration = Duration::from_secs(45);

/// `tests/parts/mcp_server.py`: protocol 2026-07-28 and older, with the tools `search_notes` and
/// `whoami` (read), `create_note` (write), `delete_note` and `transfer` (destructive).
#[derive(Debug)]
pub struct Notebook {
    /// The process, for signals and output.
    pub child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    files: Directory,
}

impl Notebook {
    /// Starts the server on a free port.
    pub fn start() -> Self {
        Self::start_on(ports::loopback(ports::free()), &json!({}))
    }

    /// Starts it on a given address with some tools described anew (`{name: description}`), as a
    /// server does whose definitions have drifted.
    pub fn start_on(address: SocketAddr, descriptions: &Value) -> Self {
        let files = Directory::new();
        let mut command = Command::new(paths::part("venv/bin/python"));
        command.arg(paths::repository("tests/parts/mcp_server.py"));
        command.env("MCP_PORT", address.port().to_string()).env("MCP_SEEN", files.join("seen"));
        command.env("MCP_DESCRIPTIONS", descriptions.to_string());
        Self { child: start("mcp_server.py", &mut command, address), address, files }
    }

    /// Its MCP endpoint.
    pub fn url(&self) -> String {
        format!("http://{}/mcp", self.address)
    }

    /// What it was sent, in order: per HTTP request `{method, path, headers: [[name, value]], body}`.
    pub fn seen(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(self.seen_file()).unwrap_or_default();
        let complete = text.rsplit_once('\n').map_or("", |(complete, _)| complete);
        complete.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
    }

    /// Forgets what it was sent so far.
    pub fn forget_seen(&self) {
        std::fs::write(self.seen_file(), "").expect("a file in our own directory");
    }

    fn seen_file(&self) -> PathBuf {
        self.files.join("seen")
    }
}

/// The values of a header in a request that a [`Notebook`] has seen, whatever its case.
pub fn header_values<'a>(request: &'a Value, name: &str) -> Vec<&'a str> {
    let pairs = request.get("headers").and_then(Value::as_array).into_iter().flatten();
    let pairs = pairs.filter_map(|pair| Some((pair.get(0)?.as_str()?, pair.get(1)?.as_str()?)));
    pairs.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).collect()
}

/// Debian's Node.js 18 has Web Crypto, but not under the global name that the server expects.
const WEB_CRYPTO: &str =
    "data:text/javascript,import { webcrypto } from 'node:crypto'; globalThis.crypto ||= webcrypto;";

/// The reference server `server-everything` from npm, which knows nothing newer than 2025-11-25.
#[derive(Debug)]
pub struct Everything {
    /// The process, for signals and output.
    pub child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Everything {
    /// Starts the server on a free port.
    pub fn start() -> Self {
        let address = ports::loopback(ports::free());
        let mut command = Command::new(paths::program("node"));
        command.args(["--import", WEB_CRYPTO]);
        command.arg(paths::part("npm/node_modules/@modelcontextprotocol/server-everything/dist/index.js"));
        command.arg("streamableHttp").env("PORT", address.port().to_string());
        Self { child: start("server-everything", &mut command, address), address }
    }

    /// Its MCP endpoint.
    pub fn url(&self) -> String {
        format!("http://{}/mcp", self.address)
    }
}

fn start(name: &str, command: &mut Command, address: SocketAddr) -> Child {
    let mut child = Child::start(name, command);
    child.wait_ready(READY_WITHIN, |_| ports::is_open(address.port()));
    child
}

/// `tests/parts/mcp_client.py`: one process that connects anew for each order, as an agent would.
#[derive(Debug)]
pub struct Client {
    _process: tokio::process::Child,
    orders: ChildStdin,
    outcomes: Lines<BufReader<ChildStdout>>,
}

impl Client {
    /// Starts the client; it ends when its input does, so also with the test process.
    pub fn start() -> Self {
        let mut command = tokio::process::Command::new(paths::part("venv/bin/python"));
        command.arg(paths::repository("tests/parts/mcp_client.py"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut process = command.spawn().expect("the client");
        let orders = process.stdin.take().expect("the pipe asked for");
        let outcomes = BufReader::new(process.stdout.take().expect("the pipe asked for")).lines();
        Self { _process: process, orders, outcomes }
    }

    /// Lists the tools of a server.
    pub async fn list(&mut self, url: &str, token: &str) -> Outcome {
        self.perform(&json!({"url": url, "token": token, "do": "list"})).await
    }

    /// Calls a tool.
    pub async fn call(&mut self, url: &str, token: &str, name: &str, arguments: Value) -> Outcome {
        let order = json!({"url": url, "token": token, "do": "call", "name": name, "arguments": arguments});
        self.perform(&order).await
    }

    /// Carries out an order, whose fields the script describes: also `mode` and more `headers`.
    pub async fn perform(&mut self, order: &Value) -> Outcome {
        self.orders.write_all(format!("{order}\n").as_bytes()).await.expect("a client that reads");
        let line = timeout(OUTCOME_WITHIN, self.outcomes.next_line()).await.expect("an outcome in time");
        let line = line.expect("a client that writes").expect("a client that still runs");
        Outcome(serde_json::from_str(&line).expect("one JSON line"))
    }
}

/// How an order went, as the agent got to know it.
#[derive(Clone, Debug)]
pub struct Outcome(pub Value);

impl Outcome {
    /// Whether the call got through and the tool did not itself report an error.
    pub fn is_success(&self) -> bool {
        self.0.get("ok") == Some(&Value::Bool(true)) && self.0.get("is_error") != Some(&Value::Bool(true))
    }

    /// What the tool answered.
    pub fn text(&self) -> &str {
        self.0.get("text").and_then(Value::as_str).unwrap_or_default()
    }

    /// The error that the agent can read, empty when the call got through.
    pub fn error(&self) -> &str {
        self.0.get("error").and_then(Value::as_str).unwrap_or_default()
    }

    /// The JSON-RPC code of that error.
    pub fn code(&self) -> Option<i64> {
        self.0.get("code").and_then(Value::as_i64)
    }

    /// The names of the listed tools.
    pub fn tools(&self) -> Vec<&str> {
        let tools = self.0.get("tools").and_then(Value::as_array).into_iter().flatten();
        tools.filter_map(Value::as_str).collect()
    }
}
