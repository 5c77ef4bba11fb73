//! Names that try everything a page could get wrong, and lists with nothing in them: nothing breaks, nothing overflows.

use std::time::Duration;

use serde_json::json;
use testkit::browser::{Seat, Tab, css, link};
use testkit::process::{eventually, run};

use super::beside_others;
use super::sitting::admin;
use crate::world::{World, text, with};

/// The longest name that there may be.
const LONGEST: usize = 200;

/// Markup, another direction, a picture of several characters, one endless word in either direction.
fn names() -> [String; 5] {
    let endless = |word: &str| word.chars().cycle().take(LONGEST).collect();
    [
        "<b onload=\"x\">&amp;</b> 'Eve'".to_owned(),
        "مساعد الفواتير שלום".to_owned(),
        "👩‍🚀 Ünïcödé 漢字の名前 🙂".to_owned(),
        endless("Donaudampfschifffahrts"),
        endless("مساعدالفواتير"),
    ]
}

/// The lists, and pages of one thing.
const LISTS: [&str; 11] = [
    "",
    "/people",
    "/agents",
    "/robots",
    "/workspaces",
    "/tools",
    "/roles",
    "/keys",
    "/audit",
    "/audit/changes",
    "/chart",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odd_names_fit_into_every_page() {
    let _others = beside_others().await;
    let world = World::shared().await.neighbour().await;
    let mut pages: Vec<String> = LISTS.map(ToOwned::to_owned).to_vec();
    for (at, name) in names().iter().enumerate() {
        let slug = format!("odd-{at}");
        world.post("workspaces", &json!({"slug": slug, "name": name})).await;
        world
            .post(
                "servers",
                &json!({"slug": slug, "name": name, "credential_mode": "shared", "identity_mode": "agent"}),
            )
            .await;
        world
            .post(
                &format!("servers/{slug}/tools"),
                &json!({"name": "x".repeat(64), "risk": "read", "title": name}),
            )
            .await;
        world.put(&format!("workspaces/{slug}/servers/{slug}"), &json!({})).await;
        let role = text(&world.post("roles", &json!({"name": name})).await, "id");
        world.post(&format!("roles/{role}/grants"), &json!({"server": slug, "tools": "*"})).await;
        let person = world.person(name).await;
        world.join(&slug, &person, &role).await;
        let scope = json!([{"server": slug, "tools": "*"}]);
        let agent = world
            .post("agents", &json!({"name": name, "purpose": name, "owner": person, "scope": scope}))
            .await;
        let agent = text(&agent, "id");
        world.post("keys", &json!({"agent": agent, "name": name})).await;
        world.post("robots", &json!({"name": name, "purpose": name})).await;
        pages.extend([
            format!("/people/{person}"),
            format!("/agents/{agent}"),
            format!("/agents/{agent}/access"),
        ]);
        pages.extend(["", "/agents", "/servers"].map(|tab| format!("/workspaces/{slug}{tab}")));
        pages.extend([
            format!("/servers/{slug}"),
            format!("/servers/{slug}/grants"),
            format!("/roles/{role}"),
        ]);
    }
    fits(&world, &pages).await;
}

/// More than a page of each.
const MANY: usize = 53;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_of_more_than_a_page_fit_as_well() {
    let _others = beside_others().await;
    let world = World::shared().await.neighbour().await;
    let owner = text(&world.list("members?role=owner").await[0], "id");
    for at in 0..MANY {
        let name = format!("Reconciler of the invoices of region {at:02}");
        world.person(&name).await;
        let slug = format!("region-{at:02}");
        world.post("workspaces", &json!({"slug": slug, "name": name})).await;
        world.post("roles", &json!({"name": name})).await;
        world.post("robots", &json!({"name": name, "purpose": name})).await;
        let agent = world.post("agents", &json!({"name": name, "purpose": name, "owner": owner})).await;
        world.post("keys", &json!({"agent": text(&agent, "id"), "name": name})).await;
    }
    fits(&world, &LISTS.map(ToOwned::to_owned)).await;
    // And the page after the first.
    let tab = admin(&world, Seat::default()).await;
    for list in ["/people", "/agents", "/keys", "/audit/changes"] {
        tab.go(&format!("/o/{}{list}", world.organization)).await.answers(200);
        tab.click(css("a[rel=next]")).await.answers(200);
        for width in [1280, 360, 320] {
            tab.look(width, width == 360).await;
            assert_eq!(wrong(&tab, list, width).await, [""; 0]);
        }
        tab.look(1280, false).await;
    }
    assert_eq!(tab.troubles().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_with_nothing_in_them_say_what_will_be_there() {
    let _others = beside_others().await;
    let world = World::shared().await.neighbour().await;
    fits(&world, &LISTS.map(ToOwned::to_owned)).await;
}

/// What stands in the place of every page of an organization that is suspended.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_suspended_organization_says_so_to_everybody() {
    let _others = beside_others().await;
    let (world, other) = (World::shared().await.neighbour().await, World::shared().await.neighbour().await);
    let owner = text(&world.list("members?role=owner").await[0], "id");
    let tab = admin(&world, Seat::default()).await;
    other.post("members", &json!({"user": owner, "role": "member"})).await;
    let reason = ["--reason", "Ünbezahlt: <b>see</b> the letter of 3 June."];
    run(with(&world.database).args(["admin", "suspend", &world.organization]).args(reason));
    let here = format!("/o/{}/agents", world.organization);
    let told = async || {
        let page = tab.go(&here).await;
        (page.status == 403).then_some(page)
    };
    let page = eventually("the program has it", Duration::from_secs(30), told).await;
    page.says("is suspended").says("<b>see</b> the letter").says(&other.organization);
    // That it is no success is in the console of a browser, and meant.
    tab.troubles().await;
    for width in [1280, 360, 320] {
        tab.look(width, width == 360).await;
        assert_eq!(wrong(&tab, &here, width).await, [""; 0]);
    }
    tab.click(link(&other.organization)).await.answers(200);
}

/// Looks at the pages of an organization in a narrow and a wide window.
async fn fits(world: &World, pages: &[String]) {
    let tab = admin(world, Seat::default()).await;
    let mut found = Vec::new();
    for page in pages {
        tab.look(1280, false).await;
        tab.go(&format!("/o/{}{page}", world.organization)).await.answers(200).hides("undefined");
        for width in [1280, 360, 320] {
            tab.look(width, width == 360).await;
            found.extend(wrong(&tab, page, width).await);
        }
    }
    found.extend(tab.troubles().await);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

async fn wrong(tab: &Tab, page: &str, width: u32) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(out) = tab.order(json!({"do": "overflow"})).await.as_str() {
        all.push(format!("{page} at {width} px: {out}"));
    }
    if width != 320 {
        let broken = tab.order(json!({"do": "axe"})).await;
        let broken = broken.as_array().into_iter().flatten().filter_map(serde_json::Value::as_str);
        all.extend(broken.map(|what| format!("{page} at {width} px: {what}")));
    }
    all
}
