//! A list says the same on its page and by the API: each filter and each order, on the same things.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use testkit::process::eventually;

use super::clerk::Clerk;
use crate::world::{Scene, World, text, unique};

/// The names on a page of a list, in order.
fn on_page(page: &str) -> Vec<String> {
    let rows = page.split("<th scope=\"row\">").skip(1);
    let name = |row: &str| {
        let (cell, _) = row.split_once("</th>")?;
        let name = match cell.split_once("<bdi>") {
            Some((_, name)) => name,
            None => cell.split_once("class=\"name")?.1.split_once('>')?.1,
        };
        name.split('<').next().map(ToOwned::to_owned)
    };
    rows.filter_map(name).collect()
}

fn names(items: &[Value]) -> Vec<String> {
    items.iter().map(|item| text(item, "name")).collect()
}

/// Asks both for the same: the page by its query, the API by its own, which says the page's silent choices aloud.
async fn same(world: &World, admin: &Clerk<'_>, page: (&str, &str), api: (&str, &str)) -> Vec<String> {
    let shown = on_page(&admin.page(&format!("{}?{}", page.0, page.1)).await);
    let listed = names(&world.list(&format!("{}?{}", api.0, api.1)).await);
    assert_eq!(shown, listed, "{page:?} and {api:?}");
    shown
}

/// Every item of a list, so many at a time.
async fn by_pages(world: &World, list: &str, limit: usize) -> Vec<String> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let page = world.get(&format!("{list}&limit={limit}&after={}", encoded(&after))).await;
        all.extend(names(page["items"].as_array().expect("items")));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut after),
            None => return all,
        }
    }
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |all, byte| format!("{all}%{byte:02X}"))
}

/// One column of a file without quoted cells, without its head.
fn column(file: &str, at: usize) -> Vec<String> {
    let cell = |line: &str| line.split(',').nth(at).unwrap_or_default().to_owned();
    file.lines().skip(1).map(cell).collect()
}

/// Agents of every kind that the filters tell apart: the one of the scene, which has called, and four others.
async fn agents(world: &World, scene: &Scene<'_>, admin: &Clerk<'_>) -> String {
    let owner = &scene.acting.owner;
    let stranger = world.person(&unique("Stranger")).await;
    world.agent(&unique("keyless"), owner, &json!([])).await;
    let ending = world.agent(&unique("Ending"), &stranger, &json!([])).await;
    let made = text(&world.get(&format!("agents/{ending}")).await, "created_at");
    let now: DateTime<Utc> = made.parse().expect("a time");
    let soon = json!({"expires_at": now + TimeDelta::days(10)});
    world.limited_key("agent", &ending, &soon).await;
    let held = world.agent(&unique("Held"), owner, &json!([])).await;
    world.post(&format!("agents/{held}/pause"), &json!({"reason": "for a test"})).await;
    let ended = world.agent(&unique("Ended"), owner, &json!([])).await;
    world.post(&format!("agents/{ended}/revoke"), &json!({"reason": "for a test"})).await;
    assert_eq!(scene.check("search_notes", &json!({})).await["decision"], true);
    let used = async || {
        let never = on_page(&admin.page("agents?used=never").await);
        (!never.contains(&scene.acting.agent_name)).then_some(())
    };
    eventually("its first call is noted", Duration::from_secs(30), used).await;
    stranger
}

#[tokio::test]
async fn agents_are_the_same_on_the_page_and_by_the_api() {
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    let admin = Clerk::admin(&world).await;
    let stranger = agents(&world, &scene, &admin).await;
    let (owner, place) = (&scene.acting.owner, &scene.workspace);
    // Where nothing is said, the page leaves out the revoked ones and begins with the newest.
    for (page, api, count) in [
        (String::new(), "state=not_revoked&sort=-created".to_owned(), 4),
        ("state=revoked".to_owned(), "state=revoked&sort=-created".to_owned(), 1),
        ("state=paused".to_owned(), "state=paused&sort=-created".to_owned(), 1),
        ("state=live".to_owned(), "state=live&sort=-created".to_owned(), 3),
        ("state=unowned".to_owned(), "state=unowned&sort=-created".to_owned(), 0),
        (format!("owner={stranger}"), format!("owner={stranger}&state=not_revoked&sort=-created"), 1),
        (format!("workspace={place}"), format!("workspace={place}&state=not_revoked&sort=-created"), 3),
        ("q=%20END".to_owned(), "q=%20END&state=not_revoked&sort=-created".to_owned(), 1),
        ("credential=key".to_owned(), "credential=key&state=not_revoked&sort=-created".to_owned(), 2),
        ("credential=none".to_owned(), "credential=none&state=not_revoked&sort=-created".to_owned(), 2),
        ("credential=soon".to_owned(), "credential=soon&state=not_revoked&sort=-created".to_owned(), 1),
        ("used=never".to_owned(), "used=never&state=not_revoked&sort=-created".to_owned(), 3),
        ("used=quiet".to_owned(), "used=quiet&state=not_revoked&sort=-created".to_owned(), 1),
        ("sort=name".to_owned(), "sort=name&state=not_revoked".to_owned(), 4),
        ("sort=-name".to_owned(), "sort=-name&state=not_revoked".to_owned(), 4),
        ("sort=state".to_owned(), "sort=state&state=not_revoked".to_owned(), 4),
        ("sort=-state".to_owned(), "sort=-state&state=not_revoked".to_owned(), 4),
        ("sort=seen".to_owned(), "sort=seen&state=not_revoked".to_owned(), 4),
        ("sort=-seen".to_owned(), "sort=-seen&state=not_revoked".to_owned(), 4),
        (
            format!("owner={owner}&workspace={place}&credential=none&used=never&state=live&sort=name"),
            format!("owner={owner}&workspace={place}&credential=none&used=never&state=live&sort=name"),
            1,
        ),
    ] {
        let found = same(&world, &admin, ("agents", &page), ("agents", &api)).await;
        assert_eq!(found.len(), count, "{page}: {found:?}");
    }
    // As a file, all of it, in the same order.
    let shown = on_page(&admin.page("agents?state=live&sort=name").await);
    let file = admin.page("agents.csv?state=live&sort=name").await;
    assert_eq!(column(&file, 1), shown, "{file}");
    let all = names(&world.list("agents").await);
    assert_eq!(all.len(), 5, "where nothing is said, the API lists all: {all:?}");
    assert_eq!(names(&world.list("agents?sort=created").await), all, "the oldest first");
}

