//! A transmitter not written here that only lets itself be asked (RFC 8936).

use std::time::Duration;

use serde_json::{Value, json};
use testkit::ports;
use testkit::process::eventually;

use super::session::Session;
use super::signals::{AUDIENCE, ISSUER, RISC, Transmitter, claims};
use super::{Directory, id};
use crate::pages::Clerk;
use crate::world::{Own, text};

/// A stream is asked every ten seconds, and after a first failure ten seconds later.
const SOON: Duration = Duration::from_mins(1);

const PAGE: &str = "settings/signals";

/// A program that may reach the transmitter on loopback, with a directory and no stream yet.
async fn stage() -> (Own, Directory, Transmitter, String) {
    let port = ports::free();
    let own = Own::start_with(&[("ANSWERABLE_EGRESS__ALLOW", &format!("127.0.0.1:{port}"))]).await;
    let token = super::session::directory_key(&own.world).await;
    let world = own.world.moved_to(own.world.address).await;
    let transmitter = Transmitter::start(port).await;
    (own, Directory { world, token }, transmitter, format!("http://127.0.0.1:{port}"))
}

/// The form of a stream that is polled.
fn typed<'t>(host: &'t [String; 2], token: &'t str) -> Vec<(&'t str, &'t str)> {
    vec![
        ("name", "Polled"),
        ("issuer", ISSUER),
        ("audience", AUDIENCE),
        ("jwks_url", &host[0]),
        ("delivery", "poll"),
        ("poll_url", &host[1]),
        ("poll_token", token),
    ]
}

async fn standing(transmitter: &mut Transmitter) -> Value {
    let line = transmitter.token(&json!({"standing": true})).await;
    serde_json::from_str(&line).expect("a line of JSON")
}

async fn hold(transmitter: &mut Transmitter, order: Value, name: &str) {
    transmitter.token(&json!({"hold": order, "as": name})).await;
}

/// Polls our own view of the transmitter until it is so.
async fn until(what: &str, transmitter: &mut Transmitter, is_so: impl Fn(&Value) -> bool) -> Value {
    let look = async || Some(standing(transmitter).await).filter(&is_so);
    eventually(what, SOON, look).await
}

#[tokio::test]
async fn a_transmitter_is_asked_and_told_what_became_of_each_signal() {
    let (_own, directory, mut transmitter, host) = stage().await;
    let maya = directory.person("Maya").await;
    let session = Session::of(&directory.world, id(&maya)).await;
    let subject = json!({"format": "iss_sub", "iss": ISSUER, "sub": maya["externalId"]});
    let disabled = |name: &str| {
        let mut claims = claims(&subject, &format!("{RISC}account-disabled"));
        claims["jti"] = json!(name);
        claims
    };
    let foreign = json!({"claims": disabled("foreign"), "key": "other"});
    hold(&mut transmitter, foreign, "foreign").await;
    hold(&mut transmitter, json!({"claims": disabled("another name")}), "renamed").await;
    hold(&mut transmitter, json!({"claims": disabled("good")}), "good").await;

    let owner = Clerk::admin(&directory.world).await;
    let urls = [format!("{host}/keys"), format!("{host}/poll")];
    let made = owner.post(&format!("{PAGE}/new"), &typed(&urls, "let-me-hear")).await;
    let page = owner.follow(&made).await;
    assert!(page.contains("It is asked every ten seconds") && !page.contains("let-me-hear"), "{page}");

    let told = until("each is told of", &mut transmitter, |at| at["held"] == json!([])).await;
    assert_eq!(told["taken"], json!(["good"]));
    for name in ["foreign", "renamed"] {
        assert_eq!(told["refused"][name]["err"], "authentication_failed", "{told}");
    }
    let member = directory.world.get(&format!("members/{}", id(&maya))).await;
    assert_eq!(member["state"], "suspended", "the same as a signal that is sent");
    assert!(member.to_string().contains("account-disabled"), "the evidence says why: {member}");
    assert_eq!(session.send("GET", "agents", &Value::Null).await.status, 401);

    // Given again under the same name, it counts once.
    let on = json!([{"op": "replace", "path": "active", "value": true}]);
    directory.patch(&super::at(&maya), on).await;
    hold(&mut transmitter, json!({"claims": disabled("good")}), "good").await;
    until("it is acknowledged again", &mut transmitter, |at| at["taken"] == json!(["good", "good"])).await;
    assert_eq!(directory.world.get(&format!("members/{}", id(&maya))).await["state"], "active");

    let listed = directory.world.get("signal-streams").await;
    let stream = &listed["items"][0];
    assert_eq!((stream["delivery"].as_str(), &stream["push_url"]), (Some("poll"), &Value::Null));
    assert!(stream["last_heard_at"].is_string() && stream["last_failure"].is_null(), "{stream}");
    assert!(!listed.to_string().contains("let-me-hear"), "{listed}");

    let remove = format!("{PAGE}/{}/remove", text(stream, "id"));
    owner.page(&remove).await;
    assert!(owner.follow(&owner.post(&remove, &[]).await).await.contains("no longer believed"));
    assert_eq!(owner.get(&remove).await.status, 404);
}

