//! Whom the directory brought signs in through the organization's provider as that very person, and is out when the
//! directory says so (security.md S1, S5, S6).

use serde_json::{Value, json};
use testkit::http::Request;

use super::browser::Browser;
use super::scene::{Scene, Vendor};
use crate::scim::{Directory, at, id, user};
use crate::world::{Scene as Work, reason};

const NEXT: &str = "/o/northwind/workspaces";

/// A person as the directory tells of them, by their address.
fn told(name: &str, address: &str) -> Value {
    let mut told = user(name);
    told["userName"] = json!(address);
    told["emails"] = json!([{"value": address, "type": "work", "primary": true}]);
    told
}

/// A connected provider in whose words people sign in, a proven domain, and a directory.
async fn stage(scene: &Scene, vendor: Vendor) -> (Directory, String) {
    let mut owner = scene.owner().await;
    let connection = owner.connect(vendor, false).await;
    owner.test(&connection, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    let token = crate::scim::session::directory_key(scene.world()).await;
    let world = scene.world().moved_to(scene.world().address).await;
    (Directory { world, token }, connection)
}

#[tokio::test]
async fn the_directory_brings_a_person_who_signs_in_and_is_out_when_it_says_so() {
    let scene = Scene::start().await;
    let (directory, _) = stage(&scene, scene.vendors()[0]).await;
    let work = Work::set(&directory.world).await;
    let told = told("Finance", "Finance@northwind.example");
    let person = directory.expect(201, "POST", "/Users", Some(&told)).await;
    let before = directory.world.list("members").await.len();

    let mut browser = Browser::default();
    let page = scene.sign_in(&mut browser, "finance@northwind.example", NEXT).await;
    assert_eq!((page.path.as_str(), page.status), (NEXT, 200), "{}", page.text);
    let people = directory.world.list("members").await;
    assert_eq!(people.len(), before, "nobody new: {people:?}");
    let member = directory.world.get(&format!("members/{}", id(&person))).await;
    assert_eq!(member["role"], "member", "what the directory made them, not a newcomer's least");

    directory.world.join(&work.workspace, id(&person), &work.role).await;
    let scope = json!([{"server": work.server_id, "tools": "search_notes"}]);
    let agent = directory.world.agent("Helper", id(&person), &scope).await;
    let key = directory.world.key("agent", &agent).await;
    let ask = async || {
        let answer = work.check_as(&key.token, "search_notes", &json!({"query": "x"})).await;
        reason(&answer).to_owned()
    };
    assert_eq!(ask().await, "allow");

    let off = json!([{"op": "replace", "path": "active", "value": false}]);
    directory.patch(&at(&person), off).await;
    assert_eq!(ask().await, "credential_revoked", "at the next call");
    let page = browser.go(&scene.url(NEXT)).await;
    assert!(page.path.starts_with("/sign-in"), "the session is gone at the next call: {}", page.path);
    let page = scene.sign_in(&mut Browser::default(), "finance@northwind.example", NEXT).await;
    assert_ne!(page.path, NEXT, "and nobody comes in again: {}", page.text);
    assert_eq!(directory.world.list("members").await.len(), before, "as nobody new either");
}

/// Zitadel CVE-2026-56666 and nOAuth: without the word that it is verified, an address leads to nobody; nor does one of a
/// domain that is not proven, nor to a person whom the directory did not bring, nor to one who is bound already.
#[tokio::test]
async fn nobody_is_bound_by_an_address_that_proves_nothing() {
    let scene = Scene::start().await;
    let [okta, entra, google] = scene.vendors();
    let (directory, _) = stage(&scene, entra).await;
    let finance = told("Finance", "finance@northwind.example");
    let person = directory.expect(201, "POST", "/Users", Some(&finance)).await;
    let page = scene.sign_in(&mut Browser::default(), "finance@northwind.example", NEXT).await;
    assert!(page.text.contains("nobody has taken you into"), "Entra verifies nothing: {}", page.text);

    let mut owner = scene.owner().await;
    let connection = owner.connect(okta, false).await;
    owner.test(&connection, "maya@northwind.example").await;
    let through = |connection: &str, address: &str| {
        let address = super::browser::encoded(address);
        let way = format!(
            "/sso/continue?connection={connection}&address={address}&next=%2Fo%2Fnorthwind%2Fworkspaces"
        );
        scene.url(&way)
    };
    // A member by invitation, with an address that their provider says: two people.
    let invited = json!({"name": "Maya", "email": "maya@northwind.example", "role": "member"});
    directory.world.manage("POST", "members", Some(&invited)).await;
    let page = Browser::default().go(&through(&connection, "maya@northwind.example")).await;
    assert!(page.text.contains("nobody has taken you into"), "not the directory's: {}", page.text);

    let page = Browser::default().go(&through(&connection, "finance@northwind.example")).await;
    assert_eq!(page.path, NEXT, "{}", page.text);
    // The same address from another provider is another account: the person is bound by their first.
    let other = owner.connect(google, false).await;
    owner.test(&other, "maya@northwind.example").await;
    let page = Browser::default().go(&through(&other, "finance@northwind.example")).await;
    assert!(page.text.contains("signs in with another account"), "{} {}", page.path, page.text);
    let gone = Request::new("DELETE", &format!("/scim/v2{}", at(&person))).bearer(&directory.token);
    assert_eq!(gone.send(directory.world.address).await.status, 204);
}
