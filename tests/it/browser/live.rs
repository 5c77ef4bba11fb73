//! The live view of the audit log: rows come by themselves, and wait while somebody reads or has paused.

use serde_json::json;
use testkit::browser::{Seat, Tab, button, css};

use super::beside_others;
use super::sitting::admin;
use crate::world::{Scene, World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_live_view_waits_for_whoever_reads() {
    let _others = beside_others().await;
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    scene.check("search_notes", &json!({})).await;
    let tab = watching(&world).await;
    call(&scene, "whoami").await;
    shown(&tab, 1).await;

    // While the focus is on a row, nothing moves under it.
    tab.evaluate("document.querySelector('#live a').focus()").await;
    call(&scene, "create_note").await;
    call(&scene, "delete_note").await;
    held(&tab, 2).await;
    shown(&tab, 1).await;
    tab.hit(css("[data-live-show]")).await;
    shown(&tab, 3).await;
    tab.until("document.querySelector('[data-live-show]').hidden").await;

    // Paused, it holds until it is let go on.
    tab.hit(button("Pause")).await;
    tab.until("document.querySelector('[data-live-pause]').ariaPressed === 'true'").await;
    call(&scene, "whoami").await;
    held(&tab, 1).await;
    shown(&tab, 3).await;
    tab.hit(button("Go on")).await;
    shown(&tab, 4).await;
    // The newest is on top.
    tab.until("document.querySelector('#live tr').textContent.includes('whoami')").await;
    assert_eq!(tab.troubles().await, [""; 0]);
}

/// A tab at the live view, with the pointer away from the rows.
async fn watching(world: &World) -> Tab {
    let tab = admin(world, Seat::default()).await;
    tab.go(&format!("/o/{}/audit?tail=on", world.organization)).await.says("search_notes");
    tab.hit(css("h1")).await;
    tab.until("document.querySelector('[data-live-state]').textContent === 'Live'").await;
    tab
}

async fn call(scene: &Scene<'_>, tool: &str) {
    scene.check(tool, &json!({})).await;
}

/// Waits until so many rows have come, which may not be more.
async fn shown(tab: &Tab, rows: u32) {
    tab.until(&format!("document.querySelectorAll('#live tr.new').length === {rows}")).await;
}

/// Waits until so many are held, and said to be.
async fn held(tab: &Tab, rows: u32) {
    let show = "document.querySelector('[data-live-show]')";
    tab.until(&format!("!{show}.hidden && {show}.textContent === '{rows} new'")).await;
}