#[tokio::test]
async fn a_transmitter_that_is_down_or_refuses_the_token_is_shown_and_tried_again() {
    let (_own, directory, mut transmitter, host) = stage().await;
    let owner = Clerk::admin(&directory.world).await;
    let urls = [format!("{host}/keys"), format!("{host}/poll")];
    let wrong = owner.post(&format!("{PAGE}/new"), &typed(&urls, "")).await;
    assert_eq!(wrong.status, 422);
    let inside = [urls[0].clone(), "http://127.0.0.1:1/poll".to_owned()];
    let wrong = owner.post(&format!("{PAGE}/new"), &typed(&inside, "let-me-hear")).await;
    assert_eq!(wrong.status, 422, "the door to the outside has its rules here too");
    assert!(wrong.text().contains("`https` URLs are permitted"), "{}", wrong.text());

    transmitter.token(&json!({"down": true})).await;
    owner.follow(&owner.post(&format!("{PAGE}/new"), &typed(&urls, "let-me-hear")).await).await;
    let says = async |what: &str| {
        let looks = async || Some(owner.page(PAGE).await).filter(|page| page.contains(what));
        eventually(what, SOON, looks).await
    };
    let page = says("the transmitter answered 503").await;
    assert!(page.contains("It is tried again") && page.contains("Trouble"), "{page}");
    transmitter.token(&json!({"down": false})).await;
    let calm = async || Some(owner.page(PAGE).await).filter(|page| !page.contains("Trouble"));
    eventually("it is heard again", SOON, calm).await;
    owner.follow(&owner.post(&format!("{PAGE}/new"), &typed(&urls, "a-wrong-one")).await).await;
    says("the transmitter does not accept the token").await;
}

#[tokio::test]
async fn the_token_of_a_stream_that_sends_is_shown_once() {
    let directory = Directory::connected().await;
    let owner = Clerk::admin(&directory.world).await;
    assert!(owner.page(PAGE).await.contains("appear here"));
    let form = owner.page(&format!("{PAGE}/new")).await;
    let slip = crate::pages::hidden(&form, "slip").expect("a slip");
    let keys = "https://login.northwind.example/keys";
    let typed = [
        ("name", "Okta"),
        ("issuer", ISSUER),
        ("audience", AUDIENCE),
        ("jwks_url", keys),
        ("delivery", "push"),
        ("slip", slip.as_str()),
    ];
    let mut unclear = typed;
    unclear[4] = ("delivery", "");
    assert_eq!(owner.post(&format!("{PAGE}/new"), &unclear).await.status, 422);
    let made = owner.post(&format!("{PAGE}/new"), &typed).await;
    let shown = owner.follow(&made).await;
    assert!(shown.contains("Save this token now") && shown.contains("sst_"), "{shown}");
    // Sent twice by an impatient hand, it is one stream.
    owner.post(&format!("{PAGE}/new"), &typed).await;
    let again = owner.follow(&made).await;
    assert!(!again.contains("sst_"), "it is shown once: {again}");
    let page = owner.page(PAGE).await;
    assert_eq!(page.matches("It sends them here").count(), 1, "{page}");
    assert!(page.contains("/signals/") && page.contains(ISSUER), "{page}");

    let maya = directory.person("Maya").await;
    let member = Clerk::of(&directory.world, id(&maya)).await;
    for path in [PAGE.to_owned(), format!("{PAGE}/new")] {
        assert_eq!(member.get(&path).await.status, 403, "{path}");
    }
}
