//! A tiny HTTP server on loopback that answers as a test tells it, and a name server under the test's control.

use std::collections::VecDeque;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};

use settings::Exception;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Host;

use crate::{Egress, Resolve, Resolving};

/// One request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    /// The request line and the headers, lower-cased.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// What the server does with a connection, piece by piece.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Send(String),
    /// Keeps the connection open until the client leaves.
    Hold,
}

/// Whole answers, for handlers.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Vec<Step> {
    let length = body.len();
    vec![Step::Send(format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    ))]
}

pub(crate) fn json(body: &str) -> Vec<Step> {
    answer("200 OK", "content-type: application/json\r\n", body)
}

pub(crate) struct TestServer {
    pub(crate) address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
}

impl TestServer {
    pub(crate) async fn start(handler: impl Fn(&Received) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let received: Arc<Mutex<Vec<Received>>> = Arc::default();
        let log = received.clone();
        let handler = Arc::new(handler);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, handler.clone(), log.clone()));
            }
        });
        Self { address, received }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A door with the one exception of this server.
    pub(crate) fn egress(&self) -> Egress {
        Egress::new(vec![self.exception("127.0.0.1")])
    }

    pub(crate) fn exception(&self, host: &str) -> Exception {
        Exception::HostPort { host: Host::parse(host).unwrap(), port: self.address.port() }
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    handler: Arc<impl Fn(&Received) -> Vec<Step>>,
    log: Arc<Mutex<Vec<Received>>>,
) {
    let Some(request) = read(&mut stream).await else { return };
    log.lock().unwrap().push(request.clone());
    for step in handler(&request) {
        match step {
            Step::Send(text) => {
                if stream.write_all(text.as_bytes()).await.is_err() {
                    return;
                }
            }
            Step::Hold => {
                let _ = stream.read(&mut [0]).await;
            }
        }
    }
    let _ = stream.shutdown().await;
}

async fn read(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let received = Received { head: head.to_ascii_lowercase(), body: body.to_owned() };
        let length = received.header("content-length").map_or(0, |length| length.parse().unwrap());
        if received.body.len() >= length {
            return Some(received);
        }
    }
}

/// Gives the next of its answers at each look-up, the last one for ever, and counts.
pub(crate) struct FakeResolver {
    answers: Mutex<VecDeque<Vec<IpAddr>>>,
    asked: Mutex<usize>,
}

impl FakeResolver {
    pub(crate) fn new(answers: &[&[&str]]) -> Arc<Self> {
        let parse = |answer: &&[&str]| answer.iter().map(|address| address.parse().unwrap()).collect();
        Arc::new(Self { answers: Mutex::new(answers.iter().map(parse).collect()), asked: Mutex::new(0) })
    }

    pub(crate) fn asked(&self) -> usize {
        *self.asked.lock().unwrap()
    }
}

impl Resolve for FakeResolver {
    fn resolve<'a>(&'a self, _: &'a str) -> Resolving<'a> {
        *self.asked.lock().unwrap() += 1;
        let mut answers = self.answers.lock().unwrap();
        let next = if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
        let next = next.filter(|addresses| !addresses.is_empty());
        Box::pin(std::future::ready(next.ok_or_else(|| io::ErrorKind::NotFound.into())))
    }
}