#[tokio::test]
async fn people_and_keys_are_the_same_on_the_page_and_by_the_api() {
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    let admin = Clerk::admin(&world).await;
    world.person_as(&unique("auditing"), "auditor").await;
    world.person_as(&unique("Visiting"), "guest").await;
    let away = world.person(&unique("Suspended")).await;
    world.post(&format!("members/{away}/suspend"), &json!({"reason": "for a test"})).await;
    for filter in ["q=%20AUDIT", "role=auditor", "role=owner", "state=suspended", "state=active"] {
        let found =
            same(&world, &admin, ("people", filter), ("members", &format!("{filter}&sort=name"))).await;
        assert!(!found.is_empty(), "{filter}");
    }
    for filter in ["agents=some", "agents=none", "seen=90d", "agents=none&role=member&seen=90d"] {
        let found =
            same(&world, &admin, ("people", filter), ("members", &format!("{filter}&sort=name"))).await;
        assert!(!found.is_empty(), "{filter}");
    }
    for sort in
        ["name", "-name", "role", "-role", "workspaces", "-workspaces", "agents", "-agents", "seen", "-seen"]
    {
        let sort = format!("sort={sort}");
        let found = same(&world, &admin, ("people", &sort), ("members", &sort)).await;
        assert_eq!(by_pages(&world, &format!("members?{sort}"), 2).await, found, "{sort}: page by page");
    }
    let shown = on_page(&admin.page("people?state=active&sort=-name").await);
    let file = admin.page("people.csv?state=active&sort=-name").await;
    assert_eq!(column(&file, 1), shown, "{file}");

    let (_, spare) = scene.sibling().await;
    world.post(&format!("keys/{}/revoke", spare.id), &json!({"reason": "for a test"})).await;
    let (_, robot) = scene.robot().await;
    world.post(&format!("keys/{}/rotate", robot.id), &json!({"grace_seconds": 600})).await;
    for (page, api) in [
        ("", "state=counting"),
        ("kind=agent", "kind=agent&state=counting"),
        ("kind=robot", "kind=robot&state=counting"),
        ("kind=gateway&state=live", "kind=gateway&state=live"),
        ("state=retiring", "state=retiring"),
        ("state=revoked", "state=revoked"),
        ("q=sibling&state=revoked", "q=sibling&state=revoked"),
        ("state=expired", "state=expired"),
    ] {
        let shown = ids(&admin.page(&format!("keys?{page}")).await);
        let mut listed = world.list(&format!("keys?{api}&sort=ends")).await;
        // People's management keys have a page of their own.
        listed.retain(|key| key["holder"]["kind"] != "user");
        let listed: Vec<String> = listed.iter().map(|key| text(key, "id")).collect();
        assert_eq!(shown, listed, "{page}");
    }
}

/// The public ids of the keys on a page, in order.
fn ids(page: &str) -> Vec<String> {
    let rows = page.split("<th scope=\"row\">").skip(1);
    let id = |row: &str| row.split_once("/keys/")?.1.split('"').next().map(ToOwned::to_owned);
    rows.filter_map(id).collect()
}

