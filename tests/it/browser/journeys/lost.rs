//! Forms that meet an ended session, an impatient hand, or somebody who was quicker: nothing typed is lost, and
//! nothing happens twice.

use testkit::browser::{Seat, Tab, button, css};

use super::seats;
use crate::browser::beside_others;
use crate::browser::sitting::{sign_in, signed_in};
use crate::world::{Scene, World, unique};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_outlives_the_session() {
    let _others = beside_others().await;
    for seat in seats() {
        let world = World::shared().await.neighbour().await;
        let scene = Scene::set(&world).await;
        let tab = signed_in(&world, &scene.acting.owner, seat).await;
        let agent = format!("/o/{}/agents/{}", world.organization, scene.acting.agent);
        tab.go(&format!("{agent}/edit")).await.answers(200);
        tab.fill(css("#purpose"), "Typed before the session ended.").await;
        tab.forget().await;
        tab.click(button("Save"))
            .await
            .says("Nothing you typed is lost")
            .says("Typed before the session ended.");
        // They sign in again in a second tab, and send the form from the first.
        let second = tab.beside().await;
        sign_in(&second, &world, &scene.acting.owner).await;
        let again = tab.click(button("Send it now")).await.says("Typed before the session ended.");
        if again.has("Nothing you typed is lost") {
            tab.click(button("Send it now")).await.answers(200);
        }
        tab.go(&agent).await.says("Typed before the session ended.");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_impatient_hand_makes_one_agent() {
    let _others = beside_others().await;
    for seat in seats() {
        let world = World::shared().await.neighbour().await;
        let scene = Scene::set(&world).await;
        let tab = signed_in(&world, &scene.acting.owner, seat).await;
        let name = unique("Twice");
        up_to_the_check(&tab, &world, &name).await;
        tab.click(button("Create the agent").twice()).await.answers(200);
        // A second time from the page before, long after.
        tab.until_it_is_at(&format!("/o/{}/", world.organization)).await.answers(200);
        let made = world.list("agents").await;
        assert_eq!(made.iter().filter(|agent| agent["name"] == name).count(), 1);
    }
}

async fn up_to_the_check(tab: &Tab, world: &World, name: &str) {
    tab.go(&format!("/o/{}/agents/new", world.organization)).await.answers(200);
    tab.fill(css("#name"), name).await;
    for _ in 0..3 {
        tab.click(button("Continue")).await.answers(200);
    }
    tab.tick(css("input[name=proof][value=later]"), true).await;
    tab.click(button("Continue")).await.says("Check and create");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_second_sees_both_versions() {
    let _others = beside_others().await;
    for seat in seats() {
        let world = World::shared().await.neighbour().await;
        let scene = Scene::set(&world).await;
        let tab = signed_in(&world, &scene.acting.owner, seat).await;
        let agent = format!("/o/{}/agents/{}", world.organization, scene.acting.agent);
        let second = tab.beside().await;
        let both: [&Tab; 2] = [&tab, &second];
        for one in both {
            one.go(&format!("{agent}/edit")).await.answers(200);
        }
        second.fill(css("#purpose"), "The quicker hand.").await;
        second.click(button("Save")).await.says("The quicker hand.");
        tab.fill(css("#purpose"), "The slower hand.").await;
        let stale = tab.click(button("Save")).await.answers(409).says("Somebody was here before you");
        stale.says("The quicker hand.").says("The slower hand.");
        tab.click(button("Save mine over it")).await.says("The slower hand.");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn going_back_does_not_show_a_secret_again() {
    let _others = beside_others().await;
    for seat in seats() {
        let world = World::shared().await.neighbour().await;
        let scene = Scene::set(&world).await;
        let tab = signed_in(&world, &scene.acting.owner, seat).await;
        tab.go(&format!("/o/{}/keys/new?agent={}", world.organization, scene.acting.agent))
            .await
            .answers(200);
        tab.fill(css("#name"), "Laptop").await;
        tab.click(button("Make the key")).await.says("Save this key now");
        let secret = tab.read(css("#secret-1")).await;
        copied(&tab, &secret, seat).await;
        tab.tick(css("#stored"), true).await;
        tab.click(button("Done")).await.hides(&secret);
        tab.back().await.says("This key cannot be shown again").hides(&secret);
        tab.reload().await.says("This key cannot be shown again").hides(&secret);
    }
}

/// The button beside a secret copies it, where there is a script to do it.
async fn copied(tab: &Tab, secret: &str, seat: Seat) {
    if seat.script {
        tab.hit(button("Copy")).await;
        tab.until("document.getElementById('status').textContent === 'Copied'").await;
        assert_eq!(tab.evaluate("navigator.clipboard.readText()").await, secret);
    }
}
