//! S5: groups of the provider give what the organization says, and what they gave ends at the next sign-in of whoever has
//! left them; and a connection is changed on its page.

use super::browser::Browser;
use super::scene::{Admin, Scene};
use crate::world::text;

const NEXT: &str = "/o/northwind/workspaces";
const FINANCE: &str = "finance@northwind.example";

/// Changes what groups give, on the page of the connection.
pub(super) async fn change(owner: &mut Admin<'_>, id: &str, groups: &str) -> super::browser::Page {
    let issuer = format!("http://{}", owner.scene.providers.okta);
    let at = format!("/connections/{id}/edit");
    let fields = [
        ("name", "Okta"),
        ("issuer", issuer.as_str()),
        ("client_id", "answerable"),
        ("client_authentication", "basic"),
        ("scopes", "openid email profile"),
        ("just_in_time", "on"),
        ("groups_claim", "groups"),
        ("groups", groups),
    ];
    owner.submit(&at, &at, &fields).await
}

#[tokio::test]
async fn a_group_gives_a_role_and_a_place_and_takes_them_when_it_is_lost() {
    let scene = Scene::start().await;
    let world = scene.world();
    let (workspace, slug) = world.workspace().await;
    let role = world.role(&[]).await;
    let name = text(&world.get(&format!("roles/{role}")).await, "name");
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    let page = change(&mut owner, &id, &format!("Finance = member\nFinance = {slug}: {name}\n")).await;
    assert!(page.text.contains("Test it before people come in"), "{} {}", page.status, page.text);
    let page = owner.browser.go(&owner.url(&format!("/connections/{id}/edit"))).await;
    assert!(
        page.text.contains(&format!("Finance = {slug}: {name}")),
        "it is shown as it was typed: {}",
        page.text
    );
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;

    let page = scene.sign_in(&mut Browser::default(), FINANCE, NEXT).await;
    assert_eq!((page.path.as_str(), page.status), (NEXT, 200), "{}", page.text);
    let found = async || {
        let people = world.list("members").await;
        people.into_iter().find(|person| person["email"] == FINANCE).expect("the newcomer")
    };
    let inside = async |user: &str| {
        let members = world.list(&format!("workspaces/{workspace}/memberships")).await;
        members.iter().any(|membership| membership.to_string().contains(user))
    };
    let person = found().await;
    assert_eq!(person["role"], "member");
    assert!(inside(&text(&person, "id")).await);

    // Still in it: nothing changes by signing in again.
    scene.sign_in(&mut Browser::default(), FINANCE, NEXT).await;
    assert_eq!(found().await["role"], "member");

    let lost = format!("http://{}/control?lost=Finance", scene.providers.okta);
    Browser::default().get(&lost).await;
    scene.sign_in(&mut Browser::default(), FINANCE, NEXT).await;
    let person = found().await;
    assert_eq!(person["role"], "guest", "what nobody else gave is gone");
    assert!(!inside(&text(&person, "id")).await, "and so is the place");
}

/// What somebody new is called is said by the claim that the organization chose; the API has the same choice.
#[tokio::test]
async fn the_claim_that_says_what_people_are_called_is_chosen() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let google = scene.vendors()[2];
    let id = owner.connect(google, true).await;
    let issuer = format!("http://{}", google.address);
    let at = format!("/connections/{id}/edit");
    let fields = [
        ("name", "Google"),
        ("issuer", issuer.as_str()),
        ("client_id", "answerable"),
        ("client_authentication", google.way),
        ("scopes", "openid email profile"),
        ("just_in_time", "on"),
        ("name_claim", "hd"),
    ];
    let page = owner.submit(&at, &at, &fields).await;
    assert!(page.text.contains("Test it before people come in"), "{} {}", page.status, page.text);
    let page = owner.browser.go(&owner.url(&at)).await;
    assert!(page.text.contains("value=\"hd\""), "{}", page.text);
    let shown = scene.world().get(&format!("connections/{id}")).await;
    assert!(shown.to_string().contains("\"name_claim\":\"hd\""), "{shown}");
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;

    let page = scene.sign_in(&mut Browser::default(), FINANCE, NEXT).await;
    assert_eq!((page.path.as_str(), page.status), (NEXT, 200), "{}", page.text);
    let people = scene.world().list("members").await;
    let newcomer = people.iter().find(|person| person["email"] == FINANCE).expect("the newcomer");
    assert_eq!(newcomer["name"], "northwind.example");
}

/// What cannot be read comes back with what was typed, and nothing is changed.
#[tokio::test]
async fn rules_that_cannot_be_read_are_told_on_the_page() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], false).await;
    for (groups, said) in [
        ("Finance", "what it gives"),
        ("Finance = owner", "is not admin, member, auditor or guest"),
        ("Finance = nowhere: Analyst", "there is no workspace"),
        ("Finance = admin", "admins_by_groups"),
    ] {
        let page = change(&mut owner, &id, groups).await;
        assert_eq!(page.status, 422, "{groups}: {}", page.text);
        assert!(page.text.contains(said) && page.text.contains(groups), "{groups}: {}", page.text);
    }
    let shown = owner.browser.go(&owner.url(&format!("/connections/{id}"))).await;
    assert!(shown.text.contains("<dt>Groups that give something</dt><dd>0</dd>"), "{}", shown.text);
}

/// S2: where people come in by it, other terms wait for a second person, who sees them come from somebody else.
#[tokio::test]
async fn other_terms_of_an_open_connection_wait_for_a_second_person() {
    let scene = Scene::start().await;
    let ann = scene.world().person_as("Ann Admin", "admin").await;
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], false).await;
    owner.test(&id, "maya@northwind.example").await;
    let page = change(&mut owner, &id, "Finance = auditor").await;
    assert!(page.text.contains("wait for another owner or admin"), "{} {}", page.status, page.text);
    assert!(page.text.contains("<dt>Groups that give something</dt><dd>0</dd>"), "{}", page.text);
    let at = format!("/connections/{id}");
    let page = owner.submit(&at, &format!("{at}/do/accept"), &[]).await;
    assert_ne!(page.status, 200, "not by who proposed it: {}", page.text);
    let mut ann = scene.signed_in(&ann).await;
    let page = ann.submit(&at, &format!("{at}/do/accept"), &[]).await;
    assert!(page.text.contains("The proposed terms are in use"), "{} {}", page.status, page.text);
    assert!(page.text.contains("<dt>Groups that give something</dt><dd>1</dd>"), "{}", page.text);
}
