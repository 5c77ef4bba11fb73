//! Signing out from the provider's side.

use std::time::Duration;

use serde_json::{Value, json};
use testkit::process::{eventually, run};

use super::browser::Browser;
use super::groups::change;
use super::scene::Scene;
use crate::pages::hidden;
use crate::world::{reason, text, with};

/// Whom the provider is told to sign out, and where they are until then.
const FINANCE: &str = "finance@northwind.example";
const NEXT: &str = "/o/northwind/workspaces";
const SOON: Duration = Duration::from_secs(10);

/// Has the first provider tell a connection when somebody signs out there.
async fn tells(scene: &Scene, connection: &str) {
    scene.control(&format!("backchannel={}", scene.url(&format!("/sso/logout/{connection}")))).await;
}

/// Signs out at the first provider, and nowhere else.
async fn sign_out_there(scene: &Scene, browser: &mut Browser) {
    let provider = scene.providers.okta;
    let asked = browser.get(&format!("http://{provider}/session/end")).await.text();
    let (_, rest) = asked.split_once("name=\"xsrf\" value=\"").unwrap_or_else(|| panic!("{asked}"));
    let xsrf = rest.split('"').next().expect("a value").to_owned();
    let confirmed = format!("http://{provider}/session/end/confirm");
    browser.post(&confirmed, &[("xsrf", &xsrf), ("logout", "yes")]).await;
}

async fn is_out(scene: &Scene, browser: &Browser) -> Option<()> {
    browser.clone().go(&scene.url(NEXT)).await.path.starts_with("/sign-in").then_some(())
}

/// The evidence of who was signed out, and why.
async fn signed_out(scene: &Scene) -> Vec<Value> {
    scene.world().decisions("action=member.sign_out").await
}

/// S7: the provider says that somebody signed out there, by a token that counts once; their session here has ended, and the
/// evidence says why. Their agents go on, where nothing else was chosen.
#[tokio::test]
async fn signing_out_at_the_provider_signs_out_here() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    change(&mut owner, &id, "Finance = member").await;
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    tells(&scene, &id).await;
    let mut browser = Browser::default();
    let page = scene.sign_in(&mut browser, FINANCE, NEXT).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let agent = scene.world().agent("Helper", &finance(&scene).await, &json!([])).await;

    sign_out_there(&scene, &mut browser).await;
    eventually("the session has ended", SOON, || is_out(&scene, &browser)).await;
    let evidence = signed_out(&scene).await;
    assert_eq!(evidence.len(), 1, "{evidence:?}");
    assert!(evidence[0].to_string().contains("logged out at the provider"), "{}", evidence[0]);
    let standing = scene.world().get(&format!("agents/{agent}")).await;
    assert_eq!(standing["state"], "live", "their agents go on: {standing}");
}

async fn finance(scene: &Scene) -> String {
    let people = scene.world().list("members").await;
    text(people.iter().find(|person| person["email"] == FINANCE).expect("the newcomer"), "id")
}

/// S7: where the organization has it so, everything that proves the person ends with their sign-out at the provider, and
/// their agents are refused at the very next call.
#[tokio::test]
async fn signing_out_at_the_provider_cuts_agents_where_that_is_chosen() {
    let scene = Scene::start().await;
    let calls = crate::world::Scene::set(scene.world()).await;
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    let issuer = format!("http://{}", scene.providers.okta);
    let at = format!("/connections/{id}/edit");
    let fields = [
        ("name", "Okta"),
        ("issuer", issuer.as_str()),
        ("client_id", "answerable"),
        ("client_authentication", "basic"),
        ("scopes", "openid email profile"),
        ("just_in_time", "on"),
        ("groups_claim", "groups"),
        ("groups", "Finance = member"),
        ("on_logout", "end_everything"),
    ];
    let page = owner.submit(&at, &at, &fields).await;
    assert!(page.text.contains("their keys and their agents"), "{} {}", page.status, page.text);
    let shown = scene.world().get(&format!("connections/{id}")).await;
    assert!(shown.to_string().contains("\"on_logout\":\"end_everything\""), "{shown}");
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    tells(&scene, &id).await;
    let mut browser = Browser::default();
    scene.sign_in(&mut browser, FINANCE, NEXT).await;

    let (world, person) = (scene.world(), finance(&scene).await);
    world.join(&calls.workspace, &person, &calls.role).await;
    let scope = json!([{"server": calls.server_id, "tools": "search_notes"}]);
    let agent = world.agent("Helper", &person, &scope).await;
    let key = world.key("agent", &agent).await;
    let ask = async || {
        let answer = calls.check_as(&key.token, "search_notes", &json!({"query": "x"})).await;
        reason(&answer).to_owned()
    };
    assert_eq!(ask().await, "allow");

    sign_out_there(&scene, &mut browser).await;
    eventually("the session has ended", SOON, || is_out(&scene, &browser)).await;
    assert_eq!(ask().await, "credential_revoked", "in the same transaction");
    let standing = world.get(&format!("agents/{agent}")).await;
    assert_eq!(standing["state"], "unowned");
    assert!(standing.to_string().contains("logged out at the provider"), "{standing}");
    let member = world.get(&format!("members/{person}")).await;
    assert_eq!(member["state"], "active", "whoever can still prove who they are signs in again");
}

/// S7: who signs out at the provider while the organization is stopped is not back when it is resumed.
#[tokio::test]
async fn a_stopped_organization_hears_of_a_sign_out_too() {
    let scene = Scene::start().await;
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], true).await;
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    tells(&scene, &id).await;
    let mut browser = Browser::default();
    let page = scene.sign_in(&mut browser, FINANCE, NEXT).await;
    assert_eq!(page.status, 200, "{}", page.text);

    let world = scene.world();
    let operate = |what: &str| {
        let mut command = vec!["admin", what, world.organization.as_str()];
        if what == "suspend" {
            command.extend(["--reason", "unpaid"]);
        }
        run(with(&world.database).args(command))
    };
    operate("suspend");
    let stopped = async || (world.manage("GET", "decisions", None).await.status == 403).then_some(());
    eventually("the organization is suspended", SOON, stopped).await;
    sign_out_there(&scene, &mut browser).await;
    operate("resume");
    let comes_back = async || (world.manage("GET", "decisions", None).await.status == 200).then_some(());
    eventually("the organization is back", SOON, comes_back).await;
    let told = async || (signed_out(&scene).await.len() == 1).then_some(());
    eventually("the sign-out is in the evidence", SOON, told).await;
    assert!(is_out(&scene, &browser).await.is_some(), "the session is not back with it");
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
