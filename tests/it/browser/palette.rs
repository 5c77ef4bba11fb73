//! The keyboard: the palette, the jumps, the rows of a list. Everything it does there is a link for without it.

use testkit::browser::{Seat, Tab, css};

use super::beside_others;
use super::sitting::signed_in;
use crate::world::{Scene, World};

const IS_OPEN: &str = "document.getElementById('palette').open";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_palette_finds_by_name_and_goes_there() {
    let _others = beside_others().await;
    let (world, tab, scene) = sitting().await;
    tab.press("Control+k").await;
    tab.until(IS_OPEN).await;
    tab.write(&scene.1).await;
    tab.until(&format!(
        "document.querySelector('#palette [aria-selected=true]')?.textContent.includes('{}')",
        scene.1
    ))
    .await;
    assert_eq!(
        tab.evaluate("document.activeElement.getAttribute('aria-activedescendant') === 'hit-0'").await,
        true
    );
    tab.press("Enter").await;
    tab.until_it_is_at(&format!("/o/{}/agents/{}", world.organization, scene.0)).await.says(&scene.1);

    // It closes by Escape, gives the focus back, and opens with what was typed before.
    tab.press("Control+k").await;
    tab.until(IS_OPEN).await;
    tab.press("ArrowDown").await;
    tab.press("Escape").await;
    tab.until(&format!("!{IS_OPEN}")).await;
    // A script that fails to find anything says so.
    tab.press("Control+k").await;
    tab.write("nothing has this name").await;
    tab.until("document.querySelector('#palette [role=status]').textContent.includes('Nothing')").await;
    assert_eq!(tab.troubles().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_script_the_palette_is_a_page() {
    let _others = beside_others().await;
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    let tab = signed_in(&world, &scene.acting.owner, Seat::plain()).await;
    tab.click(css("a[data-dialog=palette]")).await.at(&format!("/o/{}/find", world.organization));
    tab.fill(css("#q"), &scene.acting.agent_name).await;
    tab.click(css("main button[type=submit]")).await.says(&scene.acting.agent_name);
    tab.click(css("main .hits a").nth(0)).await.at(&format!("/o/{}/agents/", world.organization));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn single_keys_jump_move_and_can_be_switched_off() {
    let _others = beside_others().await;
    let (world, tab, scene) = sitting().await;
    let org = format!("/o/{}", world.organization);
    tab.press("g").await;
    tab.press("a").await;
    tab.until_it_is_at(&format!("{org}/agents")).await;
    tab.press("j").await;
    assert_eq!(tab.evaluate("document.activeElement.closest('tr') !== null").await, true);
    tab.press("Enter").await;
    tab.until_it_is_at(&format!("{org}/agents/{}", scene.0)).await;
    tab.press("3").await;
    tab.until_it_is_at(&format!("{org}/agents/{}/keys", scene.0)).await;
    tab.press("?").await;
    tab.until("document.getElementById('shortcuts').open").await;
    tab.press("Escape").await;
    tab.press("g").await;
    tab.press("a").await;
    tab.until_it_is_at(&format!("{org}/agents")).await;
    tab.press("/").await;
    assert_eq!(tab.evaluate("document.activeElement.id").await, "q");
    tab.evaluate("document.cookie = 'keys=off;path=/'").await;
    tab.go(&org).await.answers(200);
    tab.press("?").await;
    assert_eq!(tab.evaluate("document.getElementById('shortcuts').open").await, false);
    assert_eq!(tab.troubles().await, [""; 0]);
}

/// An owner of one agent at a tab: the world, the tab, and the agent's id and name.
async fn sitting() -> (World, Tab, (String, String)) {
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    let (owner, agent) =
        (scene.acting.owner.clone(), (scene.acting.agent.clone(), scene.acting.agent_name.clone()));
    drop(scene);
    let tab = signed_in(&world, &owner, Seat::default()).await;
    (world, tab, agent)
}
