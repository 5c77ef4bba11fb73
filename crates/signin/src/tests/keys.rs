//! Remembering what providers say (security.md W2), by a clock that the test holds.

use chrono::TimeDelta;
use model::ConnectionId;
use serde_json::{Value, json};

use super::provider::Provider;
use super::{Signer, key_set, now, terms};
use crate::cache::Asking;
use crate::{Asked, SignIn, SignInError};

const KEYS: &str = "/jwks";
const METADATA: &str = "/.well-known/openid-configuration";

fn asking(minutes: i64, more_seconds: i64) -> Asking<'static> {
    let now = now() + TimeDelta::minutes(minutes) + TimeDelta::seconds(more_seconds);
    Asking { tenant: "t", connection: ConnectionId::MIN, now }
}

fn set(keys: &[Value]) -> String {
    json!({ "keys": keys }).to_string()
}

#[tokio::test]
async fn keys_are_believed_for_ten_minutes_and_rotated_ones_found_within_one() {
    let (old, new) = (Signer::es256(), Signer::es256());
    let first = set(&[old.jwk("old")]);
    let provider = Provider::start(move |_| (200, first.clone())).await;
    let (signin, url) = (SignIn::new(provider.egress()), provider.url(KEYS));
    let ask = async |asking: Asking<'_>, kid: &str| {
        let has =
            |keys: &crate::jwks::KeySet| !keys.for_token(Some(kid), crate::jwks::Algorithm::ES256).is_empty();
        signin.keys.get(asking, &url, has).await.map(|keys| has(&keys))
    };
    assert_eq!(ask(asking(0, 0), "old").await, Ok(true));
    assert_eq!(ask(asking(9, 59), "old").await, Ok(true));
    assert_eq!(provider.asked(KEYS), 1);
    assert_eq!(ask(asking(10, 0), "old").await, Ok(true));
    assert_eq!(provider.asked(KEYS), 2);

    let second = set(&[new.jwk("new")]);
    provider.turn(move |_| (200, second.clone()));
    // Tokens that name keys which do not exist make us ask once a minute, however many there are.
    for more in 0..30 {
        assert_eq!(ask(asking(10, more), "made up").await, Ok(false));
    }
    assert_eq!(provider.asked(KEYS), 2);
    assert_eq!(ask(asking(11, 0), "new").await, Ok(true));
    assert_eq!(provider.asked(KEYS), 3);
    assert_eq!(ask(asking(11, 1), "old").await, Ok(false), "a key that was withdrawn counts no more");
}

#[tokio::test]
async fn a_provider_that_is_down_is_believed_for_an_hour_and_then_not() {
    let keys = set(&[Signer::es256().jwk("one")]);
    let provider = Provider::start(move |_| (200, keys.clone())).await;
    let (signin, url) = (SignIn::new(provider.egress()), provider.url(KEYS));
    assert!(signin.keys.get(asking(0, 0), &url, |_| true).await.is_ok());
    provider.turn(|_| (503, "down".to_owned()));
    for minutes in [11, 30, 59] {
        assert!(signin.keys.get(asking(minutes, 0), &url, |_| true).await.is_ok(), "{minutes}");
    }
    let denied = signin.keys.get(asking(60, 0), &url, |_| true).await;
    assert!(matches!(denied, Err(SignInError::Unusable { .. })), "{denied:?}");
    let keys = set(&[Signer::es256().jwk("one")]);
    provider.turn(move |_| (200, keys.clone()));
    assert!(signin.keys.get(asking(60, 1), &url, |_| true).await.is_ok(), "up again, believed at once");
}

#[tokio::test]
async fn sets_of_keys_are_bounded_and_garbage_is_refused() {
    let one = Signer::es256().jwk("one");
    let many = set(&vec![one.clone(); 65]);
    let huge = format!("{{\"keys\":[],\"x\":\"{}\"}}", "x".repeat(256 << 10));
    for body in [many, huge, "[]".to_owned(), "<html>".to_owned(), String::new()] {
        let size = body.len();
        let provider = Provider::start(move |_| (200, body.clone())).await;
        let signin = SignIn::new(provider.egress());
        let got = signin.keys.get(asking(0, 0), &provider.url(KEYS), |_| true).await;
        assert!(got.is_err(), "{size} bytes");
    }
    assert_eq!(key_set(&[one]).for_token(Some("one"), crate::jwks::Algorithm::ES256).len(), 1);
}

/// One tenant's provider is neither asked for another's tokens nor remembered for them.
#[tokio::test]
async fn what_is_remembered_is_one_connections() {
    let provider = Provider::start(|_| (200, set(&[]))).await;
    let signin = SignIn::new(provider.egress());
    for connection in [ConnectionId::MIN, ConnectionId::MAX] {
        let asking = Asking { connection, ..asking(0, 0) };
        assert!(signin.keys.get(asking, &provider.url(KEYS), |_| true).await.is_ok());
    }
    assert_eq!(provider.asked(KEYS), 2);
}

fn metadata(provider: &Provider, issuer: &str) -> Value {
    json!({
        "issuer": issuer,
        "authorization_endpoint": provider.url("/auth"),
        "token_endpoint": provider.url("/token"),
        "jwks_uri": provider.url(KEYS),
    })
}

/// ASVS 10.5.3, and Entra's issuer for everybody, which is nobody's: byte by byte, or not at all.
#[tokio::test]
async fn the_issuer_is_the_one_that_was_set_up() {
    let provider = Provider::start(|_| (404, String::new())).await;
    let issuer = provider.url("");
    let cases = [
        (issuer.clone(), true),
        (format!("{issuer}/"), false),
        (issuer.to_uppercase(), false),
        (issuer.replace("127.0.0.1", "localhost"), false),
        (format!("{issuer}/{{tenantid}}/v2.0"), false),
    ];
    for (said, accepted) in cases {
        let body = metadata(&provider, &said).to_string();
        provider.turn(move |path| if path == METADATA { (200, body.clone()) } else { (404, String::new()) });
        let terms = terms(&issuer);
        let asked =
            Asked { tenant: "t", connection: ConnectionId::MIN, terms: &terms, secret: None, redirect: "" };
        let got = SignIn::new(provider.egress()).discover(&asked, now()).await;
        assert_eq!(got.is_ok(), accepted, "{said}: {got:?}");
    }
}

#[tokio::test]
async fn an_issuer_that_may_not_be_asked_is_not() {
    let signin = SignIn::new(egress::Egress::new(Vec::new()));
    for issuer in
        ["https://169.254.169.254", "http://idp.example", "https://idp.example/?a=b", "https://[::1]/", "idp"]
    {
        let terms = terms(issuer);
        let asked =
            Asked { tenant: "t", connection: ConnectionId::MIN, terms: &terms, secret: None, redirect: "" };
        assert!(signin.discover(&asked, now()).await.is_err(), "{issuer}");
    }
}
