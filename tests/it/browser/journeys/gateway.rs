//! A gateway is connected: registered, its key shown once, its configuration copied, its first call seen.

use serde_json::json;
use testkit::browser::{Seat, Tab, button, css, link};
use testkit::http::Request;

use super::{last, seats, send};
use crate::browser::beside_others;
use crate::browser::sitting::admin;
use crate::world::{Ask, Scene, World, check_body, done, unique};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_is_connected_and_its_first_call_is_seen() {
    let _others = beside_others().await;
    for seat in seats() {
        journey(seat).await;
    }
}

async fn journey(seat: Seat) {
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    let tab = admin(&world, seat).await;
    let list = format!("/o/{}/gateways", world.organization);
    let name = unique("Edge");

    tab.go(&list).await.answers(200);
    tab.click(link("New gateway").nth(0)).await.says("It gets a key of its own");
    send(&tab, &[("name", &name)], "Register it and make its key").await.says("Save this key now");
    let key = tab.read(css("#secret-1")).await;
    assert!(key.starts_with("ans_gk_"), "{key}");
    tab.tick(css("#stored"), true).await;
    let page = tab.click(button("Done")).await.says(&name).says("Waiting for its first call");
    let there = format!("{list}/{}", last(&page.path));
    page.says("Never asked").hides(&key);
    tab.back().await.says("This key cannot be shown again").hides(&key);

    // Its configurations, with everything but the key filled in.
    tab.go(&format!("{there}?server={}", scene.server)).await.says("nginx").says("Envoy").says("Python");
    let snippet = tab.read(css("#text-curl")).await;
    assert!(snippet.contains("ans_gk_…") && snippet.contains(&scene.server), "{snippet}");
    assert!(snippet.contains(&world.address.to_string()), "{snippet}");

    let ask =
        Ask { credential: &scene.acting.key.token, server: &scene.server, tool: "whoami", arguments: None };
    let answer = Request::post("/v1/check", &check_body(&ask)).bearer(&key).send(world.address).await;
    assert_eq!(done("the first call", &answer)["decision"], json!(true));
    let seen = told(&tab, seat).await;
    seen.says("1 call was allowed and 0 denied.").hides("Waiting for its first call");
    tab.click(link("Its decisions of this week")).await.says("whoami").says(&scene.acting.agent_name);
    let listed = tab.go(&list).await.says(&name);
    listed.says("Asks");
    assert_eq!(tab.troubles().await, [""; 0]);
}

/// The page says by itself when the first call has come; without a script, when somebody looks again.
pub(super) async fn told(tab: &Tab, seat: Seat) -> testkit::browser::Sight {
    if seat.script {
        return tab.until_it_says("It asks").await;
    }
    let look = async || {
        let page = tab.click(link("Look again")).await;
        page.has("It asks").then_some(page)
    };
    testkit::process::eventually("the first call is on the page", std::time::Duration::from_secs(30), look)
        .await
}
