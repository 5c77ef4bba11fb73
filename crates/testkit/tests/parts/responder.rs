//! A stand-in for the program at the other side of a gateway: it answers by a rule and keeps
//! every question. What is tested here is the gateways' configuration alone.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use serde_json::Value;
use testkit::ports;

pub(crate) const AGENT_KEY: &str = "agent-key";
pub(crate) const GATEWAY_KEY: &str = "gateway-key";

/// A question as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Question {
    /// All values of a header, by its name in lower case.
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        let found = self.headers.iter().filter(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).collect()
    }

    /// The tool that is called: from the header, or from the body where one came.
    fn tool(&self) -> String {
        let body: Value = serde_json::from_str(&self.body).unwrap_or_default();
        let named = body.pointer("/params/name").and_then(Value::as_str);
        self.values("mcp-name").first().copied().or(named).unwrap_or_default().to_owned()
    }
}

/// Listens until the test process ends.
pub(crate) struct Responder {
    pub(crate) address: SocketAddr,
    questions: Arc<Mutex<Vec<Question>>>,
}

impl Responder {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind(ports::loopback(0)).expect("a loopback port");
        let address = listener.local_addr().expect("a bound address");
        let questions = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&questions);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                thread::spawn(move || serve(&stream, &kept));
            }
        });
        Self { address, questions }
    }

    pub(crate) fn questions(&self) -> Vec<Question> {
        self.questions.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn serve(stream: &TcpStream, kept: &Mutex<Vec<Question>>) {
    let (mut reader, mut writer) = (BufReader::new(stream), stream);
    while let Some(question) = read(&mut reader) {
        let answer = answer(&question);
        kept.lock().unwrap_or_else(PoisonError::into_inner).push(question);
        if writer.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

fn read(reader: &mut impl BufRead) -> Option<Question> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ').map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let headers: Vec<(String, String)> = reader
        .lines()
        .map_while(|line| line.ok()?.split_once(':').map(|(name, value)| (name.to_owned(), value.to_owned())))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut body = vec![0; length.and_then(|(_, value)| value.parse().ok()).unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    let body = String::from_utf8_lossy(&body).into_owned();
    Some(Question { method, path, headers, body })
}

/// Knows one agent; refuses it to delete notes; fails when asked about tool `break`.
fn answer(question: &Question) -> String {
    let gateway = question.values("x-answerable-gateway");
    let agent = question.values("authorization");
    let tool = question.tool();
    if gateway != [GATEWAY_KEY] || agent != [format!("Bearer {AGENT_KEY}")] {
        let challenge =
            "www-authenticate: Bearer error=\"invalid_token\"\r\nx-answerable-reason: credential_unknown";
        return response("401 Unauthorized", challenge, &denial("credential_unknown"));
    }
    match tool.as_str() {
        "delete_note" => {
            let headers = "x-answerable-reason: scope_denied\r\nx-answerable-decision-id: decision-2";
            response("403 Forbidden", headers, &denial("scope_denied"))
        }
        "break" => response("503 Service Unavailable", "retry-after: 1", "{}"),
        // No `on-behalf-of`: a client's own copy of it must not get through either.
        _ => response(
            "200 OK",
            "x-answerable-actor: agent-1\r\nx-answerable-actor-kind: agent\r\nx-answerable-actor-name: Scribe\r\n\
             x-answerable-owner: user-1\r\nx-answerable-workspace: platform\r\nx-answerable-run-id: run-1\r\n\
             x-answerable-decision-id: decision-1\r\nx-envoy-auth-headers-to-remove: authorization",
            "",
        ),
    }
}

fn denial(reason: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":null,"error":{{"code":-32001,"message":"denied: {reason}"}}}}"#)
}

fn response(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{headers}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}
