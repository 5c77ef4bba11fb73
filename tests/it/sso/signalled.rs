//! An organization whose people come in by its provider, and that has no directory, is told by the provider too.

use serde_json::{Value, json};
use testkit::http::Request;

use super::browser::Browser;
use super::groups::change;
use super::scene::Scene;
use crate::world::text;

const FINANCE: &str = "finance@northwind.example";
const NEXT: &str = "/o/northwind/workspaces";

/// S6: who is meant is found by who they are to the provider of a connection, and never by what another provider calls
/// somebody else.
#[tokio::test]
async fn universal_logout_reaches_whom_a_connection_vouches_for() {
    let scene = Scene::start().await;
    let world = scene.world();
    let mut owner = scene.owner().await;
    let okta = scene.vendors()[0];
    let id = owner.connect(okta, true).await;
    change(&mut owner, &id, "Finance = member").await;
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    let mut browser = Browser::default();
    let page = scene.sign_in(&mut browser, FINANCE, NEXT).await;
    assert_eq!((page.path.as_str(), page.status), (NEXT, 200), "{}", page.text);
    let people = world.list("members").await;
    let person = text(people.iter().find(|person| person["email"] == FINANCE).expect("the newcomer"), "id");
    let agent = world.agent("Helper", &person, &json!([])).await;
    let state = async || text(&world.get(&format!("agents/{agent}")).await, "state");

    let key = crate::scim::session::directory_key(world).await;
    let path = format!("/t/{}/global-token-revocation", world.organization);
    let revoke = async |issuer: &str, subject: &str| {
        let body: Value = json!({"sub_id": {"format": "iss_sub", "iss": issuer, "sub": subject}});
        Request::post(&path, &body).bearer(&key).send(world.address).await.status
    };
    let issuer = format!("http://{}", okta.address);
    let other = format!("http://{}", scene.providers.google);
    let slash = format!("{issuer}/");
    for (issuer, subject) in [(&issuer, "nobody@northwind.example"), (&other, FINANCE), (&slash, FINANCE)] {
        assert_eq!(revoke(issuer, subject).await, 404, "{issuer} {subject}");
    }
    assert_eq!(state().await, "live", "the same name of another provider is somebody else");

    assert_eq!(revoke(&issuer, FINANCE).await, 204);
    assert_eq!(state().await, "unowned");
    assert!(browser.clone().go(&scene.url(NEXT)).await.path.starts_with("/sign-in"), "signed out");
    let member = world.get(&format!("members/{person}")).await;
    assert_eq!(member["state"], "active", "whoever can still prove who they are signs in again");
    let evidence = world.decisions("action=member.sign_out").await;
    assert!(
        evidence.iter().any(|word| word.to_string().contains("all tokens revoked by the identity provider")),
        "{evidence:?}"
    );
}
