//! A server that speaks just enough of MCP 2026-07-28 to offer what no honest one does.

use std::net::SocketAddr;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// It listens until the test's runtime ends.
pub struct McpResponder {
    address: SocketAddr,
}

impl McpResponder {
    /// Offers these tools on a free port.
    pub async fn start(tools: &Value) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("a bound address");
        let tools = tools.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                respond(stream, &tools).await;
            }
        });
        Self { address }
    }

    /// Its MCP endpoint.
    pub fn url(&self) -> String {
        format!("http://{}/mcp", self.address)
    }
}

async fn respond(mut stream: TcpStream, tools: &Value) {
    let Some(request) = request(&mut stream).await else { return };
    let result = match request.get("method").and_then(Value::as_str) {
        Some("server/discover") => json!({"resultType": "complete", "supportedVersions": ["2026-07-28"]}),
        _ => json!({"resultType": "complete", "tools": tools}),
    };
    let body = json!({"jsonrpc": "2.0", "id": request.get("id"), "result": result}).to_string();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
    let answer = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
    // A client that has gone learns nothing, and the test fails at its own end.
    let _gone = stream.write_all(answer.as_bytes()).await;
}

/// The JSON of one request, as soon as it is whole.
async fn request(stream: &mut TcpStream) -> Option<Value> {
    let mut received = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let count = stream.read(&mut piece).await.ok().filter(|count| *count > 0)?;
        received.extend_from_slice(piece.get(..count)?);
        let text = String::from_utf8_lossy(&received);
        let body = text.split_once("\r\n\r\n").map(|(_, body)| body);
        if let Some(whole) = body.and_then(|body| serde_json::from_str(body).ok()) {
            return Some(whole);
        }
    }
}
