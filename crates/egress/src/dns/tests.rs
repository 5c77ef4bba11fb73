//! Texts of names, as a resolver on loopback tells them.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::message::{Answered, question, texts};
use super::{Dns, DnsError};

const NAME: &str = "_answerable-challenge.northwind.example.";

/// The answer to [`question`] with these records: an alias first, as some providers have it.
fn answer(id: u16, code: u16, records: &[&[&str]]) -> Vec<u8> {
    let mut bytes = question(NAME, id).unwrap();
    bytes[2..4].copy_from_slice(&(0x8180 | code).to_be_bytes());
    bytes[6..8].copy_from_slice(&u16::try_from(records.len() + 1).unwrap().to_be_bytes());
    bytes.extend([0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, 2, 0xc0, 12]);
    for record in records {
        let data: Vec<u8> = record
            .iter()
            .flat_map(|piece| [&[u8::try_from(piece.len()).unwrap()], piece.as_bytes()].concat())
            .collect();
        bytes.extend([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60]);
        bytes.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        bytes.extend(data);
    }
    bytes
}

#[test]
fn answers_are_read_and_nothing_else_is() {
    let found = answer(7, 0, &[&["v=spf1 -all"], &["token=", "abc"], &[]]);
    let expected = ["v=spf1 -all", "token=abc", ""].map(str::to_owned).to_vec();
    assert_eq!(texts(&found, 7), Some(Answered::Texts(expected)));
    assert_eq!(texts(&found, 8), None, "an answer to another question");
    assert_eq!(texts(&question(NAME, 7).unwrap(), 7), None, "a question is no answer");
    assert_eq!(texts(&answer(7, 3, &[]), 7), Some(Answered::NoSuchName));
    assert_eq!(texts(&answer(7, 2, &[]), 7), Some(Answered::Failed));
    for cut in 0..found.len() {
        assert!(!matches!(texts(&found[..cut], 7), Some(Answered::Texts(_))), "cut at {cut}");
    }
}

#[test]
fn what_is_no_name_is_not_asked_for() {
    let long = "a".repeat(64);
    let many = "a.".repeat(200);
    for name in ["", "a..b", long.as_str(), many.as_str()] {
        assert_eq!(question(name, 1), None, "{name}");
    }
}

#[tokio::test]
async fn a_resolver_is_asked_over_tcp() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let resolver = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let length = stream.read_u16().await.unwrap();
        let mut asked = vec![0; usize::from(length)];
        stream.read_exact(&mut asked).await.unwrap();
        assert_eq!(asked, question(NAME, 9).unwrap());
        let answer = answer(9, 0, &[&["token=abc"]]);
        stream.write_u16(u16::try_from(answer.len()).unwrap()).await.unwrap();
        stream.write_all(&answer).await.unwrap();
    });
    let dns = Dns::new(Some(resolver));
    assert_eq!(dns.texts(NAME, 9).await, Ok(vec!["token=abc".to_owned()]));
    serving.await.unwrap();
    assert_eq!(dns.texts(NAME, 9).await, Err(DnsError::Unreachable), "nobody listens any more");
}
