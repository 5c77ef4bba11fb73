//! Signing out from the provider's side.

use testkit::process::eventually;

use super::browser::Browser;
use super::scene::Scene;

/// S7: the provider says that somebody signed out there, by a token that counts once; their session here has ended.
#[tokio::test]
async fn signing_out_at_the_provider_signs_out_here() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    let provider = scene.providers.okta;
    let mut browser = Browser::default();
    let logout = scene.url(&format!("/sso/logout/{id}"));
    browser.get(&format!("http://{provider}/control?backchannel={logout}")).await;
    let page = scene.sign_in(&mut browser, "finance@northwind.example", "/o/northwind/workspaces").await;
    assert_eq!(page.status, 200, "{}", page.text);

    let asked = browser.get(&format!("http://{provider}/session/end")).await.text();
    let (_, rest) = asked.split_once("name=\"xsrf\" value=\"").unwrap_or_else(|| panic!("{asked}"));
    let xsrf = rest.split('"').next().expect("a value").to_owned();
    let confirmed = format!("http://{provider}/session/end/confirm");
    browser.post(&confirmed, &[("xsrf", &xsrf), ("logout", "yes")]).await;
    let here = scene.url("/o/northwind/workspaces");
    let is_out = async || {
        let page = browser.clone().go(&here).await;
        page.path.starts_with("/sign-in").then_some(())
    };
    eventually("the session has ended", std::time::Duration::from_secs(10), is_out).await;
}

#[tokio::test]
async fn what_is_no_logout_token_ends_nothing() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    for token in ["", "a.b.c", "eyJhbGciOiJub25lIn0.e30."] {
        let answer = Browser::default()
            .post(&scene.url(&format!("/sso/logout/{id}")), &[("logout_token", token)])
            .await;
        assert_eq!(answer.status, 400, "{token}");
    }
}
