use model::ConnectionId;

use super::{ISSUER, terms};
use crate::{Asked, Metadata, Prompt, Returned, Secrets, SignInError};

fn returned() -> Returned {
    Returned { code: Some("code".to_owned()), iss: Some(ISSUER.to_owned()), ..Returned::default() }
}

/// RFC 9207: a provider that names itself has to be the right one, and one that says it always does, always has to.
#[test]
fn mix_ups_are_refused() {
    let code = |returned: &Returned, names_itself| returned.code(ISSUER, names_itself).map(ToOwned::to_owned);
    assert_eq!(code(&returned(), true), Ok("code".to_owned()));
    assert_eq!(code(&Returned { iss: None, ..returned() }, false), Ok("code".to_owned()));
    assert!(code(&Returned { iss: None, ..returned() }, true).is_err());
    for other in ["https://other.example", "https://idp.example/", "HTTPS://idp.example", ""] {
        let returned = Returned { iss: Some(other.to_owned()), ..returned() };
        assert!(matches!(code(&returned, false), Err(SignInError::Untrusted(_))), "{other}");
    }
    // Another provider's refusal is no refusal of ours, and is not shown.
    let other = Some("https://other.example".to_owned());
    let refusal = Returned { iss: other, error: Some("access_denied".to_owned()), ..returned() };
    assert!(matches!(code(&refusal, false), Err(SignInError::Untrusted(_))));
    for missing in [None, Some(String::new())] {
        assert!(code(&Returned { code: missing, ..returned() }, false).is_err());
    }
}

#[test]
fn a_refusal_is_told_in_the_providers_words_and_cut() {
    let words = format!("not\u{7}you{}", "!".repeat(500));
    let refusal =
        Returned { error: Some("access_denied".to_owned()), error_description: Some(words), ..returned() };
    let Err(SignInError::Refused(told)) = refusal.code(ISSUER, true) else { panic!("a refusal") };
    assert!(told.starts_with("notyou!!") && told.len() == 200, "{told}");
}

#[test]
fn people_are_sent_with_everything_that_ties_the_answer_to_them() {
    let terms = terms(ISSUER);
    let connection = ConnectionId::MIN;
    let asked = Asked {
        tenant: "t",
        connection,
        terms: &terms,
        secret: None,
        redirect: "https://a.example/sso/cb/0",
    };
    let secrets = Secrets { state: "s".into(), nonce: "n".into(), verifier: "v".repeat(43) };
    let metadata: Metadata = serde_json::from_value(serde_json::json!({
        "issuer": ISSUER, "authorization_endpoint": "https://idp.example/auth?tenant=1",
        "token_endpoint": "https://idp.example/token", "jwks_uri": "https://idp.example/jwks"
    }))
    .unwrap();
    let prompt = Prompt::Usual(Some("maya@a.example"));
    let url = asked.authorization_by(&metadata, &secrets, prompt, true).unwrap();
    let url = url::Url::parse(&url).unwrap();
    let said = |name: &str| url.query_pairs().find(|(n, _)| n == name).map(|(_, value)| value.into_owned());
    for (name, value) in [
        ("tenant", "1"),
        ("response_type", "code"),
        ("client_id", "answerable"),
        ("redirect_uri", "https://a.example/sso/cb/0"),
        ("scope", "openid email"),
        ("state", "s"),
        ("nonce", "n"),
        ("code_challenge_method", "S256"),
        ("login_hint", "maya@a.example"),
    ] {
        assert_eq!(said(name).as_deref(), Some(value), "{name}");
    }
    assert_ne!(said("code_challenge").as_deref(), Some(secrets.verifier.as_str()));
    // A refresh token is asked for where the provider says that it knows the scope, and once.
    let asks = |offers: &Metadata, lasting| {
        let url = asked.authorization_by(offers, &secrets, Prompt::Anew, lasting).unwrap();
        url.matches("offline_access").count()
    };
    let scopes = ["openid", "offline_access"].map(str::to_owned).to_vec();
    let offers = Metadata { scopes_supported: Some(scopes), ..metadata.clone() };
    assert_eq!((asks(&metadata, true), asks(&offers, false), asks(&offers, true)), (0, 0, 1));
    let anew = asked.authorization_by(&metadata, &secrets, Prompt::Anew, true).unwrap();
    assert!(anew.contains("prompt=login") && anew.contains("max_age=0"), "{anew}");
    assert!(asked.authorization("javascript:alert(1)", &secrets, Prompt::Anew).is_err());
}
