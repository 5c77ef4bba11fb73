//! Signing in through each of the three providers, and landing where one wanted to go.

use serde_json::json;
use testkit::http::Response;

use super::browser::{Browser, Page};
use super::scene::Scene;
use crate::pages::hidden;
use crate::sign_in::rewrite;
use crate::world::{World, text};

const NEXT: &str = "/o/northwind/workspaces";
const NEW_KEY: &str = "/o/northwind/keys/new";
const FINANCE: &str = "finance@northwind.example";
/// What the new key is called.
const KEY: &str = "Script of finance";
/// The session's cookie.
const SESSION: &str = "__Host-answerable";

#[tokio::test]
async fn a_person_of_a_proven_domain_signs_in_and_lands_where_they_wanted_to_go() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;

    let mut browser = Browser::default();
    let page = scene.sign_in(&mut browser, FINANCE, NEXT).await;
    assert_eq!((page.path.as_str(), page.status), (NEXT, 200), "{}", page.text);
    assert!(browser.holds(scene.world().address, "__Host-answerable"));
    let people = scene.world().list("members").await;
    let newcomer = people.iter().find(|person| person["email"] == FINANCE);
    assert_eq!(newcomer.map(|person| person["role"].as_str()), Some(Some("guest")), "{people:?}");

    // The same person again, from another browser, is the same person here.
    let again = scene.sign_in(&mut Browser::default(), FINANCE, NEXT).await;
    assert_eq!(again.status, 200);
    assert_eq!(scene.world().list("members").await.len(), people.len());
}

/// S5 and Zitadel CVE-2026-56666: Entra does not say whether an address is verified, so nobody is taken in by it; who is
/// here already ties their account to themselves, and comes in by it from then on.
#[tokio::test]
async fn who_is_here_already_ties_their_account_and_nobody_is_tied_by_an_address() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let [_, entra, google] = scene.vendors();
    let id = owner.connect(entra, true).await;
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    let mut browser = Browser::default();
    let page = scene.sign_in(&mut browser, "maya@northwind.example", NEXT).await;
    assert!(page.text.contains("does not say that"), "{} {}", page.status, page.text);
    assert!(!browser.holds(scene.world().address, "__Host-answerable"));

    let link = format!(
        "/sso/continue?connection={id}&for=link&address=maya%40northwind.example&next=%2Fo%2Fnorthwind"
    );
    let page = owner.browser.go(&scene.url(&link)).await;
    assert_eq!(page.path, "/o/northwind", "{}", page.text);
    let before = scene.world().list("members").await.len();
    let page = scene.sign_in(&mut browser, "maya@northwind.example", NEXT).await;
    assert_eq!((page.path.as_str(), page.status), (NEXT, 200), "{}", page.text);
    assert_eq!(scene.world().list("members").await.len(), before);

    // The same address by another connection is a stranger: an address links nobody.
    let id = owner.connect(google, false).await;
    owner.test(&id, "maya@northwind.example").await;
    let way = format!("/sso/continue?connection={id}&address=maya%40northwind.example");
    let page = Browser::default().go(&scene.url(&way)).await;
    assert!(
        page.text.contains("nobody has taken you into the organization"),
        "{} {}",
        page.status,
        page.text
    );
    assert_eq!(scene.world().list("members").await.len(), before);
}

/// The third kind of provider: it says who somebody is and that their address is theirs, and no groups.
#[tokio::test]
async fn a_person_of_the_google_like_provider_lands_where_they_wanted_to_go() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[2], true).await;
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    let mut browser = Browser::default();
    let page = scene.sign_in(&mut browser, FINANCE, NEXT).await;
    assert_eq!((page.path.as_str(), page.status), (NEXT, 200), "{}", page.text);
    let people = scene.world().list("members").await;
    let newcomers = people.iter().filter(|person| person["email"] == FINANCE).count();
    assert_eq!(newcomers, 1, "{people:?}");
}

/// S7: a dangerous act takes a proof that is fresh, and the provider gives it.
#[tokio::test]
async fn the_provider_proves_again_who_somebody_is() {
    let scene = Scene::start().await;
    let world = scene.world();
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    let mut browser = Browser::default();
    scene.sign_in(&mut browser, FINANCE, NEXT).await;
    let people = world.list("members").await;
    let user = text(people.iter().find(|person| person["email"] == FINANCE).expect("them"), "id");
    world.patch(&format!("members/{user}"), &json!({"role": "admin"})).await;
    let page = browser.go(&scene.url(NEW_KEY)).await;
    assert_eq!((page.path.as_str(), page.status), (NEW_KEY, 200), "just signed in: {}", page.text);

    // The form is open, and six minutes later it is sent.
    rewrite(
        &scene.own,
        &format!(
            "update sessions set authenticated_at = authenticated_at - 360000000 where user_id = x'{}'",
            user.replace('-', "")
        ),
    );
    let before = browser.value(world.address, SESSION);
    let refused = make_key(&scene, &mut browser, &page).await;
    assert_eq!(refused.status, 403, "{}", refused.text());
    assert!(refused.text().contains("Nothing you typed is lost"), "{}", refused.text());
    assert!(refused.text().contains("href=\"/step-up\""), "{}", refused.text());
    assert_eq!(keys_of(world).await, 0, "and nothing was made");

    // They go through their provider again, and come back to where they were.
    let page = browser.go(&scene.url(NEW_KEY)).await;
    assert!(page.path.starts_with("/step-up"), "{}", page.path);
    let page = browser.go(&scene.url(&provider_of(&page))).await;
    assert_eq!((page.path.as_str(), page.status), (NEW_KEY, 200), "{}", page.text);
    assert_ne!(browser.value(world.address, SESSION), before, "the session goes on under another secret");
    let made = make_key(&scene, &mut browser, &page).await;
    let to = made.header("location").unwrap_or_default();
    assert!(made.status == 303 && to.contains("/keys/shown/"), "{} {to} {}", made.status, made.text());
    assert_eq!(keys_of(world).await, 1);
}

/// Sends the form of a new key that they have open.
async fn make_key(scene: &Scene, browser: &mut Browser, page: &Page) -> Response {
    let [csrf, slip] = ["csrf", "slip"].map(|name| hidden(&page.text, name).expect("a form"));
    let fields = [("csrf", csrf.as_str()), ("slip", &slip), ("name", KEY), ("days", "30")];
    browser.post(&scene.url(NEW_KEY), &fields).await
}

/// How many keys of that name there are.
async fn keys_of(world: &World) -> usize {
    world.list("keys").await.iter().filter(|key| key["name"] == KEY).count()
}

/// Where the page that asks for a proof leads to somebody's own provider.
fn provider_of(page: &Page) -> String {
    let (_, rest) = page.text.split_once("href=\"/sso/continue?").expect("the provider");
    let query = rest.split('"').next().unwrap_or_default().replace("&#38;", "&").replace("&amp;", "&");
    format!("/sso/continue?{query}")
}
