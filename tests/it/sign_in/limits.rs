//! Rate limits on whatever somebody who is not signed in may ask for: by address, so that nobody else is locked out.

use std::time::Duration;

use testkit::http::{Request, Response};
use testkit::process::eventually;

use super::person::{Person, sign_in_link};
use super::source::{Handler, handlers};
use crate::world::{Own, text, unique};

const MOST: usize = 8;
const SOON: Duration = Duration::from_secs(30);

/// Every way to ask for something without being signed in: forms that anybody may send, and pages that begin something.
/// Held to the source below.
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
    ("POST", "/sso/logout/00000000-0000-7000-8000-000000000000"),
];

/// What anybody may look at as often as they like: a form that does nothing yet, or what is the same for everybody. Whoever
/// opens one by a secret has the secret already: none is short enough to be guessed.
const SHOWN: &[(&str, &str)] = &[
    ("GET", "/static/{name}"),
    ("POST", "/theme"),
    ("GET", "/sign-in"),
    ("GET", "/sign-in/password"),
    ("GET", "/sign-in/link/{secret}"),
    ("GET", "/sign-up"),
    ("GET", "/invitations/{token}"),
    ("GET", "/set-up/{token}"),
    ("GET", "/sso/keys/{connection}"),
];

/// Whether a way goes to that route.
fn is_at(way: &str, route: &str) -> bool {
    let parts = |text: &str| text.split('/').map(ToOwned::to_owned).collect::<Vec<_>>();
    let (way, route) = (parts(way.split('?').next().unwrap_or(way)), parts(route));
    way.len() == route.len() && way.iter().zip(&route).all(|(way, part)| part.starts_with('{') || way == part)
}

#[test]
fn every_page_for_who_is_not_signed_in_has_a_limit_or_only_shows_something() {
    let pages = ["crates/web/src/pages", "crates/web/src/sso"].into_iter().flat_map(handlers);
    let takes = |handler: &Handler| handler.text.split("->").next().unwrap_or_default().to_owned();
    let open = pages.filter(|page| !["Visit", "SignedIn"].iter().any(|known| takes(page).contains(known)));
    let mut found = 0;
    for page in open {
        let Handler { method, route, .. } = &page;
        let is_way = WAYS.iter().any(|(way, path)| way == method && is_at(path, route));
        let is_shown = SHOWN.contains(&(method.as_str(), route.as_str()));
        assert!(is_way != is_shown, "{method} {route}: say in tests/it/sign_in/limits.rs what it is");
        found += 1;
    }
    assert_eq!(found, WAYS.len() + SHOWN.len(), "a way that is listed is gone");
}

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

/// S2: whoever is signed in asks organizations to let them in so often and no more, whatever they name.
#[tokio::test]
async fn a_person_asks_a_few_organizations_to_let_them_in() {
    let own = super::program().await;
    let (eager, _) = Person::member(&own.world).await;
    let (mut other, _) = Person::member(&own.world).await;
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let (mut eager, address) = (eager.clone(), own.world.address);
        asking.spawn(async move { eager.exchange(asking_for("nowhere", address)).await.status });
    }
    let mut refused = 0;
    while let Some(status) = asking.join_next().await {
        refused += usize::from(status.expect("an answer") == 429);
    }
    // One is given back in two minutes.
    assert!((8..=10).contains(&refused), "{refused} of 40 were refused");
    let answer = other.exchange(asking_for("nowhere", own.world.address)).await;
    assert_ne!(answer.status, 429, "somebody else asks on");
}

fn asking_for(organization: &str, address: std::net::SocketAddr) -> Request {
    Request::post("/v1/me/identity-requests", &serde_json::json!({ "organization": organization }))
        .header("origin", &format!("http://{address}"))
        .header("sec-fetch-site", "same-origin")
}
