//! Requests to one MCP server: what each generation puts around them, and the answer among what comes back.

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::McpError;
use super::answer::{self, Outcome};
use super::sse::EventParser;
use crate::client::Body;
use crate::response::Opened;
use crate::{Egress, EgressError};

/// The revision of the stateless generation.
pub(crate) const STATELESS_VERSION: &str = "2026-07-28";

/// For all answers of one listing together. Some servers describe tools at length; none seen needs a tenth.
const MAX_LISTING_BYTES: usize = 8 << 20;

const VERSION_HEADER: &str = "mcp-protocol-version";
const METHOD_HEADER: &str = "mcp-method";
const SESSION_HEADER: &str = "mcp-session-id";

/// How the server is spoken to.
#[derive(Debug, Clone)]
pub(crate) enum Generation {
    /// Every request stands alone.
    Stateless,
    /// After `initialize`; before it, both are empty.
    Handshake { version: Option<String>, session: Option<String> },
}

/// One conversation with one server.
#[derive(Debug)]
pub(crate) struct Wire<'a> {
    egress: &'a Egress,
    url: &'a str,
    authorization: Option<String>,
    pub(crate) generation: Generation,
    last_id: u64,
    bytes_left: usize,
}

impl<'a> Wire<'a> {
    pub(crate) fn new(egress: &'a Egress, url: &'a str, bearer: Option<&str>) -> Self {
        Self {
            egress,
            url,
            authorization: bearer.map(|token| format!("Bearer {token}")),
            generation: Generation::Stateless,
            last_id: 0,
            bytes_left: MAX_LISTING_BYTES,
        }
    }

    /// Sends a request and waits for its answer.
    pub(crate) async fn request(
        &mut self,
        method: &str,
        mut params: Map<String, Value>,
    ) -> Result<Outcome, McpError> {
        self.last_id += 1;
        let id = self.last_id;
        if matches!(self.generation, Generation::Stateless) {
            params.insert("_meta".to_owned(), stateless_meta());
        }
        let message = json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
        let mut opened = self.post(method, &message).await?;
        self.note_session(&opened);
        let status = opened.status();
        match (self.outcome(&mut opened, id).await, status) {
            (Ok(Some(outcome)), 200..300) => Ok(outcome),
            (Ok(None), 200..300) => Err(McpError::NoAnswer),
            (Err(error), 200..300) => Err(error),
            (_, 401) => Err(McpError::Unauthorized),
            (Ok(Some(Err(error))), _) => Ok(Err(error)),
            (_, status) => Err(McpError::Status(status)),
        }
    }

    /// Sends a notification; whatever the server says to it is not waited for.
    pub(crate) async fn notify(&mut self, method: &str) -> Result<(), McpError> {
        let message = json!({"jsonrpc": "2.0", "method": method});
        let status = self.post(method, &message).await?.status();
        if (200..300).contains(&status) { Ok(()) } else { Err(McpError::Status(status)) }
    }

    /// Tells the server that the session is over. Servers may refuse to end it, so nothing is made of the answer.
    pub(crate) async fn delete(&self) {
        let ended = self.egress.open(Method::DELETE, self.url, &self.headers(None), Body::None).await;
        tracing::debug!(status = ?ended.map(|opened| opened.status()), "MCP session ended");
    }

    async fn post(&self, method: &str, message: &Value) -> Result<Opened, EgressError> {
        self.egress.open(Method::POST, self.url, &self.headers(Some(method)), Body::Json(message)).await
    }

    fn headers<'h>(&'h self, method: Option<&'h str>) -> Vec<(&'static str, &'h str)> {
        let mut headers = vec![("accept", "application/json, text/event-stream")];
        headers.extend(self.authorization.as_deref().map(|value| ("authorization", value)));
        match &self.generation {
            Generation::Stateless => {
                headers.push((VERSION_HEADER, STATELESS_VERSION));
                headers.extend(method.map(|method| (METHOD_HEADER, method)));
            }
            Generation::Handshake { version, session } => {
                headers.extend(version.as_deref().map(|version| (VERSION_HEADER, version)));
                headers.extend(session.as_deref().map(|session| (SESSION_HEADER, session)));
            }
        }
        headers
    }

    /// The server names the session in the answer to `initialize`; it is kept from there on.
    fn note_session(&mut self, opened: &Opened) {
        if let Generation::Handshake { version: None, session } = &mut self.generation {
            *session = opened.header(SESSION_HEADER).map(str::to_owned);
        }
    }

    /// The answer to request `id`, as soon as it is there: a server may keep an event stream open behind it.
    async fn outcome(&mut self, opened: &mut Opened, id: u64) -> Result<Option<Outcome>, McpError> {
        let content_type = opened.header("content-type").unwrap_or_default().to_ascii_lowercase();
        if content_type.starts_with("text/event-stream") {
            return self.outcome_of_stream(opened, id).await;
        }
        let body = opened.body().await?;
        self.count(body.len())?;
        if body.is_empty() { Ok(None) } else { answer::parse(&body, id) }
    }

    async fn outcome_of_stream(&mut self, opened: &mut Opened, id: u64) -> Result<Option<Outcome>, McpError> {
        let mut events = EventParser::default();
        while let Some(chunk) = opened.chunk().await? {
            self.count(chunk.len())?;
            for message in events.push(&chunk) {
                if let Some(outcome) = answer::parse(&message, id)? {
                    return Ok(Some(outcome));
                }
            }
        }
        Ok(None)
    }

    fn count(&mut self, bytes: usize) -> Result<(), McpError> {
        self.bytes_left = self.bytes_left.checked_sub(bytes).ok_or(McpError::TooMuch("bytes"))?;
        Ok(())
    }
}

/// Who asks, in the words of either generation.
pub(crate) fn client_info() -> Value {
    json!({"name": "answerable", "version": env!("CARGO_PKG_VERSION")})
}

fn stateless_meta() -> Value {
    json!({
        "io.modelcontextprotocol/protocolVersion": STATELESS_VERSION,
        "io.modelcontextprotocol/clientInfo": client_info(),
        "io.modelcontextprotocol/clientCapabilities": {},
    })
}
