use model::ConnectionId;
use serde_json::{Value, json};

use super::provider::Provider;
use super::{CLIENT, Signer, now, seconds, terms, with};
use crate::{Asked, LoggedOut, SignIn, SignInError};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// A provider whose key is that of `signer`, and its issuer.
async fn provider(signer: &Signer) -> (Provider, String) {
    let keys = json!({"keys": [signer.jwk("one")]}).to_string();
    let provider = Provider::start(|_| (404, String::new())).await;
    let issuer = provider.url("");
    let metadata = json!({
        "issuer": issuer,
        "authorization_endpoint": provider.url("/auth"),
        "token_endpoint": provider.url("/token"),
        "jwks_uri": provider.url("/jwks"),
    })
    .to_string();
    provider.turn(move |path| (200, if path == "/jwks" { keys.clone() } else { metadata.clone() }));
    (provider, issuer)
}

fn good(issuer: &str) -> Value {
    json!({"iss": issuer, "aud": CLIENT, "sub": "42", "sid": "s1", "jti": "j1", "events": {EVENT: {}},
        "iat": seconds(now(), -5), "exp": seconds(now(), 115)})
}

async fn check(provider: &Provider, issuer: &str, token: &str) -> Result<LoggedOut, SignInError> {
    let terms = terms(issuer);
    let asked =
        Asked { tenant: "t", connection: ConnectionId::MIN, terms: &terms, secret: None, redirect: "" };
    SignIn::new(provider.egress()).logged_out(&asked, token, now()).await
}

/// ASVS 10.5.5 and security.md S7: kind, event, no nonce, a name of its own, at most two minutes old.
#[tokio::test]
async fn a_logout_token_is_nothing_else() {
    let signer = Signer::es256();
    let (provider, issuer) = provider(&signer).await;
    let header = json!({"alg": "ES256", "kid": "one", "typ": "logout+jwt"});
    let token = signer.sign_with(&header, &good(&issuer));
    let out = check(&provider, &issuer, &token).await.unwrap();
    assert_eq!(
        (out.subject.as_deref(), out.session.as_deref(), out.name.as_str()),
        (Some("42"), Some("s1"), "j1")
    );
    for (what, change) in [
        ("a nonce", json!({"nonce": "n"})),
        ("no event", json!({"events": null})),
        ("another event", json!({"events": {"other": {}}})),
        ("an event that is no object", json!({"events": {EVENT: true}})),
        ("no name", json!({"jti": null})),
        ("nobody", json!({"sub": null, "sid": null})),
        ("another audience", json!({"aud": "other"})),
        ("another issuer", json!({"iss": "https://other.example"})),
        ("three minutes ago", json!({"iat": seconds(now(), -181)})),
        ("over", json!({"exp": seconds(now(), -61)})),
    ] {
        let token = signer.sign_with(&header, &with(good(&issuer), &change));
        assert!(check(&provider, &issuer, &token).await.is_err(), "{what}");
    }
    let as_identity = signer.sign("one", &good(&issuer));
    assert!(check(&provider, &issuer, &as_identity).await.is_err(), "an identity token");
    let other = Signer::es256().sign_with(&header, &good(&issuer));
    assert!(check(&provider, &issuer, &other).await.is_err(), "another key");
    let by_session = with(good(&issuer), &json!({"sub": null}));
    let token = signer.sign_with(&json!({"alg": "ES256", "kid": "one"}), &by_session);
    assert!(check(&provider, &issuer, &token).await.is_ok(), "the kind may be left out");
}
