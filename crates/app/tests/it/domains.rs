//! S4: the proof of a domain is looked for daily; gone for 72 hours, the domain leads nobody any more.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use egress::dns::Dns;
use model::{Domain, DomainName};

use crate::harness::House;

/// What a resolver answers: a text, or nothing where it is empty, or not at all.
type Says = Arc<Mutex<Option<String>>>;

/// A resolver on loopback that says of every name what the test tells it.
fn resolver() -> (SocketAddr, Says) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let says: Says = Arc::default();
    let told = Arc::clone(&says);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut length = [0; 2];
            let Some(text) = told.lock().expect("nobody panics").clone() else { continue };
            if stream.read_exact(&mut length).is_err() {
                continue;
            }
            let mut asked = vec![0; usize::from(u16::from_be_bytes(length))];
            if stream.read_exact(&mut asked).is_ok() {
                let answer = answer(asked, &text);
                let length = u16::try_from(answer.len()).expect("a short answer").to_be_bytes();
                let _gone = stream.write_all(&[&length, answer.as_slice()].concat());
            }
        }
    });
    (address, says)
}

/// The question, turned into an answer with one text.
fn answer(mut question: Vec<u8>, text: &str) -> Vec<u8> {
    // An answer without an error; one record in it.
    question.splice(2..4, 0x8180_u16.to_be_bytes());
    question.splice(6..8, 1_u16.to_be_bytes());
    question.extend([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60]);
    let length = u8::try_from(text.len()).expect("a short text");
    question.extend((u16::from(length) + 1).to_be_bytes());
    question.push(length);
    question.extend(text.bytes());
    question
}

async fn proven() -> (House, Domain, Says) {
    let mut house = House::new().await;
    let (address, says) = resolver();
    house.app.dns = Dns::new(Some(address));
    let name: DomainName = "northwind.example".parse().unwrap();
    let claimed = house.run(house.owner, |planning| app::domains::add(planning, name)).await.unwrap().value;
    *says.lock().unwrap() = Some(claimed.record());
    house.app.prove_domain(house.by(house.owner), claimed.id).await.unwrap();
    (house, claimed, says)
}

async fn leads(house: &House) -> bool {
    house.app.store.organization_of_domain("northwind.example").await.unwrap().is_some()
}

#[tokio::test]
async fn a_domain_whose_proof_is_gone_for_three_days_leads_nobody_any_more() {
    let (house, domain, says) = proven().await;
    let another_day = async || {
        house.clock.advance(TimeDelta::hours(24));
        house.app.recheck_domains().await.unwrap()
    };
    assert_eq!(another_day().await, 0, "the proof is there");
    *says.lock().unwrap() = Some("token=somebody-elses".to_owned());
    for day in 0..3 {
        assert_eq!(another_day().await, 0, "day {day}: long enough to mend a mistake");
        assert!(leads(&house).await, "day {day}");
    }
    assert_eq!(another_day().await, 1);
    assert!(!leads(&house).await);
    assert!(!house.facts().domain(domain.id).unwrap().is_proven(), "nobody is taken in by it either");
    assert_eq!(another_day().await, 0, "once");
    house.settle().await;
}

#[tokio::test]
async fn a_proof_that_comes_back_in_time_counts_and_a_resolver_that_is_down_proves_nothing() {
    let (house, domain, says) = proven().await;
    let another_day = async || {
        house.clock.advance(TimeDelta::hours(24));
        house.app.recheck_domains().await.unwrap()
    };
    let gone = || *says.lock().unwrap() = Some("v=spf1 -all".to_owned());
    gone();
    for _ in 0..3 {
        assert_eq!(another_day().await, 0);
    }
    *says.lock().unwrap() = Some(domain.record());
    assert_eq!(another_day().await, 0, "it is back");
    gone();
    for _ in 0..3 {
        assert_eq!(another_day().await, 0, "and three days count from here again");
    }
    // The resolver is ours: while it is down, nothing is found out about anybody.
    *says.lock().unwrap() = None;
    for _ in 0..3 {
        assert_eq!(another_day().await, 0);
    }
    assert!(leads(&house).await);
    gone();
    assert_eq!(another_day().await, 1);
    assert!(!leads(&house).await);
}
