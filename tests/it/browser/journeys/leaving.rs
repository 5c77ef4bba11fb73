//! Somebody leaves: their agents go to a colleague first, and nothing of their own works any more.

use serde_json::json;
use testkit::browser::{Seat, button, css};

use super::seats;
use crate::browser::beside_others;
use crate::browser::sitting::{admin, signed_in};
use crate::world::{Scene, World, unique};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_leaves_after_a_hand_over() {
    let _others = beside_others().await;
    for seat in seats() {
        journey(seat).await;
    }
}

async fn journey(seat: Seat) {
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    let (org, leaver) = (&world.organization, &scene.acting.owner);
    let heir_name = unique("Heir");
    let heir = world.person(&heir_name).await;
    world.join(&scene.workspace, &heir, &scene.role).await;
    let theirs = signed_in(&world, leaver, seat).await;
    let tab = admin(&world, seat).await;

    tab.go(&format!("/o/{org}/people/{leaver}/remove")).await.says("1 agent loses everything now.");
    tab.choose(css("#to"), &heir).await;
    tab.fill(css("#reason"), "Left for another company.").await;
    tab.click(button("Check")).await.says(&heir_name).says("Left for another company.");
    let remove = format!("Remove {}", scene.acting.owner_name);
    let receipt = tab.click(button(&remove)).await.says("was removed").says("Written in ");
    receipt.says(&format!("1 agent went to {heir_name} before"));

    assert_eq!(scene.check("search_notes", &json!({})).await["decision"], true, "the agent works on");
    let agent = tab.go(&format!("/o/{org}/agents/{}", scene.acting.agent)).await;
    agent.says(&format!("{heir_name} answers for it."));
    // Who was removed is out at once, whatever their browser still shows.
    let gone = theirs.go(&format!("/o/{org}/agents")).await.hides(&scene.acting.agent_name);
    assert!(gone.status == 404 || gone.path.starts_with("/sign-in"), "{gone:?}");
    assert_eq!(tab.troubles().await, [""; 0]);
}
