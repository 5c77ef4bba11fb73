//! Signing in through each of the three providers, and landing where one wanted to go.

use super::browser::Browser;
use super::scene::Scene;

const NEXT: &str = "/o/northwind/workspaces";

#[tokio::test]
async fn a_person_of_a_proven_domain_signs_in_and_lands_where_they_wanted_to_go() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;

    let mut browser = Browser::default();
    let page = scene.sign_in(&mut browser, "finance@northwind.example", NEXT).await;
    assert_eq!((page.path.as_str(), page.status), (NEXT, 200), "{}", page.text);
    assert!(browser.holds(scene.world().address, "__Host-answerable"));
    let people = scene.world().list("members").await;
    let newcomer = people.iter().find(|person| person["email"] == "finance@northwind.example");
    assert_eq!(newcomer.map(|person| person["role"].as_str()), Some(Some("guest")), "{people:?}");

    // The same person again, from another browser, is the same person here.
    let again = scene.sign_in(&mut Browser::default(), "finance@northwind.example", NEXT).await;
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

/// S7: a dangerous act takes a proof that is fresh, and the provider gives it.
#[tokio::test]
async fn the_provider_proves_again_who_somebody_is() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    let mut browser = Browser::default();
    scene.sign_in(&mut browser, "finance@northwind.example", NEXT).await;
    let way = format!("/sso/continue?connection={id}&for=step_up&next=%2Fo%2Fnorthwind%2Fworkspaces");
    let page = browser.go(&scene.url(&way)).await;
    assert_eq!((page.path.as_str(), page.status), (NEXT, 200), "{}", page.text);
}
