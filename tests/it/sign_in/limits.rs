//! Rate limits on whatever somebody who is not signed in may ask for: by address, so that nobody else is locked out.

use std::time::Duration;

use testkit::http::Response;
use testkit::process::eventually;

use super::person::{Person, sign_in_link};
use crate::world::{Own, text, unique};

const MOST: usize = 8;
const SOON: Duration = Duration::from_secs(30);

/// Every way to ask for something without being signed in: forms that anybody may send, and pages that begin something.
const WAYS: &[(&str, &str)] = &[
    ("POST", "/sign-in"),
    ("POST", "/sign-in/password"),
    ("POST", "/sign-in/passkey"),
    ("GET", "/sign-in/passkey"),
    ("POST", "/sign-in/link/none"),
    ("POST", "/invitations/none"),
    ("POST", "/set-up/none"),
    ("POST", "/start/none"),
    ("GET", "/start/none"),
    ("POST", "/sign-up"),
    ("GET", "/sso/continue?connection=00000000-0000-7000-8000-000000000000"),
    ("GET", "/sign-out/provider?connection=00000000-0000-7000-8000-000000000000"),
    ("GET", "/sso/cb/00000000-0000-7000-8000-000000000000?state=x&code=x"),
];

async fn limited() -> Own {
    let settings = [
        ("ANSWERABLE_LIMITS__SIGN_INS_PER_MINUTE", "8"),
        ("ANSWERABLE_LIMITS__SIGN_UPS_PER_HOUR", "3"),
        ("ANSWERABLE_ORGANIZATIONS__SIGN_UP", "open"),
        ("ANSWERABLE_SERVER__TRUSTED_PROXIES", "127.0.0.1/32"),
    ];
    Own::start_with(&settings).await
}

async fn ask(person: &mut Person, method: &str, path: &str) -> Response {
    if method == "GET" { person.get(path).await } else { person.send(path, &[("login", &unique("x"))]).await }
}

/// The rate grows back while it is asked, so that a slow machine is let through a little more often.
async fn exhaust(person: &mut Person, method: &str, path: &str) -> Response {
    for _ in 0..MOST * 20 {
        let answer = ask(person, method, path).await;
        if answer.status == 429 {
            return answer;
        }
    }
    panic!("{method} {path} is not limited");
}

#[tokio::test]
async fn every_anonymous_way_in_has_a_limit_for_each_address() {
    let own = limited().await;
    let owners = own.world.list("members?role=owner").await;
    let owner = text(&owners[0], "id");
    for (method, path) in WAYS {
        let mut flooding = Person::stranger(own.world.address);
        let answer = exhaust(&mut flooding, method, path).await;
        let wait: u64 =
            answer.header("retry-after").and_then(|wait| wait.parse().ok()).expect("when to come back");
        assert!((1..=60).contains(&wait), "{method} {path}: {wait}");
        assert!(answer.text().contains("from where you are"), "{method} {path}: {}", answer.text());
        // Somebody elsewhere notices nothing.
        let mut elsewhere = Person::stranger(own.world.address);
        assert_ne!(ask(&mut elsewhere, method, path).await.status, 429, "{method} {path}");
    }
    // Whoever is signed in goes on from the very same address; and signs in from another.
    let mut inside = Person::of(&own.world, &owner).await;
    exhaust(&mut inside.clone(), "POST", "/sign-in").await;
    assert!(inside.is_signed_in().await);
    let link = sign_in_link(&own.world, &owner);
    assert_eq!(inside.clone().send(&link, &[]).await.status, 429);
    assert_eq!(Person::stranger(own.world.address).send(&link, &[]).await.status, 303);
    // And after a while there too.
    let mut waiting = inside.clone();
    let again = async || (ask(&mut waiting, "POST", "/sign-in").await.status != 429).then_some(());
    eventually("the address may ask again", SOON, again).await;
}

#[tokio::test]
async fn an_address_begins_a_few_organizations_and_others_go_on() {
    let own = limited().await;
    let begin = async |person: &mut Person| {
        let slug = unique("startup");
        let fields = [("organization", "Startup"), ("slug", slug.as_str()), ("name", "Ada")];
        person.send("/sign-up", &fields).await
    };
    let mut eager = Person::stranger(own.world.address);
    for _ in 0..3 {
        let mut anew = Person::stranger(own.world.address).moved_to("203.0.113.5");
        assert_eq!(begin(&mut anew).await.status, 303);
    }
    eager = eager.moved_to("203.0.113.5");
    let answer = begin(&mut eager).await;
    assert_eq!(answer.status, 429, "{}", answer.text());
    let wait: u64 =
        answer.header("retry-after").and_then(|wait| wait.parse().ok()).expect("when to come back");
    assert!(wait > 60, "an hour for three: {wait}");
    // What is wrong with a form costs nothing.
    let mut clumsy = Person::stranger(own.world.address).moved_to("203.0.113.6");
    for _ in 0..4 {
        let answer = clumsy.send("/sign-up", &[("organization", ""), ("slug", ""), ("name", "")]).await;
        assert_eq!(answer.status, 422);
    }
    assert_eq!(begin(&mut clumsy).await.status, 303, "somebody elsewhere");

    // Being taken in as somebody new counts as well.
    let invited = own.world.post("member-invitations", &serde_json::json!({"role": "member"})).await;
    let token = text(&invited, "link").rsplit('/').next().expect("a secret").to_owned();
    let answer = eager.send(&format!("/invitations/{token}"), &[("name", "Grace")]).await;
    assert_eq!(answer.status, 429, "{}", answer.text());
    let mut elsewhere = Person::stranger(own.world.address);
    assert_eq!(elsewhere.send(&format!("/invitations/{token}"), &[("name", "Grace")]).await.status, 303);
}
