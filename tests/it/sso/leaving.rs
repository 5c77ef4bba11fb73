//! Signing out from the provider's side.

use testkit::process::eventually;

use super::browser::Browser;
use super::scene::Scene;
use crate::pages::hidden;

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

/// Signing out here says how to sign out at the provider too, which leads back here. A page of ours in between: a form may
/// lead to no other site.
#[tokio::test]
async fn signing_out_here_leads_to_signing_out_at_the_provider() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    let provider = scene.providers.okta;
    let mut browser = Browser::default();
    scene.sign_in(&mut browser, "finance@northwind.example", "/account").await;

    let csrf = hidden(&browser.go(&scene.url("/account")).await.text, "csrf").expect("a form");
    let answer = browser.post(&scene.url("/sign-out"), &[("csrf", &csrf)]).await;
    let to = answer.header("location").expect("a way on").to_owned();
    assert_eq!((answer.status, to.as_str()), (303, format!("/sign-out/provider?connection={id}").as_str()));
    let page = browser.go(&scene.url(&to)).await;
    assert!(page.text.contains("You are signed out of Answerable"), "{} {}", page.status, page.text);
    assert!(browser.go(&scene.url("/account")).await.path.starts_with("/sign-in"), "signed out here");

    let url = page.text.split('"').find(|part| part.contains("/session/end?")).expect("the way out");
    let url = url.replace("&#38;", "&").replace("&amp;", "&");
    assert!(url.starts_with(&format!("http://{provider}/")) && url.contains("client_id=answerable"), "{url}");
    let (_, hint) = url.split_once("id_token_hint=").expect("what the provider said of them last");
    let given = Browser::default().get(&format!("http://{provider}/issued")).await.json();
    assert!(
        given["id_tokens"].as_array().is_some_and(|tokens| tokens.iter().any(|token| *token == *hint)),
        "{url}"
    );
    let again = browser.go(&scene.url(&to)).await;
    assert!(
        again.text.contains("/session/end?") && !again.text.contains("id_token_hint"),
        "once: {}",
        again.text
    );
    let other = Browser::default().go(&scene.url(&to)).await;
    assert!(!other.text.contains("id_token_hint"), "and for this browser alone: {}", other.text);
    let asked = browser.get(&url).await.text();
    let (_, rest) = asked.split_once("name=\"xsrf\" value=\"").unwrap_or_else(|| panic!("{asked}"));
    let xsrf = rest.split('"').next().expect("a value").to_owned();
    let confirmed = format!("http://{provider}/session/end/confirm");
    let answer = browser.post(&confirmed, &[("xsrf", &xsrf), ("logout", "yes")]).await;
    let back = answer.header("location").unwrap_or_default();
    assert!(back.starts_with(&scene.url("/sign-in")), "{} {back}", answer.status);
}

/// Nobody is sent away in our name to what somebody typed into a draft, and a provider that is down keeps nobody in.
#[tokio::test]
async fn signing_out_needs_no_provider() {
    let mut scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let draft = owner.connect(scene.vendors()[0], false).await;
    for id in [draft.as_str(), "00000000-0000-7000-8000-000000000000"] {
        let way = scene.url(&format!("/sign-out/provider?connection={id}"));
        let answer = Browser::default().get(&way).await;
        assert_eq!((answer.status, answer.header("location")), (303, Some("/sign-in")), "{id}");
    }
    let google = owner.connect(scene.vendors()[2], false).await;
    owner.test(&google, "maya@northwind.example").await;
    drop(owner);
    scene.providers.child.kill();
    let way = scene.url(&format!("/sign-out/provider?connection={google}"));
    let answer = Browser::default().get(&way).await;
    assert!(matches!(answer.status, 200 | 303), "remembered, or led back: {}", answer.status);
}
