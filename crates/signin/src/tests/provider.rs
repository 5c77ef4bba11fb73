//! A provider on loopback that answers as a test tells it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use egress::{Egress, Exception};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

type Answer = Box<dyn Fn(&str) -> (u16, String) + Send>;

pub(crate) struct Provider {
    address: SocketAddr,
    answer: Arc<Mutex<Answer>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Provider {
    pub(crate) async fn start(answer: impl Fn(&str) -> (u16, String) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let answer: Arc<Mutex<Answer>> = Arc::new(Mutex::new(Box::new(answer)));
        let provider = Self {
            address: listener.local_addr().unwrap(),
            answer: Arc::clone(&answer),
            asked: Arc::default(),
        };
        let asked = Arc::clone(&provider.asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&answer), Arc::clone(&asked)));
            }
        });
        provider
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A door that is open to this provider.
    pub(crate) fn egress(&self) -> Egress {
        let exception: Exception = self.address.to_string().parse().unwrap();
        Egress::new(vec![exception])
    }

    /// Answers otherwise from now on.
    pub(crate) fn turn(&self, answer: impl Fn(&str) -> (u16, String) + Send + 'static) {
        *self.answer.lock().unwrap() = Box::new(answer);
    }

    /// How often a path was asked for.
    pub(crate) fn asked(&self, path: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|asked| *asked == path).count()
    }
}

async fn serve(mut stream: TcpStream, answer: Arc<Mutex<Answer>>, asked: Arc<Mutex<Vec<String>>>) {
    let mut bytes = Vec::new();
    while !bytes.windows(4).any(|end| end == b"\r\n\r\n") {
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return;
        }
    }
    let head = String::from_utf8_lossy(&bytes).into_owned();
    // A body that nobody has read makes the system break the connection off, and the answer with it.
    let announced = head
        .lines()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    let ends = head.find("\r\n\r\n").map_or(0, |at| at + 4) + announced.unwrap_or(0_usize);
    while bytes.len() < ends && stream.read_buf(&mut bytes).await.unwrap_or(0) > 0 {}
    let path = head.split_whitespace().nth(1).unwrap_or("/").to_owned();
    asked.lock().unwrap().push(path.clone());
    let (status, body) = (*answer.lock().unwrap())(&path);
    let length = body.len();
    let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
}
