//! Asking a provider again: whom it is about, what is believed, and what a silence means.

use std::sync::Arc;

use model::{ConnectionId, GroupRule, OrganizationRole, Terms};
use serde_json::{Value, json};

use super::provider::Provider;
use super::{CLIENT, Signer, now, seconds, terms, with};
use crate::{Asked, Kept, NotRefreshed, Person, Refreshed, Said, SignIn, SignInError};

const REDIRECT: &str = "https://a.example/sso/cb/0";

/// A provider whose token endpoint answers as a test tells it, and what was kept of a sign-in at it.
struct Scene {
    provider: Provider,
    signin: SignIn,
    signer: Arc<Signer>,
    terms: Terms,
}

fn claims(issuer: &str) -> Value {
    let (since, expires) = (seconds(now(), -5), seconds(now(), 300));
    json!({"iss": issuer, "aud": CLIENT, "sub": "42", "nonce": "n", "iat": since, "exp": expires})
}

impl Scene {
    /// What stands in the provider's metadata beside what has to.
    async fn new(beside: &Value) -> Self {
        let provider = Provider::start(|_| (404, String::new())).await;
        let mut terms = terms(&provider.url(""));
        terms.client.authentication = model::ClientAuthentication::None;
        let rule = GroupRule {
            group: "Finance".to_owned(),
            organization_role: Some(OrganizationRole::Member),
            place: None,
        };
        terms.mapping.groups_claim = Some("groups".to_owned());
        terms.mapping.groups = vec![rule];
        let signin = SignIn::new(provider.egress());
        let scene = Self { provider, signin, signer: Arc::new(Signer::es256()), terms };
        scene.answers(beside, 200, &json!({}), &json!({}));
        scene
    }

    fn issuer(&self) -> &str {
        &self.terms.issuer
    }

    fn token(&self, change: &Value) -> String {
        self.signer.sign("one", &with(claims(self.issuer()), change))
    }

    /// Answers so at the token endpoint, and so where it says more about people.
    fn answers(&self, beside: &Value, status: u16, tokens: &Value, person: &Value) {
        let at = |path: &str| self.provider.url(path);
        let metadata = json!({
            "issuer": self.issuer(), "authorization_endpoint": at("/auth"), "token_endpoint": at("/token"),
            "jwks_uri": at("/jwks"),
        });
        let (metadata, keys) = (with(metadata, beside), json!({ "keys": [self.signer.jwk("one")] }));
        let (tokens, person) = (tokens.to_string(), person.to_string());
        self.provider.turn(move |path| match path {
            "/.well-known/openid-configuration" => (200, metadata.to_string()),
            "/jwks" => (200, keys.to_string()),
            "/token" => (status, tokens.clone()),
            "/userinfo" => (200, person.clone()),
            _ => (404, String::new()),
        });
    }

    fn kept(&self) -> Kept {
        let identity = self.token(&json!({})).into();
        Kept { identity, refresh: Some("first".to_owned().into()) }
    }

    async fn refresh(&self, kept: &Kept) -> Result<Refreshed, NotRefreshed> {
        let connection = ConnectionId::MIN;
        let asked = Asked { tenant: "t", connection, terms: &self.terms, secret: None, redirect: REDIRECT };
        self.signin.refresh(&asked, kept, now()).await
    }
}

fn tokens(beside: &Value) -> Value {
    with(json!({"access_token": "a", "token_type": "Bearer"}), beside)
}

