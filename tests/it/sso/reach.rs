//! S2: a provider opens its own organization. Whoever can say through it that they are somebody gets no further by that:
//! not into another organization of theirs, and not to a password that would open it.

use serde_json::json;

use super::browser::Browser;
use super::scene::Scene;
use crate::pages::hidden;
use crate::sign_in::Person;
use crate::world::text;

#[tokio::test]
async fn a_provider_opens_no_other_organization_and_sets_no_password_that_would() {
    let scene = Scene::start().await;
    let world = scene.world();
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    let mut browser = Browser::default();
    scene.sign_in(&mut browser, "finance@northwind.example", "/account").await;
    let people = world.list("members").await;
    let person = people.iter().find(|person| person["email"] == "finance@northwind.example").expect("them");
    let user = text(person, "id");

    // While it is their only organization, they give themselves ways to sign in here.
    let page = browser.go(&scene.url("/account/password")).await;
    assert_eq!(page.status, 200, "{}", page.text);

    // They become a member of another one, in their own right.
    let other = world.neighbour().await;
    let link = other.post("member-invitations", &json!({"role": "admin"})).await;
    let token = text(&link, "link").rsplit('/').next().expect("a token").to_owned();
    let mut themselves = Person::of(world, &user).await;
    let answer = themselves.send(&format!("/invitations/{token}"), &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let there = format!("/o/{}", other.organization);
    assert_eq!(themselves.get(&there).await.status, 200, "by a session of this installation's own");

    assert_eq!(browser.get(&scene.url(&there)).await.status, 404, "not by the first one's provider");
    assert_eq!(browser.go(&scene.url("/o/northwind/workspaces")).await.status, 200);
    for way in ["/account/password", "/account/passkeys/new"] {
        let page = browser.go(&scene.url(way)).await;
        assert_eq!(page.status, 409, "{way}: {}", page.text);
        assert!(page.text.contains("what you want counts in others too"), "{way}: {}", page.text);
    }
    let csrf = hidden(&browser.go(&scene.url("/account")).await.text, "csrf").expect("a form");
    for (way, fields) in [
        (
            "/account/password",
            [("login", "finance@northwind.example"), ("password", "violet kettle nine drums")],
        ),
        ("/account/passkeys", [("credential", "{}"), ("name", "x")]),
        ("/account/authenticator/new", [("a", ""), ("b", "")]),
        ("/account/recovery-codes", [("a", ""), ("b", "")]),
        ("/account/password/remove", [("a", ""), ("b", "")]),
    ] {
        let all: Vec<_> = std::iter::once(("csrf", csrf.as_str())).chain(fields).collect();
        let answer = browser.post(&scene.url(way), &all).await;
        assert_eq!(answer.status, 409, "{way}: {}", answer.text());
    }
    // They themselves still can.
    themselves.set_password().await;
}

/// Keycloak CVE-2026-9087 and Zitadel CVE-2026-56666: an account is tied by being signed in here and there, from the account
/// page, by somebody who has just proven who they are.
#[tokio::test]
async fn a_second_account_is_tied_from_the_account_page() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let [okta, entra, _] = scene.vendors();
    let first = owner.connect(okta, true).await;
    owner.test(&first, "maya@northwind.example").await;
    let second = owner.connect(entra, false).await;
    owner.test(&second, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    let mut browser = Browser::default();
    scene.sign_in(&mut browser, "finance@northwind.example", "/account").await;
    let page = browser.go(&scene.url("/account")).await;
    let tie = format!("/sso/continue?connection={second}");
    assert!(page.text.contains(&tie) && page.text.contains("not tied"), "{}", page.text);

    // The same address there is nobody here, before they tie it.
    let stranger = format!("{tie}&address=finance%40northwind.example&next=%2Faccount");
    let page = Browser::default().go(&scene.url(&stranger)).await;
    assert!(page.text.contains("nobody has taken you into"), "{} {}", page.status, page.text);

    let way = format!("{tie}&for=link&next=%2Faccount&address=finance%40northwind.example");
    let page = browser.go(&scene.url(&way)).await;
    assert_eq!(page.path, "/account", "{} {}", page.status, page.text);
    assert!(!page.text.contains("not tied"), "{}", page.text);
    let page = Browser::default().go(&scene.url(&stranger)).await;
    assert_eq!((page.path.as_str(), page.status), ("/account", 200), "{}", page.text);

    // Nobody else can tie it to themselves any more.
    let mut other = Browser::default();
    scene.sign_in(&mut other, "sales@northwind.example", "/account").await;
    let page = other.go(&scene.url(&way)).await;
    assert!(page.text.contains("is somebody else"), "{} {}", page.status, page.text);
}
