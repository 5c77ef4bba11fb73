//! An agent of one's own: made, let into a workspace, denied, understood, mended.

use serde_json::json;
use testkit::browser::{Seat, Tab, button, css, link};

use super::{seats, send};
use crate::browser::beside_others;
use crate::browser::sitting::{admin, signed_in};
use crate::world::{Ask, Scene, World, unique};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agent_is_made_invited_denied_and_mended() {
    let _others = beside_others().await;
    for seat in seats() {
        journey(seat).await;
    }
}

async fn journey(seat: Seat) {
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    let org = format!("/o/{}", world.organization);
    let owner = signed_in(&world, &scene.acting.owner, seat).await;
    let (agent, token) = made(&owner, &scene, &org).await;
    invited(&owner, &scene, &agent, seat).await;

    let ask = |tool: &'static str| Ask { credential: &token, server: &scene.server, tool, arguments: None };
    assert_eq!(world.check(ask("search_notes")).await["decision"], true);
    assert_eq!(world.check(ask("whoami")).await["reason"], "outside_scope");

    // Why: from the agent's own page to the decision, link by link.
    owner.go(&format!("{agent}/decisions")).await.says("whoami").says("Its owner can widen the scope.");
    owner.click(link("Denied")).await.hides("search_notes");
    owner.click(css("tbody th a").nth(0)).await.answers(200).says("scope");

    owner.go(&format!("{agent}/scope")).await.answers(200);
    owner.tick(css(&picked(&scene, "whoami")), true).await;
    owner.click(button("Save the scope")).await.says("Its scope has 2 entries");
    assert_eq!(world.check(ask("whoami")).await["decision"], true);
    assert_eq!(owner.troubles().await, [""; 0]);
}

/// Creates it on the short pages; its page and its key.
async fn made(tab: &Tab, scene: &Scene<'_>, org: &str) -> (String, String) {
    tab.go(&format!("{org}/agents/new")).await.says("What is it called?");
    send(tab, &[("name", "Note Finder"), ("purpose", "Finds notes.")], "Continue")
        .await
        .says("You answer for it.");
    tab.click(button("Continue")).await.says("What may Note Finder use?");
    tab.tick(css(&picked(scene, "search_notes")), true).await;
    tab.click(button("Continue")).await.says("How does Note Finder prove itself?");
    send(tab, &[("key_name", "CI")], "Continue").await.says("It may look with 1 tool");
    tab.click(button("Create the agent")).await.says("Save this key now");
    let token = tab.read(css("#secret-1")).await;
    tab.tick(css("#stored"), true).await;
    let profile = tab.click(button("Done")).await.says("Note Finder").at(&format!("{org}/agents/"));
    (profile.path.trim_end_matches('?').to_owned(), token)
}

/// Its owner asks for it to be let into a workspace that wants to be asked, and an administrator lets it in.
async fn invited(owner: &Tab, scene: &Scene<'_>, agent: &str, seat: Seat) {
    let slug = unique("desk");
    let desk = json!({"slug": slug, "name": slug, "access_mode": "explicit"});
    scene.world.post("workspaces", &desk).await;
    scene.world.join(&slug, &scene.acting.owner, &scene.role).await;
    owner.go(&format!("{agent}/invite")).await.says(&slug);
    owner.click(link(&format!("Choose {slug}"))).await.says("An administrator decides.");
    send(owner, &[("message", "It finds what is asked for.")], "Send the invitation").await.answers(200);

    let admin = admin(scene.world, seat).await;
    admin
        .go(&format!("/o/{}/invitations", scene.world.organization))
        .await
        .says("It finds what is asked for.");
    admin.click(link("Let it in")).await.says("It may then do here what");
    admin.click(button("Let it in")).await.says(&format!("Note Finder is in {slug} now."));
    owner.go(&format!("{agent}/access")).await.says(&slug).hides("Invite it");
}

/// The box of a tool in the scene's workspace.
fn picked(scene: &Scene<'_>, tool: &str) -> String {
    format!("input[value='{}/{}/{tool}']", scene.workspace, scene.server_id)
}
