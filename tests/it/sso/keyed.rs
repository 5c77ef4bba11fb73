//! A client that proves who it is by a key of ours (RFC 7523): no secret to enter, to keep, or to send.

use super::browser::Browser;
use super::scene::{Admin, Scene};

/// Connects a provider by a key, from the pages.
pub(super) async fn connected(owner: &mut Admin<'_>) -> String {
    let issuer = format!("http://{}", owner.scene.providers.okta);
    let fields = [
        ("name", "Okta"),
        ("issuer", issuer.as_str()),
        ("client_id", "by-key"),
        ("client_authentication", "private_key_jwt"),
    ];
    let page = owner.submit("/connections/new", "/connections/new", &fields).await;
    let id = page.path.rsplit('/').next().expect("an id").to_owned();
    assert!(page.text.contains("The key of the client was not made yet"), "{}", page.text);
    id
}

#[tokio::test]
async fn a_key_of_ours_proves_who_we_are_and_a_secret_does_not_take_its_place() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let id = connected(&mut owner).await;
    let (at, keys) = (format!("/connections/{id}"), scene.url(&format!("/sso/keys/{id}")));
    assert_eq!(Browser::default().get(&keys).await.status, 404, "there is none yet");
    let page = owner.test(&id, "maya@northwind.example").await;
    assert!(page.text.contains("its key was never made"), "{} {}", page.status, page.text);

    let page = owner.submit(&at, &format!("{at}/do/key"), &[]).await;
    assert!(page.text.contains("The key is made and in use"), "{} {}", page.status, page.text);
    let set = Browser::default().get(&keys).await.json();
    let key = &set["keys"][0];
    assert_eq!((key["kty"].as_str(), key["alg"].as_str()), (Some("EC"), Some("ES256")), "{set}");
    assert!(key["d"].is_null(), "the public half alone: {set}");

    let control = format!("http://{}/control?keys={keys}", scene.providers.okta);
    Browser::default().get(&control).await;
    let page = owner.test(&id, "maya@northwind.example").await;
    assert!(page.text.contains("The test has passed"), "{} {}", page.status, page.text);

    let secret = format!("{at}/secret");
    let page = owner.submit(&secret, &secret, &[("client_secret", "a secret that is typed")]).await;
    assert_eq!(page.status, 422, "{}", page.text);

    // The provider gets to know a new key before the old one is gone, and nothing of ours turns into a secret.
    owner.submit(&at, &format!("{at}/do/key"), &[]).await;
    let next = Browser::default().get(&keys).await.json();
    assert_ne!(next["keys"][0]["kid"], *key.get("kid").expect("a name"));
    let issuer = format!("http://{}", scene.providers.okta);
    let edit = format!("{at}/edit");
    let fields = [
        ("name", "Okta"),
        ("issuer", issuer.as_str()),
        ("client_id", "by-key"),
        ("client_authentication", "post"),
        ("scopes", "openid email profile"),
    ];
    let page = owner.submit(&edit, &edit, &fields).await;
    assert!(
        page.text.contains("The secret of the client was not entered yet"),
        "{} {}",
        page.status,
        page.text
    );
    assert_eq!(Browser::default().get(&keys).await.status, 404);
}
