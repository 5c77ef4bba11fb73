//! Pages whose subject goes away, and networks that do.

use serde_json::json;
use testkit::browser::{button, css, link};

use super::seats;
use crate::browser::beside_others;
use crate::browser::sitting::signed_in;
use crate::world::{Scene, World};

/// Slower than anybody waits for without a second click.
const LATENCY_MS: u32 = 700;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agent_is_revoked_while_its_page_is_open() {
    let _others = beside_others().await;
    for seat in seats() {
        let world = World::shared().await.neighbour().await;
        let scene = Scene::set(&world).await;
        let tab = signed_in(&world, &scene.acting.owner, seat).await;
        let agent = format!("/o/{}/agents/{}", world.organization, scene.acting.agent);
        tab.go(&format!("{agent}/pause")).await.answers(200);
        world.post(&format!("agents/{}/revoke", scene.acting.agent), &json!({"reason": "Not needed."})).await;
        tab.fill(css("#reason"), "It looks odd.").await;
        let said = tab.click(button("Pause it")).await;
        assert!(said.has("revoked"), "the page says what has become of it: {said:?}");
        assert!(said.status < 500, "{said:?}");
        tab.go(&agent).await.answers(200).says("It will never act again");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_network_sends_a_form_once() {
    let _others = beside_others().await;
    for seat in seats() {
        let world = World::shared().await.neighbour().await;
        let scene = Scene::set(&world).await;
        let tab = signed_in(&world, &scene.acting.owner, seat).await;
        tab.go(&format!("/o/{}/keys/new?agent={}", world.organization, scene.acting.agent))
            .await
            .answers(200);
        tab.fill(css("#name"), "Slow").await;
        tab.slow(LATENCY_MS).await;
        tab.hit(button("Make the key").twice()).await;
        tab.until_it_is_at(&format!("/o/{}/keys/shown/", world.organization)).await.answers(200);
        tab.slow(0).await;
        let keys = world.list(&format!("keys?agent={}", scene.acting.agent)).await;
        assert_eq!(keys.iter().filter(|key| key["name"] == "Slow").count(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_palette_says_that_the_network_is_gone() {
    let _others = beside_others().await;
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    let tab = signed_in(&world, &scene.acting.owner, testkit::browser::Seat::default()).await;
    tab.offline(true).await;
    tab.press("Control+k").await;
    tab.write("note").await;
    tab.until("document.querySelector('#palette [role=status]').textContent.includes('No connection')").await;
    tab.offline(false).await;
    tab.write("s").await;
    tab.until("!document.querySelector('#palette [role=status]').textContent.includes('No connection')")
        .await;
    tab.press("Escape").await;
    tab.click(link("Agents")).await.answers(200);
}
