//! An administrator connects a provider from the pages alone, tests it, and cannot lock the organization out.

use super::browser::Browser;
use super::scene::{Admin, Scene};

#[tokio::test]
async fn a_provider_is_connected_and_tested_from_the_pages_and_not_enforced_without_break_glass() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], false).await;
    let page = owner.test(&id, "maya@northwind.example").await;
    assert!(page.text.contains("The test has passed"), "{} {}", page.status, page.text);
    assert!(
        page.text.contains("email_verified") && page.text.contains("maya@northwind.example"),
        "the claims"
    );

    let at = format!("/connections/{id}/enforce");
    let page = owner.browser.go(&owner.url(&at)).await;
    assert!(page.text.contains("Maya Chen"), "who would be locked out: {}", page.text);
    let page = owner.submit(&at, &at, &[("reason", "drill")]).await;
    assert_eq!(page.status, 422, "{}", page.text);
    assert!(page.text.contains("break-glass"), "{}", page.text);
}

/// S4: a claim is only a note; what is everybody's is nobody's; of one domain there is one owner.
#[tokio::test]
async fn a_domain_is_proven_by_its_name_servers_and_by_nothing_else() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    for name in ["gmail.com", "co.uk", "localhost"] {
        let page = owner.submit("/domains/new", "/domains/new", &[("name", name)]).await;
        assert_eq!(page.status, 422, "{name}: {}", page.text);
    }
    let page = owner.submit("/domains/new", "/domains/new", &[("name", "contoso.example")]).await;
    let at = format!("/domains/{}", page.path.rsplit('/').next().expect("an id"));
    scene.resolver.says("token=somebody-elses");
    let page = owner.submit(&at, &format!("{at}/prove"), &[]).await;
    assert!(page.text.contains("no TXT record"), "{}", page.text);
    let page = owner.prove("contoso.example").await;
    assert!(page.text.contains("The domain is proven"), "{}", page.text);
    let page = owner.submit("/domains/new", "/domains/new", &[("name", "contoso.example")]).await;
    assert!(page.text.contains("proven already"), "{}", page.text);
}

/// A draft, and the link by which somebody who is no member fills in what it needs.
async fn drafted(owner: &mut Admin<'_>) -> (String, String) {
    let draft = [("name", "Okta"), ("issuer", "https://idp.northwind.example"), ("client_id", "later")];
    let page = owner.submit("/connections/new", "/connections/new", &draft).await;
    let id = page.path.rsplit('/').next().expect("an id").to_owned();
    let at = format!("/connections/{id}");
    let page = owner.submit(&at, &format!("{at}/link"), &[]).await;
    let (_, rest) = page.text.split_once("/set-up/").unwrap_or_else(|| panic!("{}", page.text));
    let token = rest.split('<').next().expect("a link").to_owned();
    (id, owner.scene.url(&format!("/set-up/{token}")))
}

/// Somebody who is no member fills in what a draft needs, by a link that counts once and reaches nothing else.
#[tokio::test]
async fn a_draft_is_filled_in_by_a_link_and_tested_by_its_owner() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let okta = scene.vendors()[0];
    let (id, link) = drafted(&mut owner).await;
    let mut contact = Browser::default();
    let page = contact.go(&link).await;
    assert!(page.text.contains(&format!("/sso/cb/{id}")), "{}", page.text);
    let issuer = format!("http://{}", okta.address);
    let filled = [
        ("issuer", issuer.as_str()),
        ("client_id", "answerable"),
        ("client_authentication", okta.way),
        ("client_secret", "okta-secret-that-is-long-enough-0123456789"),
    ];
    let answer = contact.post(&link, &filled).await;
    assert!(
        answer.status == 200 && answer.text().contains("Thank you"),
        "{} {}",
        answer.status,
        answer.text()
    );
    assert_eq!(contact.post(&link, &filled).await.status, 409, "a second time");
    assert_eq!(contact.get(&link).await.status, 409);
    let page = owner.test(&id, "maya@northwind.example").await;
    assert!(page.text.contains("The test has passed"), "{} {}", page.status, page.text);
}

/// A client that proves who it is by a key: filling in by the link makes the key, whatever was typed as a secret, and the page
/// has shown beforehand where the provider reads it.
#[tokio::test]
async fn a_draft_that_is_filled_in_by_a_link_gets_a_key_of_ours_where_it_wants_one() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let (id, link) = drafted(&mut owner).await;
    let keys = scene.url(&format!("/sso/keys/{id}"));
    let mut contact = Browser::default();
    let page = contact.go(&link).await;
    assert!(page.text.contains(&format!("/sso/keys/{id}")), "{}", page.text);
    assert_eq!(contact.get(&keys).await.status, 404, "there is none yet");
    let issuer = format!("http://{}", scene.providers.okta);
    let filled = [
        ("issuer", issuer.as_str()),
        ("client_id", "by-key"),
        ("client_authentication", "private_key_jwt"),
        ("client_secret", "a secret that is typed"),
    ];
    let answer = contact.post(&link, &filled).await;
    let text = answer.text();
    assert!(answer.status == 200 && text.contains("Thank you"), "{} {text}", answer.status);
    assert_eq!(contact.post(&link, &filled).await.status, 409, "a second time");

    let set = contact.get(&keys).await.json();
    let key = &set["keys"][0];
    assert_eq!(
        (key["alg"].as_str(), key["d"].is_null()),
        (Some("ES256"), true),
        "the public half alone: {set}"
    );
    let page = owner.browser.go(&owner.url(&format!("/connections/{id}"))).await;
    assert!(!page.text.contains("was not made yet"), "{}", page.text);
    let control = format!("http://{}/control?keys={keys}", scene.providers.okta);
    contact.get(&control).await;
    let page = owner.test(&id, "maya@northwind.example").await;
    assert!(page.text.contains("The test has passed"), "{} {}", page.status, page.text);
}
