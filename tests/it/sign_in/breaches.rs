//! S8: leaked passwords are asked about without telling them, and nobody is kept from setting one by a service that is
//! down.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use testkit::ports;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::person::Person;
use crate::world::Own;

/// The service has seen it.
const LEAKED: &str = "maple harbour eleven clocks";
/// The first digits of its SHA-1.
const LEAKED_DIGITS: &str = "2E453";
/// The service has it only as padding.
const FINE: &str = "copper meadow twelve bridges";
const FINE_DIGITS: &str = "6961A";

/// What the service answers whatever it is asked: the rest of both hashes and of others.
const RANGE: &str = "003D68EB55068C33ACE09247EE4C639306B:3\r\n4DF876879A3D93E4ADDECD1D2A120CDF389:42\r\n4852EC141EC00F0BD9BA0FBED8E1636A30B:0\r\n";

/// A service of ranges, which notes what it was asked.
struct Ranges {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Ranges {
    /// It answers every question with that status and body.
    async fn answering(status: &'static str, body: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut bytes = Vec::new();
                while !bytes.windows(4).any(|window| window == b"\r\n\r\n") {
                    if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
                        break;
                    }
                }
                log.lock().expect("nobody panics").push(String::from_utf8_lossy(&bytes).into_owned());
                let answer = format!(
                    "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                );
                let _gone = stream.write_all(answer.as_bytes()).await;
            }
        });
        Self { address, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nobody panics").clone()
    }
}

/// A program that asks there.
async fn asking(address: SocketAddr) -> Own {
    let (allow, url) = (address.to_string(), format!("http://{address}/range"));
    let settings = [
        ("ANSWERABLE_EGRESS__ALLOW", allow.as_str()),
        ("ANSWERABLE_PASSWORDS__BREACH_RANGES_URL", url.as_str()),
        ("ANSWERABLE_SERVER__TRUSTED_PROXIES", "127.0.0.1/32"),
    ];
    Own::start_with(&settings).await
}

async fn set(person: &mut Person, password: &str) -> (u16, String) {
    let fields = [("login", "maya@northwind.example"), ("password", password)];
    let answer = person.submit("/account/password", &fields).await;
    (answer.status, answer.text())
}

#[tokio::test]
async fn a_leaked_password_is_refused_and_only_the_first_digits_of_its_hash_are_told() {
    let ranges = Ranges::answering("200 OK", RANGE).await;
    let own = asking(ranges.address).await;
    let mut person = Person::owner(&own.world).await;
    let (status, text) = set(&mut person, LEAKED).await;
    assert_eq!(status, 422, "{text}");
    assert!(text.contains("leaked"), "{text}");
    assert_eq!(set(&mut person, FINE).await.0, 303, "one that only pads the answer is fine");

    let asked = ranges.asked();
    assert_eq!(asked.len(), 2, "{asked:?}");
    for (question, digits) in asked.iter().zip([LEAKED_DIGITS, FINE_DIGITS]) {
        assert!(question.starts_with(&format!("GET /range/{digits} HTTP/1.1\r\n")), "{question}");
        assert!(question.to_lowercase().contains("add-padding: true"), "{question}");
        assert!(!question.to_lowercase().contains("cookie") && !question.contains("maya"), "{question}");
    }
}

#[tokio::test]
async fn a_service_that_fails_keeps_nobody_from_setting_a_password() {
    for (status, body) in
        [("503 Service Unavailable", "later"), ("200 OK", "<html>sign in to the network</html>")]
    {
        let ranges = Ranges::answering(status, body).await;
        let own = asking(ranges.address).await;
        let mut person = Person::owner(&own.world).await;
        assert_eq!(set(&mut person, LEAKED).await.0, 303, "{status}");
        assert_eq!(ranges.asked().len(), 1);
        let says = own.program.child.stderr().contains("leaked passwords could not be asked about");
        assert_eq!(says, status.starts_with("503"), "the log says so where it was no answer");
    }
    // Nobody listens at all.
    let own = asking(ports::loopback(ports::free())).await;
    let mut person = Person::owner(&own.world).await;
    assert_eq!(set(&mut person, LEAKED).await.0, 303);
    assert!(own.program.child.stderr().contains("leaked passwords could not be asked about"));
    assert!(!own.program.child.stderr().contains(LEAKED_DIGITS), "nor does the log have any of it");
}