fn person(refreshed: Result<Refreshed, NotRefreshed>) -> Person {
    match refreshed.map(|refreshed| refreshed.said) {
        Ok(Said::Person(person)) => *person,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_same_person_is_described_anew_and_the_next_token_is_kept() {
    let scene = Scene::new(&json!({})).await;
    let identity = scene.token(&json!({"groups": ["Finance"], "nonce": null, "name": "Maya"}));
    let answer = tokens(&json!({"id_token": identity, "refresh_token": "second"}));
    scene.answers(&json!({}), 200, &answer, &json!({}));
    let refreshed = scene.refresh(&scene.kept()).await.unwrap();
    assert_eq!(refreshed.kept.refresh.as_deref().map(String::as_str), Some("second"));
    assert_eq!(*refreshed.kept.identity, identity);
    let person = person(Ok(refreshed));
    assert_eq!((person.subject.as_str(), person.name.as_deref()), ("42", Some("Maya")));
    assert_eq!(person.groups, Some(vec!["Finance".to_owned()]));

    // No further token: the same goes on. No word about groups in a token: they are in none, as at a sign-in.
    scene.answers(&json!({}), 200, &tokens(&json!({"id_token": scene.token(&json!({}))})), &json!({}));
    let refreshed = scene.refresh(&scene.kept()).await.unwrap();
    assert_eq!(refreshed.kept.refresh, scene.kept().refresh);
    assert_eq!(self::person(Ok(refreshed)).groups, Some(Vec::new()));
}

#[tokio::test]
async fn the_claim_that_is_chosen_says_what_somebody_is_called_and_never_where_mail_goes() {
    let mut scene = Scene::new(&json!({})).await;
    scene.terms.mapping.name_claim = Some("email_of_work".to_owned());
    let called = async |scene: &Scene, said: &Value| {
        scene.answers(&json!({}), 200, &tokens(&json!({"id_token": scene.token(said)})), &json!({}));
        person(scene.refresh(&scene.kept()).await)
    };
    let said = json!({"name": "Maya", "email_of_work": "maya@work.example", "email_verified": true});
    let chosen = called(&scene, &said).await;
    assert_eq!((chosen.name.as_deref(), chosen.address), (Some("maya@work.example"), None));
    for (said, expected) in [
        (json!({"name": "Maya"}), Some("Maya")),
        (json!({"email_of_work": " ", "name": "Maya"}), Some("Maya")),
        (json!({"email_of_work": 7, "preferred_username": "maya"}), Some("maya")),
        (json!({}), None),
    ] {
        assert_eq!(called(&scene, &said).await.name.as_deref(), expected, "{said}");
    }
}

#[tokio::test]
async fn what_is_not_believed_says_nothing_and_the_next_token_is_kept_all_the_same() {
    let scene = Scene::new(&json!({})).await;
    for (what, change) in [
        ("another issuer", json!({"iss": "https://other.example"})),
        ("another audience", json!({"aud": "other"})),
        ("another sign-in", json!({"nonce": "another"})),
        ("long ago", json!({"iat": seconds(now(), -3600)})),
        ("over", json!({"exp": seconds(now(), -61)})),
    ] {
        let answer = tokens(&json!({"id_token": scene.token(&change), "refresh_token": "second"}));
        scene.answers(&json!({}), 200, &answer, &json!({}));
        let kept = scene.kept();
        let refreshed = scene.refresh(&kept).await.unwrap();
        assert!(matches!(refreshed.said, Said::Unknown(SignInError::Untrusted(_))), "{what}: {refreshed:?}");
        assert_eq!(refreshed.kept.identity, kept.identity, "{what}");
        assert_eq!(refreshed.kept.refresh.as_deref().map(String::as_str), Some("second"), "{what}");
    }
    let foreign = Signer::es256().sign("one", &claims(scene.issuer()));
    scene.answers(&json!({}), 200, &tokens(&json!({"id_token": foreign})), &json!({}));
    let refreshed = scene.refresh(&scene.kept()).await.unwrap();
    assert!(matches!(refreshed.said, Said::Unknown(_)), "{refreshed:?}");

    let another = scene.token(&json!({"sub": "43"}));
    scene.answers(&json!({}), 200, &tokens(&json!({"id_token": another})), &json!({}));
    assert!(matches!(scene.refresh(&scene.kept()).await.unwrap().said, Said::Another));
}

/// Only the provider's own word ends anything: not its failure, whatever stands in the answer, nor its quarrel with us.
#[tokio::test]
async fn only_a_grant_that_is_no_more_ends_a_sign_in() {
    let scene = Scene::new(&json!({})).await;
    let refused = json!({"error": "invalid_grant", "error_description": "account\u{7} disabled"});
    scene.answers(&json!({}), 400, &refused, &json!({}));
    let ended = scene.refresh(&scene.kept()).await;
    assert!(
        matches!(&ended, Err(NotRefreshed::Ended(said)) if said == "account disabled (invalid_grant)"),
        "{ended:?}"
    );
    for (status, answer) in [
        (500, refused.clone()),
        (503, json!("down")),
        (401, json!({"error": "invalid_client"})),
        (400, json!({"error": "unauthorized_client"})),
        (429, json!({"error": "slow_down"})),
        (200, json!("what")),
    ] {
        scene.answers(&json!({}), status, &answer, &json!({}));
        let failed = scene.refresh(&scene.kept()).await;
        assert!(matches!(failed, Err(NotRefreshed::Failed(_))), "{status} {answer}: {failed:?}");
    }
}

/// Whoever changes where a connection leads must not get to see what the provider before gave.
#[tokio::test]
async fn what_was_kept_is_shown_to_nobody_else() {
    let mut scene = Scene::new(&json!({})).await;
    let kept = scene.kept();
    scene.terms.client.id = "another".to_owned();
    assert!(matches!(scene.refresh(&kept).await, Err(NotRefreshed::OtherTerms)));
    scene.terms.client.id = CLIENT.to_owned();
    let elsewhere = scene.signer.sign("one", &claims("https://idp.example"));
    let other = Kept { identity: elsewhere.into(), ..kept.clone() };
    assert!(matches!(scene.refresh(&other).await, Err(NotRefreshed::OtherTerms)));
    let nothing = Kept { refresh: None, ..kept.clone() };
    assert!(matches!(scene.refresh(&nothing).await, Err(NotRefreshed::OtherTerms)));
    assert_eq!(scene.provider.asked("/token"), 0);
    assert!(!format!("{kept:?}").contains("first"), "{kept:?}");
}

/// A refresh need not bring an identity token (Core, section 12.2): then there is what the endpoint says.
#[tokio::test]
async fn without_a_token_the_endpoint_says_what_it_says_of_the_same_person() {
    let scene = Scene::new(&json!({})).await;
    scene.answers(&json!({}), 200, &tokens(&json!({})), &json!({}));
    assert!(matches!(scene.refresh(&scene.kept()).await.unwrap().said, Said::Nothing));

    let scene = Scene::new(&json!({})).await;
    let beside = json!({"userinfo_endpoint": scene.provider.url("/userinfo")});
    let says = |person: &Value| scene.answers(&beside, 200, &tokens(&json!({})), person);
    says(&json!({"sub": "42", "name": "Maya"}));
    let described = person(scene.refresh(&scene.kept()).await);
    assert_eq!((described.issuer.as_str(), described.subject.as_str()), (scene.issuer(), "42"));
    assert_eq!(described.groups, None, "nothing is said of groups");
    says(&json!({"sub": "42", "groups": []}));
    assert_eq!(person(scene.refresh(&scene.kept()).await).groups, Some(Vec::new()));
    says(&json!({"sub": "43"}));
    assert!(matches!(scene.refresh(&scene.kept()).await.unwrap().said, Said::Unknown(_)));
}

/// A scope that is refused may be the one that asks for a refresh token, once for each sign-in that asked.
#[tokio::test]
async fn a_refused_scope_is_asked_for_no_more_for_a_while() {
    let scene = Scene::new(&json!({})).await;
    let (id, minute) = (ConnectionId::MIN, chrono::TimeDelta::minutes(1));
    let signin = &scene.signin;
    assert!(signin.may_ask_for_refresh(id, now()));
    assert!(signin.note_scope_refused(id, now() - minute, now()), "it is begun again");
    assert!(!signin.may_ask_for_refresh(id, now()));
    assert!(signin.may_ask_for_refresh(ConnectionId::MAX, now()), "others are not concerned");
    assert!(signin.note_scope_refused(id, now() - minute, now()), "nor are those who were on their way");
    assert!(!signin.note_scope_refused(id, now() + minute, now() + minute), "it was another scope");
    assert!(signin.may_ask_for_refresh(id, now() + minute * 60));
}