#[tokio::test]
async fn the_other_lists_are_the_same_on_the_page_and_by_the_api() {
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    let admin = Clerk::admin(&world).await;
    world.workspace().await;
    let (robot, _) = scene.robot().await;
    let (gone, _) = scene.robot().await;
    world.delete(&format!("robots/{gone}")).await;
    world.post(&format!("robots/{robot}/pause"), &json!({"reason": "for a test"})).await;
    let (ended, _) = world.gateway(&json!({})).await;
    world.post(&format!("gateways/{ended}/revoke"), &json!({"reason": "for a test"})).await;
    let removed = world.register(&unique("removed"), "shared", None).await;
    world.delete(&format!("servers/{removed}")).await;
    for (page, query, api, asked) in [
        ("workspaces", "", "workspaces", ""),
        ("workspaces", "q=PLACE", "workspaces", "q=PLACE"),
        ("robots", "", "robots", "state=not_deleted"),
        ("robots", "state=paused", "robots", "state=paused"),
        ("robots", "state=deleted&q=robot", "robots", "state=deleted&q=robot"),
        ("tools", "", "servers", "state=active"),
        ("tools", "state=removed", "servers", "state=removed"),
        ("gateways", "", "gateways", "state=not_revoked"),
        ("gateways", "state=revoked&q=GATE", "gateways", "q=GATE"),
        ("roles", "", "roles", ""),
    ] {
        let asked = format!("{asked}&sort=name");
        let found = same(&world, &admin, (page, query), (api, asked.trim_start_matches('&'))).await;
        assert!(!found.is_empty(), "{page}?{query}");
    }
    // Invitations of people and of agents: the newest first, as their pages have them.
    for list in ["member-invitations", "invitations"] {
        let oldest = world.list(list).await;
        let mut newest = world.list(&format!("{list}?sort=-created")).await;
        newest.reverse();
        assert_eq!(oldest, newest, "{list}");
    }
}

#[tokio::test]
async fn pages_of_the_api_follow_each_other_in_every_order() {
    let world = World::shared().await.neighbour().await;
    let mut agents = Vec::new();
    for at in 0..13 {
        // Equal names among them, some that differ by case alone, and dots, which places in a list have too.
        let name = format!("{}. helper.{}", if at % 2 == 0 { "Late" } else { "late" }, at / 4);
        agents.push(text(&world.post("agents", &json!({"name": name})).await, "id"));
    }
    for sort in ["created", "-created", "name", "-name", "state", "-state", "seen", "-seen"] {
        let list = format!("agents?q=HELPER&sort={sort}");
        let all = names(&world.list(&list).await);
        assert_eq!(all.len(), 13, "{sort}");
        assert_eq!(by_pages(&world, &list, 3).await, all, "{sort}");
    }
    // The last of a page leaves the list before the next page is asked for: nobody is missed, nobody comes twice.
    let paged = "agents?state=live&sort=-name&limit=4";
    let whole = names(&world.list("agents?state=live&sort=-name").await);
    let first = world.get(paged).await;
    let last = text(&first["items"][3], "id");
    world.post(&format!("agents/{last}/pause"), &json!({"reason": "for a test"})).await;
    let after = encoded(&text(&first, "next"));
    let second = world.get(&format!("{paged}&after={after}")).await;
    assert_eq!(names(second["items"].as_array().expect("items")), whole[4..8]);
}

#[tokio::test]
async fn filters_and_orders_that_do_not_exist_are_told_with_their_field() {
    let world = World::shared().await;
    for (list, query, field) in [
        ("agents", "state=alive", "state"),
        ("agents", "credential=password", "credential"),
        ("agents", "used=often", "used"),
        ("agents", "sort=age", "sort"),
        ("agents", "sort=--name", "sort"),
        ("agents", "sort=name&after=00000000-0000-7000-8000-000000000000", "after"),
        ("agents", "sort=seen&after=x.00000000-0000-7000-8000-000000000000", "after"),
        ("agents", "after=name.00000000-0000-7000-8000-000000000000", "after"),
        ("agents", "sort=name&limit=0", "limit"),
        ("members", "role=king", "role"),
        ("members", "agents=2", "agents"),
        ("members", "seen=30d", "seen"),
        ("members", "sort=email", "sort"),
        ("members", "sort=agents&after=1.x", "after"),
        ("keys", "kind=person", "kind"),
        ("keys", "state=dead", "state"),
        ("keys", "sort=name", "sort"),
        ("robots", "state=gone", "state"),
        ("gateways", "state=gone", "state"),
        ("servers", "state=gone", "state"),
        ("workspaces", "sort=size", "sort"),
        ("roles", "sort=grants", "sort"),
        ("invitations", "state=gone", "state"),
        ("member-invitations", "state=gone", "state"),
    ] {
        let answer = world.manage("GET", &format!("{list}?{query}"), None).await;
        assert_eq!(answer.status, 400, "{list}?{query}: {}", answer.text());
        let problem = answer.json();
        assert_eq!(problem["errors"][0]["field"], field, "{list}?{query}: {problem}");
    }
    // What no list knows, and what is no id at all.
    for query in ["stat=live", "owner=me", "workspace=finance", "limit=5&limit=6"] {
        let answer = world.manage("GET", &format!("agents?{query}"), None).await;
        assert_eq!(answer.status, 400, "{query}: {}", answer.text());
        assert_eq!(answer.json()["code"], "malformed", "{query}");
    }
}
