//! Server-sent events over a real connection, read as they come.

use std::fmt::Write;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// What has not come by then does not come.
const WITHIN: Duration = Duration::from_secs(30);

/// A connection that events come over.
pub(crate) struct Events {
    stream: TcpStream,
    /// Everything that has come so far.
    pub(crate) text: String,
}

impl Events {
    /// Opens one, with headers as they are sent.
    pub(crate) async fn open(address: SocketAddr, path: &str, headers: &[(&str, &str)]) -> Self {
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        let mut request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n");
        for (name, value) in headers {
            write!(request, "{name}: {value}\r\n").expect("a header");
        }
        stream.write_all(format!("{request}\r\n").as_bytes()).await.expect("a request");
        Self { stream, text: String::new() }
    }

    /// Reads until that has come.
    pub(crate) async fn until(&mut self, what: &str) {
        while !self.text.contains(what) {
            let more = self.read().await;
            let has = self.text.contains(what);
            assert!(more || has, "the events ended without `{what}`:\n{}", self.text);
        }
    }

    /// Reads until they end.
    pub(crate) async fn ended(&mut self) {
        while !self.is_over() && self.read().await {}
    }

    async fn read(&mut self) -> bool {
        let mut buffer = [0; 4096];
        let read = timeout(WITHIN, self.stream.read(&mut buffer)).await;
        let read = read.unwrap_or_else(|_| panic!("nothing came, after:\n{}", self.text)).expect("a read");
        self.text.push_str(&String::from_utf8_lossy(&buffer[..read]));
        read > 0 && !self.is_over()
    }

    /// The last chunk of an answer is empty.
    fn is_over(&self) -> bool {
        self.text.ends_with("\r\n0\r\n\r\n")
    }
}
