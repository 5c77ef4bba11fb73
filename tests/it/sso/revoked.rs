//! RFC 7009: what a provider gave for a session is revoked there when the session has ended, whatever ended it; nobody waits
//! for that, and it is tried again.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::browser::Browser;
use super::refresh::{FINANCE, NEXT, signed_in, stage};
use super::scene::Scene;
use crate::pages::hidden;
use crate::world::text;

impl Scene {
    /// What the first provider was told.
    async fn revoked(&self) -> Vec<Value> {
        self.issued().await["revoked"].as_array().cloned().unwrap_or_default()
    }

    async fn finance(&self) -> String {
        let people = self.world().list("members").await;
        text(people.iter().find(|person| person["email"] == FINANCE).expect("the newcomer"), "id")
    }

    async fn sign_out(&self, browser: &mut Browser) {
        let csrf = hidden(&browser.go(&self.url("/account")).await.text, "csrf").expect("a form");
        let answer = browser.post(&self.url("/sign-out"), &[("csrf", &csrf)]).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
}

/// Of two sessions of a person the last takes both along: a provider may end with one what it gave for the other.
#[tokio::test]
async fn what_a_provider_gave_is_revoked_when_the_last_session_of_the_person_ends() {
    let scene = stage().await;
    let mut browser = signed_in(&scene).await;
    let mut second = Browser::default();
    let page = scene.sign_in(&mut second, FINANCE, NEXT).await;
    assert_eq!((page.path.as_str(), page.status), (NEXT, 200), "{}", page.text);
    scene.sign_out(&mut browser).await;
    let before = scene.issued().await["refreshed"].as_u64().unwrap_or_default();
    // Refreshed five times more, it has been looked for what is left of sessions.
    scene.until("refreshed", before + 5).await;
    assert_eq!(second.clone().go(&scene.url(NEXT)).await.path, NEXT, "the other goes on");
    assert_eq!(scene.revoked().await, Vec::<Value>::new());

    // Ended by an administrator, it is the last.
    let sessions = format!("members/{}/sessions", scene.finance().await);
    let ended = scene.world().manage("DELETE", &sessions, None).await;
    assert_eq!(ended.status, 200, "{}", ended.text());
    scene.until("told", 2).await;
    let issued = scene.issued().await;
    let given: BTreeSet<String> =
        issued["refresh_tokens"].as_array().expect("a list").iter().map(Value::to_string).collect();
    let revoked: BTreeSet<String> = scene.revoked().await.iter().map(Value::to_string).collect();
    assert!(revoked.len() == 2 && revoked.is_subset(&given), "two that it gave: {issued}");
    assert_eq!(issued["untold"], 0);
}

/// Deactivated while the provider is down, a person is out at once, and the provider is told when it is back.
#[tokio::test]
async fn a_provider_that_is_down_is_told_later_and_keeps_nobody_waiting() {
    let scene = stage().await;
    let browser = signed_in(&scene).await;
    scene.until("refreshed", 1).await;
    scene.control("down=yes").await;
    let person = scene.finance().await;
    scene.world().post(&format!("members/{person}/suspend"), &json!({"reason": "leaving"})).await;
    assert_ne!(browser.clone().go(&scene.url(NEXT)).await.path, NEXT, "out at once");
    scene.until("untold", 1).await;
    assert_eq!(scene.revoked().await, Vec::<Value>::new());
    scene.control("down=no").await;
    scene.until("told", 1).await;
}

/// Who closes a connection signs out whoever came in by it, and the provider is told by the client that it still knows.
#[tokio::test]
async fn a_connection_that_is_closed_tells_its_provider_of_every_session() {
    let scene = stage().await;
    let browser = signed_in(&scene).await;
    let mut other = Browser::default();
    scene.sign_in(&mut other, "finance.two@northwind.example", NEXT).await;
    let mut owner = scene.owner().await;
    let connections = scene.world().list("connections").await;
    let at = format!("/connections/{}", text(&connections[0], "id"));
    let page = owner.submit(&at, &format!("{at}/do/disable"), &[]).await;
    assert!(page.text.contains("The connection is closed"), "{} {}", page.status, page.text);
    assert_ne!(browser.clone().go(&scene.url(NEXT)).await.path, NEXT, "out at once");
    scene.until("told", 2).await;
}
