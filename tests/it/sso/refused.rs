//! Sign-ins that somebody else has a hand in.

use super::browser::{Browser, encoded};
use super::scene::Scene;

/// Begins a sign-in in a browser, and stops before it is finished: the address that the provider sends back to.
async fn returned(scene: &Scene, browser: &mut Browser, connection: &str, address: &str) -> String {
    let way = format!("/sso/continue?connection={connection}&address={}", encoded(address));
    let answer = browser.get(&scene.url(&way)).await;
    let text = answer.text();
    let (_, rest) =
        text.split_once("content=\"0; url=").unwrap_or_else(|| panic!("{} {text}", answer.status));
    let mut url = rest.split('"').next().expect("an address").replace("&#38;", "&").replace("&amp;", "&");
    for _ in 0..10 {
        if url.contains("/sso/cb/") && url.contains("code=") {
            return url;
        }
        let answer = browser.get(&url).await;
        let next = answer.header("location").unwrap_or_else(|| panic!("{url}: {}", answer.text())).to_owned();
        url = if next.starts_with('/') {
            let site = url.split('/').nth(2).expect("a site").to_owned();
            format!("http://{site}{next}")
        } else {
            next
        };
    }
    panic!("never sent back: {url}");
}

/// S3: the browser that began it, at the connection it was begun for, once. Foreign callback, code replay, cross-user
/// session fixation.
#[tokio::test]
async fn a_sign_in_is_finished_by_who_began_it_where_it_was_begun_and_once() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let [okta, _, google] = scene.vendors();
    let first = owner.connect(okta, true).await;
    owner.test(&first, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    let second = owner.connect(google, true).await;
    owner.test(&second, "maya@northwind.example").await;
    let here = scene.world().address;
    let over = "begun in another browser";

    // An attacker's sign-in, finished by a victim's browser: the victim stays who they are.
    let mut attacker = Browser::default();
    let url = returned(&scene, &mut attacker, &first, "finance@northwind.example").await;
    let mut victim = Browser::default();
    let page = victim.go(&url).await;
    assert!(page.text.contains(over), "{}", page.text);
    assert!(!victim.holds(here, "__Host-answerable"));
    // It is gone by that, for the attacker as well.
    assert!(attacker.go(&url).await.text.contains(over));

    // At another connection's callback.
    let mut browser = Browser::default();
    let url = returned(&scene, &mut browser, &first, "finance@northwind.example").await;
    let page = browser.go(&url.replace(&first, &second)).await;
    assert!(page.text.contains(over), "{}", page.text);
    assert!(!browser.holds(here, "__Host-answerable"));

    // Twice.
    let url = returned(&scene, &mut browser, &first, "finance@northwind.example").await;
    assert_eq!(browser.get(&url).await.status, 303);
    let page = browser.go(&url).await;
    assert!(page.text.contains(over), "{}", page.text);
}

#[tokio::test]
async fn an_address_that_is_not_verified_or_not_of_the_domain_is_not_taken_in() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    let before = scene.world().list("members").await.len();
    for (address, said) in [
        ("unverified@northwind.example", "is verified"),
        ("maya@contoso.example", "has not proven"),
        ("maya@sales.northwind.example", "has not proven"),
    ] {
        let way = format!("/sso/continue?connection={id}&address={}", encoded(address));
        let mut browser = Browser::default();
        let page = browser.go(&scene.url(&way)).await;
        assert!(page.text.contains(said), "{address}: {} {}", page.status, page.text);
        assert!(!browser.holds(scene.world().address, "__Host-answerable"), "{address}");
    }
    assert_eq!(scene.world().list("members").await.len(), before);
}

/// No way on leads to another site (open redirect), and what is not there is said so.
#[tokio::test]
async fn a_way_on_stays_here_and_a_draft_lets_nobody_in() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    let page = Browser::default().go(&scene.url(&format!("/sso/continue?connection={id}"))).await;
    assert!(page.text.contains("never tested"), "{}", page.text);
    let nowhere = "/sso/continue?connection=00000000-0000-7000-8000-000000000000";
    assert_eq!(Browser::default().go(&scene.url(nowhere)).await.status, 404);

    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    for next in ["https://evil.example", "//evil.example", "/\\evil.example"] {
        let page = scene.sign_in(&mut Browser::default(), "finance@northwind.example", next).await;
        assert!(page.path.starts_with("/o/northwind"), "{next}: {}", page.path);
    }
}

/// Zitadel CVE-2025-64717: a connection that its organization has closed lets nobody in and ties nobody, not even who was
/// on their way.
#[tokio::test]
async fn a_connection_that_was_closed_meanwhile_lets_nobody_in_and_ties_nobody() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    let before = scene.world().list("members").await.len();
    let mut browser = Browser::default();
    let url = returned(&scene, &mut browser, &id, "finance@northwind.example").await;
    let at = format!("/connections/{id}");
    let page = owner.submit(&at, &format!("{at}/do/disable"), &[]).await;
    assert!(page.text.contains("The connection is closed"), "{} {}", page.status, page.text);

    let page = browser.go(&url).await;
    assert!(
        page.text.contains("this way in is closed") || page.text.contains("This way in is closed"),
        "{}",
        page.text
    );
    assert!(!browser.holds(scene.world().address, "__Host-answerable"));
    let tie = format!("/sso/continue?connection={id}&for=link&next=%2Faccount");
    let page = owner.browser.go(&scene.url(&tie)).await;
    assert!(page.text.contains("way in is closed"), "{} {}", page.status, page.text);
    assert!(!owner.browser.go(&scene.url("/account")).await.text.contains(&id), "nor is it offered");
    assert_eq!(scene.world().list("members").await.len(), before);
}

/// A provider that is down is a sentence, and the operator's link still lets somebody in who can mend it.
#[tokio::test]
async fn a_provider_that_is_down_locks_nobody_out() {
    let mut scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    owner.test(&id, "maya@northwind.example").await;
    drop(owner);
    scene.providers.child.kill();
    // What it said of itself is remembered for an hour, so the way to it is still shown.
    let answer = Browser::default().get(&scene.url(&format!("/sso/continue?connection={id}"))).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let mut owner = scene.owner().await;
    assert_eq!(owner.browser.go(&owner.url("")).await.status, 200);
}
