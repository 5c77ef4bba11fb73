//! A resolver on loopback that says of every name what the test tells it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// The resolver.
pub(crate) struct Resolver {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    text: Arc<Mutex<String>>,
}

impl Resolver {
    /// Starts it; it has nothing to say yet.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let text: Arc<Mutex<String>> = Arc::default();
        let says = Arc::clone(&text);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let Ok(length) = stream.read_u16().await else { continue };
                let mut asked = vec![0; usize::from(length)];
                if stream.read_exact(&mut asked).await.is_err() {
                    continue;
                }
                let answer = answer(&asked, &says.lock().expect("no panic").clone());
                let length = u16::try_from(answer.len()).expect("a short answer");
                let _ = stream.write_all(&[&length.to_be_bytes(), answer.as_slice()].concat()).await;
            }
        });
        Self { address, text }
    }

    /// From now on it says this of every name.
    pub(crate) fn says(&self, text: &str) {
        text.clone_into(&mut self.text.lock().expect("no panic"));
    }
}

/// The question, turned into an answer with one text.
fn answer(question: &[u8], text: &str) -> Vec<u8> {
    let mut bytes = question.to_vec();
    bytes[2..4].copy_from_slice(&0x8180_u16.to_be_bytes());
    bytes[6..8].copy_from_slice(&1_u16.to_be_bytes());
    bytes.extend([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60]);
    let length = u8::try_from(text.len()).expect("a short text");
    bytes.extend((u16::from(length) + 1).to_be_bytes());
    bytes.push(length);
    bytes.extend(text.bytes());
    bytes
}
