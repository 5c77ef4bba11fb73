//! Telling a provider that a token counts no more (RFC 7009): as whom, and what its answer means.

use model::{ClientAuthentication, ConnectionId};
use serde_json::{Value, json};

use super::provider::Provider;
use super::{CLIENT, ISSUER, Signer, now, terms};
use crate::revoke::{judge, request};
use crate::{Asked, Kept, NotRevoked, SignIn};

const REDIRECT: &str = "https://a.example/sso/cb/0";

/// The same client as at the token endpoint, by the same proof.
#[test]
fn the_client_proves_who_it_is_as_at_the_token_endpoint() {
    let sent = |authentication, secret| {
        let mut terms = terms(ISSUER);
        terms.client.authentication = authentication;
        terms.client.id = "an:id".to_owned();
        let connection = ConnectionId::MIN;
        let asked = Asked { tenant: "t", connection, terms: &terms, secret, redirect: REDIRECT };
        let (header, body) = request(&asked, "to+ken").map_err(|error| error.to_string())?;
        Ok::<_, String>((header.map(|header| header.to_string()), String::from_utf8(body).unwrap()))
    };
    let token = "token=to%2Bken&token_type_hint=refresh_token";
    // `an%3Aid:a%2Bb`: each part encoded by itself, so that no colon of an id ends it.
    let basic = Some("Basic YW4lM0FpZDphJTJCYg==".to_owned());
    assert_eq!(sent(ClientAuthentication::Basic, Some("a+b")), Ok((basic, token.to_owned())));
    let post = format!("{token}&client_id=an%3Aid&client_secret=a%2Bb");
    assert_eq!(sent(ClientAuthentication::Post, Some("a+b")), Ok((None, post)));
    let none = format!("{token}&client_id=an%3Aid");
    assert_eq!(sent(ClientAuthentication::None, None), Ok((None, none.clone())));
    let (header, body) = sent(ClientAuthentication::PrivateKeyJwt, Some("a.b.c")).unwrap();
    assert_eq!(header, None);
    assert!(body.starts_with(&none) && body.ends_with("&client_assertion=a.b.c"), "{body}");
    for way in [ClientAuthentication::Basic, ClientAuthentication::Post, ClientAuthentication::PrivateKeyJwt]
    {
        assert!(sent(way, None).is_err(), "{way:?}");
    }
}

#[test]
fn yes_is_yes_a_failure_is_told_again_and_a_refusal_is_not() {
    assert!(judge(200, b"").is_ok());
    let failures = [(503, ""), (500, r#"{"error":"invalid_request"}"#), (302, ""), (401, "")];
    let failures = failures.into_iter().chain([(408, ""), (425, ""), (429, "")]);
    for (status, body) in failures {
        assert!(matches!(judge(status, body.as_bytes()), Err(NotRevoked::Failed(_))), "{status}");
    }
    let quarrel = judge(400, br#"{"error":"invalid_client"}"#);
    assert!(matches!(quarrel, Err(NotRevoked::Failed(_))), "whoever runs it can set it right");
    let refused = judge(400, br#"{"error":"unsupported_token_type"}"#);
    assert!(matches!(&refused, Err(NotRevoked::Refused(said)) if said.contains("unsupported_token_type")));
    assert!(matches!(judge(404, b"<html>"), Err(NotRevoked::Refused(_))));
}

/// Only whoever gave a token gets to see it, and only where the provider says that it takes that.
#[tokio::test]
async fn a_token_is_shown_to_whoever_gave_it_and_to_nobody_else() {
    let provider = Provider::start(|_| (404, String::new())).await;
    let signer = Signer::es256();
    let mut terms = terms(&provider.url(""));
    terms.client.authentication = ClientAuthentication::None;
    let at = |path: &str| provider.url(path);
    let metadata = |endpoint: Option<String>| {
        let metadata = json!({
            "issuer": at(""), "authorization_endpoint": at("/auth"), "token_endpoint": at("/token"),
            "jwks_uri": at("/jwks"), "revocation_endpoint": endpoint,
        });
        move |path: &str| match path {
            "/.well-known/openid-configuration" => (200, metadata.to_string()),
            "/revoke" => (200, String::new()),
            _ => (404, String::new()),
        }
    };
    let kept = |issuer: &str, client: &str, refresh: Option<&str>| {
        let claims: Value = json!({"iss": issuer, "aud": client, "sub": "42"});
        let refresh = refresh.map(|token| token.to_owned().into());
        Kept { identity: signer.sign("one", &claims).into(), refresh }
    };
    let tell = async |kept: Kept| {
        // Nothing is remembered from one to the next.
        let signin = SignIn::new(provider.egress());
        let connection = ConnectionId::MIN;
        let asked = Asked { tenant: "t", connection, terms: &terms, secret: None, redirect: REDIRECT };
        signin.revoke(&asked, &kept, now()).await
    };
    let issuer = at("");
    provider.turn(metadata(Some(at("/revoke"))));
    for (issuer, client, token) in [
        ("https://other.example", CLIENT, Some("first")),
        (issuer.as_str(), "another", Some("first")),
        (issuer.as_str(), CLIENT, None),
    ] {
        let told = tell(kept(issuer, client, token)).await;
        assert!(matches!(told, Err(NotRevoked::Nothing)), "{issuer} {client} {told:?}");
    }
    assert_eq!(provider.asked("/revoke"), 0);
    assert!(tell(kept(&issuer, CLIENT, Some("first"))).await.is_ok());
    assert_eq!(provider.asked("/revoke"), 1);

    provider.turn(metadata(None));
    let told = tell(kept(&issuer, CLIENT, Some("first"))).await;
    assert!(matches!(told, Err(NotRevoked::Nothing)), "it offers no such thing: {told:?}");
    provider.turn(|_| (503, String::new()));
    let told = tell(kept(&issuer, CLIENT, Some("first"))).await;
    assert!(matches!(told, Err(NotRevoked::Failed(_))), "{told:?}");
}
