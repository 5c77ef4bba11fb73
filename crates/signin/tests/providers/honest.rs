//! The certified provider, three times, as Okta, Entra and Google have it.

use model::ClientAuthentication::{Basic, Post};
use signin::{Prompt, SignInError};
use testkit::providers::Providers;

use crate::person::{Connected, REDIRECTS, follow, now, secrets};

fn secret(vendor: &str) -> String {
    format!("{vendor}-secret-that-is-long-enough-0123456789")
}

#[tokio::test]
async fn people_sign_in_through_each_of_three_providers() {
    let providers = Providers::start(REDIRECTS);

    let okta = Connected::to(providers.okta, Basic, Some(&secret("okta")));
    let person = okta.sign_in("finance@northwind.example").await.unwrap();
    assert_eq!(person.address.as_deref(), Some("finance@northwind.example"));
    assert!(person.address_is_verified);
    assert_eq!(person.groups, Some(vec!["Everyone".to_owned(), "Finance".to_owned()]));
    assert_eq!(
        (person.amr.as_slice(), person.acr.as_deref()),
        (&["pwd".to_owned(), "otp".to_owned()][..], Some("high"))
    );
    assert!(person.session.is_some() && person.proven_at.is_some());
    let unverified = okta.sign_in("unverified@northwind.example").await.unwrap();
    assert!(!unverified.address_is_verified);

    // Entra does not say whether an address is verified, and names 250 groups by reference.
    let entra = Connected::to(providers.entra, Post, Some(&secret("entra")));
    let person = entra.sign_in("maya@northwind.example").await.unwrap();
    assert!(!person.address_is_verified);
    assert_eq!(person.groups, Some(vec!["6f0c".to_owned()]));
    let many = entra.sign_in("many@northwind.example").await.unwrap();
    assert_eq!(many.groups.map(|groups| groups.len()), Some(250));

    // Google signs with another kind of key and says nothing about groups.
    let google = Connected::to(providers.google, Post, Some(&secret("google")));
    let person = google.sign_in("maya@northwind.example").await.unwrap();
    assert!(person.address_is_verified);
    assert_eq!((person.groups, person.name.as_deref()), (Some(Vec::new()), Some("Maya")));
}

#[tokio::test]
async fn a_code_is_worth_nothing_twice_without_its_verifier_or_at_another_connection() {
    let providers = Providers::start(REDIRECTS);
    let okta = Connected::to(providers.okta, Basic, Some(&secret("okta")));
    let redirect = okta.redirect();
    let asked = okta.asked(&redirect);
    let metadata = okta.signin.discover(&asked, now()).await.unwrap();
    let begin = async || {
        let secrets = secrets();
        let prompt = Prompt::Usual(Some("maya@a.example"));
        let url = asked.authorization_by(&metadata, &secrets, prompt, false).unwrap();
        (follow(okta.provider, &url).await, secrets)
    };
    let refused = |got: Result<signin::Person, SignInError>| matches!(got, Err(SignInError::Refused(_)));

    let (returned, right) = begin().await;
    let stolen = signin::Secrets { verifier: secrets().verifier, ..right.clone() };
    assert!(refused(okta.signin.finish(&asked, &returned, &stolen, None, now()).await), "another verifier");

    let (returned, right) = begin().await;
    assert!(okta.signin.finish(&asked, &returned, &right, None, now()).await.is_ok());
    assert!(refused(okta.signin.finish(&asked, &returned, &right, None, now()).await), "the same code again");

    let (returned, right) = begin().await;
    let elsewhere = okta.asked("http://127.0.0.1:9/sso/cb/another");
    assert!(
        refused(okta.signin.finish(&elsewhere, &returned, &right, None, now()).await),
        "another callback"
    );

    let (returned, right) = begin().await;
    let entra = Connected::to(providers.entra, Post, Some(&secret("entra")));
    let redirect = entra.redirect();
    let mixed_up = entra.signin.finish(&entra.asked(&redirect), &returned, &right, None, now()).await;
    assert!(matches!(mixed_up, Err(SignInError::Untrusted("another provider answered"))), "{mixed_up:?}");

    let wrong = Connected::to(providers.okta, Basic, Some("not the secret"));
    let said = wrong.sign_in("maya@a.example").await;
    assert!(matches!(said, Err(SignInError::Unusable { what: "client", .. })), "{said:?}");
}

/// Step-up: the provider asks again although it has a session, and says when.
#[tokio::test]
async fn who_has_to_prove_it_anew_is_asked_anew() {
    let providers = Providers::start(REDIRECTS);
    let okta = Connected::to(providers.okta, Basic, Some(&secret("okta")));
    let redirect = okta.redirect();
    let asked = okta.asked(&redirect);
    let metadata = okta.signin.discover(&asked, now()).await.unwrap();
    let (secrets, since) = (secrets(), now());
    let url = asked.authorization_by(&metadata, &secrets, Prompt::Anew, false).unwrap();
    let returned = follow(okta.provider, &format!("{url}&login_hint=maya%40a.example")).await;
    let person = okta.signin.finish(&asked, &returned, &secrets, Some(since), now()).await.unwrap();
    assert!(person.proven_at.unwrap() + chrono::TimeDelta::seconds(60) >= since);
    let token = person.kept.as_ref().map(|kept| kept.identity.as_str());
    let ending = asked.ending(&metadata, token, "http://127.0.0.1:9/sign-in").unwrap();
    assert!(ending.contains("/session/end?") && ending.contains("id_token_hint="), "{ending}");
}
