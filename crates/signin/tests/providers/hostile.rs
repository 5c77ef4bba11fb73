//! A provider that lies. Each lie is refused, with a reason that a person can read; nothing of it gets through.

use model::ClientAuthentication::None as Public;
use signin::SignInError;
use testkit::http::Request;
use testkit::providers::Hostile;

use crate::person::{Connected, follow, now, secrets};

async fn way(hostile: &Hostile, is: &str) {
    assert_eq!(Request::get(&format!("/way?is={is}")).send(hostile.address).await.status, 200);
}

#[tokio::test]
async fn every_lie_of_a_token_is_refused() {
    let hostile = Hostile::start();
    let connected = Connected::to(hostile.address, Public, None);
    assert!(connected.sign_in("good").await.is_ok());
    for lie in [
        "wrong_issuer",
        "other_issuer",
        "wrong_audience",
        "no_audience",
        "two_audiences",
        "wrong_party",
        "wrong_nonce",
        "no_nonce",
        "no_subject",
        "expired",
        "from_the_future",
        "old",
        "foreign_key",
        "small_key",
        "unknown_key",
        "swapped_key",
        "jku",
        "access_token",
        "logout_token",
        "alg_none",
        "hs256_public_key",
        "no_token",
        "mix_up",
        "no_iss",
        "other_userinfo",
    ] {
        let got = connected.sign_in(lie).await;
        assert!(matches!(got, Err(SignInError::Untrusted(_))), "{lie}: {got:?}");
    }
    let asked = Request::get("/asked").send(hostile.address).await.json();
    assert!(asked.get("/foreign.jwks").is_none(), "where a token says its key is, nobody looks: {asked}");
}

#[tokio::test]
async fn a_refusal_is_told_and_a_redirect_is_not_followed() {
    let hostile = Hostile::start();
    let connected = Connected::to(hostile.address, Public, None);
    let refused = connected.sign_in("refused").await.unwrap_err();
    assert_eq!(refused.to_string(), "the identity provider says: not today <script> (access_denied)");
    let redirected = connected.sign_in("redirecting_token").await;
    assert!(matches!(redirected, Err(SignInError::Unreachable { what: "tokens", .. })), "{redirected:?}");
}

#[tokio::test]
async fn a_provider_that_is_down_slow_or_sends_too_much_is_a_sentence() {
    let hostile = Hostile::start();
    for is in
        ["down", "slow", "redirecting", "huge", "huge_keys", "garbage", "metadata_of_another", "keys_inside"]
    {
        way(&hostile, is).await;
        let connected = Connected::to(hostile.address, Public, None);
        let got = connected.sign_in("good").await.unwrap_err();
        let told = got.to_string();
        assert!(told.starts_with("the identity provider"), "{is}: {told}");
        assert!(!told.contains("169.254"), "{is}: {told}");
    }
    way(&hostile, "good").await;
    assert!(
        Connected::to(hostile.address, Public, None).sign_in("good").await.is_ok(),
        "and nothing stays behind"
    );
}

#[tokio::test]
async fn keys_are_rotated_without_anybody_noticing() {
    let hostile = Hostile::start();
    let connected = Connected::to(hostile.address, Public, None);
    assert!(connected.sign_in("good").await.is_ok());
    way(&hostile, "rotated").await;
    // The old set is remembered and was asked for a moment ago: a minute later it is asked for again.
    let redirect = connected.redirect();
    let asked = connected.asked(&redirect);
    let later = || now() + chrono::TimeDelta::seconds(61);
    let secrets = secrets();
    let metadata = connected.signin.discover(&asked, later()).await.unwrap();
    let prompt = signin::Prompt::Usual(Some("good"));
    let url = asked.authorization_by(&metadata, &secrets, prompt, false).unwrap();
    let returned = follow(connected.provider, &url).await;
    assert!(connected.signin.finish(&asked, &returned, &secrets, None, later()).await.is_ok());
}
