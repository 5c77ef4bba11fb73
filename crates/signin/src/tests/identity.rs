use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{CLIENT, ISSUER, Signer, key_set, now, seconds, text, with};
use crate::id_token::verify;
use crate::jws::Token;
use crate::{Claims, Expected, SignInError};

const NONCE: &str = "the nonce";

fn expected() -> Expected<'static> {
    Expected { issuer: ISSUER, client: CLIENT, nonce: NONCE, proven_since: None, now: now() }
}

fn good() -> Value {
    let (issued, expires) = (seconds(now(), -5), seconds(now(), 300));
    json!({"iss": ISSUER, "aud": CLIENT, "sub": "42", "nonce": NONCE, "iat": issued, "exp": expires,
        "auth_time": issued})
}

fn check(signer: &Signer, token: &str, expected: &Expected<'_>) -> Result<Claims, SignInError> {
    verify(&Token::parse(token)?, &key_set(&[signer.jwk("one")]), expected)
}

#[test]
fn a_token_of_each_kind_of_key_is_accepted() {
    for signer in [Signer::es256(), Signer::eddsa()] {
        let claims = check(&signer, &signer.sign("one", &good()), &expected()).unwrap();
        assert_eq!(claims.text("sub"), Some("42"));
        let list = with(good(), &json!({"aud": [CLIENT], "azp": CLIENT}));
        assert!(check(&signer, &signer.sign("one", &list), &expected()).is_ok());
        let unnamed = signer.sign_with(&json!({"alg": signer.algorithm()}), &good());
        assert!(check(&signer, &unnamed, &expected()).is_ok(), "the only key need not be named");
    }
}

#[test]
fn what_a_token_may_not_say() {
    let signer = Signer::es256();
    let cases = [
        ("another issuer", json!({"iss": "https://idp.example/"})),
        ("no issuer", json!({"iss": null})),
        ("another audience", json!({"aud": "other"})),
        ("no audience", json!({"aud": null})),
        ("an empty audience", json!({"aud": []})),
        ("another audience beside us", json!({"aud": [CLIENT, "other"], "azp": CLIENT})),
        ("an audience that is no text", json!({"aud": [CLIENT, 1]})),
        ("another party", json!({"azp": "other"})),
        ("a party that is no text", json!({"azp": 1})),
        ("another nonce", json!({"nonce": "another"})),
        ("no nonce", json!({"nonce": null})),
        ("no subject", json!({"sub": null})),
        ("an empty subject", json!({"sub": " "})),
        ("a number as subject", json!({"sub": 42})),
        ("no end", json!({"exp": null})),
        ("an end in the past", json!({"exp": seconds(now(), -61)})),
        ("no beginning", json!({"iat": null})),
        ("a beginning in the future", json!({"iat": seconds(now(), 62)})),
        ("a beginning long ago", json!({"iat": seconds(now(), -3600)})),
        ("not before", json!({"nbf": seconds(now(), 62)})),
    ];
    for (what, change) in cases {
        let refused = check(&signer, &signer.sign("one", &with(good(), &change)), &expected());
        assert!(matches!(refused, Err(SignInError::Untrusted(_))), "{what}: {refused:?}");
    }
    // Clocks may be a minute apart.
    for change in [json!({"exp": seconds(now(), -59)}), json!({"iat": seconds(now(), 60)})] {
        assert!(check(&signer, &signer.sign("one", &with(good(), &change)), &expected()).is_ok(), "{change}");
    }
}

#[test]
fn how_a_token_may_not_be_signed() {
    let (signer, other) = (Signer::es256(), Signer::es256());
    let (public, own) = (signer.jwk("one"), text("the public key as a secret"));
    let headers = [
        ("none", json!({"alg": "none"})),
        ("None", json!({"alg": "None", "kid": "one"})),
        ("a shared secret", json!({"alg": "HS256", "kid": "one"})),
        ("another length", json!({"alg": "ES384", "kid": "one"})),
        ("the algorithm of another key", json!({"alg": "RS256", "kid": "one"})),
        ("a key that is not there", json!({"alg": "ES256", "kid": "two"})),
        ("an extension", json!({"alg": "ES256", "kid": "one", "crit": ["b64"], "b64": false})),
        ("an access token", json!({"alg": "ES256", "kid": "one", "typ": "at+jwt"})),
        ("a logout token", json!({"alg": "ES256", "kid": "one", "typ": "logout+jwt"})),
    ];
    for (what, header) in headers {
        let refused = check(&signer, &signer.sign_with(&header, &good()), &expected());
        assert!(matches!(refused, Err(SignInError::Untrusted(_))), "{what}: {refused:?}");
    }
    // A token that brings its own key, in any of the ways to.
    for place in ["jku", "x5u", "jwk", "x5c"] {
        let header = with(json!({"alg": "ES256", "kid": "one"}), &json!({place: other.jwk("one")}));
        let refused = check(&signer, &other.sign_with(&header, &good()), &expected());
        assert!(matches!(refused, Err(SignInError::Untrusted(_))), "{place}: {refused:?}");
    }
    let token = signer.sign("one", &good());
    let (message, signature) = token.rsplit_once('.').unwrap();
    let forged = with(good(), &json!({"sub": "43"})).to_string();
    let header = token.split('.').next().unwrap();
    for broken in [
        message.to_owned(),
        format!("{message}."),
        format!("{message}.{own}"),
        format!("{header}.{}.{signature}", text(forged)),
        format!("{token}.{signature}"),
        format!("{token}="),
        String::new(),
        "..".to_owned(),
        public.to_string(),
    ] {
        assert!(check(&signer, &broken, &expected()).is_err(), "{broken}");
    }
}

#[test]
fn a_token_that_names_no_key_is_refused_where_there_is_a_choice() {
    let (one, two) = (Signer::es256(), Signer::es256());
    let token = one.sign_with(&json!({"alg": "ES256"}), &good());
    let keys = key_set(&[one.jwk("one"), two.jwk("two")]);
    assert!(verify(&Token::parse(&token).unwrap(), &keys, &expected()).is_err());
}

/// A key that is not for signatures, or shares a secret, is none.
#[test]
fn keys_for_other_ends_are_left_out() {
    let signer = Signer::es256();
    let token = signer.sign("one", &good());
    let encryption = with(signer.jwk("one"), &json!({"use": "enc"}));
    let other_algorithm = with(signer.jwk("one"), &json!({"alg": "ES512"}));
    let shared = json!({"kty": "oct", "kid": "one", "k": text("secret")});
    for key in [encryption, other_algorithm, shared, json!({}), json!("key")] {
        let keys = key_set(std::slice::from_ref(&key));
        assert!(verify(&Token::parse(&token).unwrap(), &keys, &expected()).is_err(), "{key}");
    }
}

#[test]
fn who_has_to_prove_themselves_anew_has_to_have_done_so() {
    let signer = Signer::eddsa();
    let since = Expected { proven_since: Some(now() - TimeDelta::seconds(30)), ..expected() };
    let at = |claim: Value| {
        check(&signer, &signer.sign("one", &with(good(), &json!({"auth_time": claim}))), &since)
    };
    assert!(at(json!(seconds(now(), -20))).is_ok());
    assert!(at(json!(seconds(now(), -91))).is_err(), "before it was asked for");
    assert!(at(json!(seconds(now(), 3600))).is_err(), "in the future");
    assert!(at(Value::Null).is_err(), "not said");
}
