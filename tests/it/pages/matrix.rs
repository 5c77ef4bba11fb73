//! The matrix of roles and tools: boxes, review, save; patterns and limits stay as they are.

use serde_json::{Value, json};

use super::clerk::{Clerk, hidden};
use crate::world::{Scene, World, text};

/// The id of a tool of the scene's shared server.
async fn tool(world: &World, server: &str, name: &str) -> String {
    let tools = world.list(&format!("servers/{server}/tools")).await;
    let found = tools.iter().find(|tool| tool["name"] == name).expect("the tool");
    text(found, "id")
}

async fn grants(world: &World, server: &str) -> Vec<Value> {
    world.get(&format!("servers/{server}/grants")).await["items"].as_array().expect("grants").clone()
}

#[tokio::test]
async fn boxes_are_reviewed_and_saved_in_one_piece() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let admin = Clerk::admin(world).await;
    let (role, server) = (scene.role.as_str(), scene.server.as_str());
    let there = format!("servers/{server}/grants");
    let [search, create, transfer] = [
        tool(world, server, "search_notes").await,
        tool(world, server, "create_note").await,
        tool(world, server, "transfer").await,
    ];
    let shown = admin.page(&format!("{there}?role={role}")).await;
    assert!(shown.contains(&format!("value=\"{role}/{search}\"")), "{shown}");
    assert!(shown.contains("if /amount is at most 100"), "limits are shown as such: {shown}");

    let version = hidden(&shown, "version").expect("a version");
    let on = format!("{role}/{create}");
    let boxes = [
        ("role", role),
        ("tool", &search),
        ("tool", &create),
        ("tool", &transfer),
        ("on", &on),
        ("version", &version),
    ];
    let review = admin.post(&there, &boxes).await;
    assert_eq!(review.status, 200, "{}", review.text());
    let review = review.text();
    assert!(
        review.contains("Review 2 changes") && review.contains("May now") && review.contains("No longer"),
        "{review}"
    );
    assert!(!review.contains("<code>transfer</code>"), "what is limited is not rewritten: {review}");
    assert_eq!(scene.check("search_notes", &json!({})).await["decision"], true, "nothing is written before");

    let (add, remove) = (hidden(&review, "add").expect("add"), hidden(&review, "remove").expect("remove"));
    let version = hidden(&review, "version").expect("a version");
    let save = [("add", add.as_str()), ("remove", &remove), ("version", &version)];
    let saved = admin.post(&format!("{there}/save"), &save).await;
    assert!(admin.follow(&saved).await.contains("2 changes saved, in one piece"));
    assert_eq!(scene.check("search_notes", &json!({})).await["decision"], false);
    assert_eq!(scene.check("create_note", &json!({})).await["decision"], true);
    assert_eq!(
        scene.check("transfer", &json!({"amount": 50})).await["decision"],
        true,
        "the limited grant stands"
    );
    let before = grants(world, server).await;
    let twice = admin.post(&format!("{there}/save"), &save).await;
    assert!(matches!(twice.status, 303 | 400), "{}", twice.text());
    assert_eq!(grants(world, server).await, before, "sent twice, done once");
}

#[tokio::test]
async fn what_a_pattern_reaches_has_no_box() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let admin = Clerk::admin(world).await;
    let there = format!("servers/{}/grants", scene.personal);
    let search = tool(world, &scene.personal, "search_notes").await;
    let shown = admin.page(&format!("{there}?role={}", scene.role)).await;
    assert!(!shown.contains(&format!("value=\"{}/{search}\"", scene.role)), "{shown}");
    assert!(shown.contains("Reached by the pattern"), "{shown}");
    let unset = admin.post(&there, &[("role", scene.role.as_str()), ("tool", &search)]).await;
    assert_eq!(unset.status, 422, "an unset box of a pattern changes nothing");
    assert!(unset.text().contains("No box is different"));
}

#[tokio::test]
async fn a_matrix_that_was_changed_meanwhile_is_reviewed_again() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let admin = Clerk::admin(world).await;
    let there = format!("servers/{}/grants", scene.server);
    let create = tool(world, &scene.server, "create_note").await;
    let version = text(&world.get(&there).await, "version");
    let other = json!({"server": scene.server_id, "tools": "other_*"});
    world.post(&format!("roles/{}/grants", scene.role), &other).await;
    let on = format!("{}/{create}", scene.role);
    let fields = [("role", scene.role.as_str()), ("tool", &create), ("on", &on), ("version", &version)];
    let review = admin.post(&there, &fields).await;
    assert_eq!(review.status, 409);
    assert!(review.text().contains("Somebody else changed grants"));
    let late = admin.post(&format!("{there}/save"), &[("add", &on), ("version", &version)]).await;
    assert_eq!(late.status, 409, "{}", late.text());
    assert!(late.text().contains("create_note"), "nothing of the review is lost");
}

#[tokio::test]
async fn a_grant_with_limits_is_written_tried_and_changed() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let admin = Clerk::admin(world).await;
    let there = format!("roles/{}", scene.role);
    let limits = |value: &'static str, act: &'static str| {
        vec![
            ("server", scene.server_id.clone()),
            ("tools", "create_*".to_owned()),
            ("pointer", "/size".to_owned()),
            ("operator", "at_most".to_owned()),
            ("value", value.to_owned()),
            ("arguments", "{\"size\": 11}".to_owned()),
            ("act", act.to_owned()),
        ]
    };
    let send = async |fields: Vec<(&'static str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        admin.post(&format!("{there}/grants/new"), &fields).await
    };
    let wrong = send(limits("many", "save")).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("Compare with a number") && wrong.text().contains("value=\"many\""));
    let more = send(limits("10", "more")).await;
    assert_eq!((more.status, more.text().matches("name=\"pointer\"").count()), (200, 2));
    let tried = send(limits("10", "try")).await;
    assert!(tried.text().contains("Does not hold") && tried.text().contains("/size is at most 10"));
    let saved = send(limits("10", "save")).await;
    assert!(admin.follow(&saved).await.contains("/size is at most 10"));
    assert_eq!(send(limits("10", "save")).await.status, 303, "the same once more changes nothing");

    let grant = grants(world, &scene.server).await;
    let grant = grant.iter().find(|grant| grant["tools"] == "create_*").expect("the grant");
    let id = text(grant, "id");
    let shown = admin.page(&format!("{there}/grants/{id}")).await;
    assert!(shown.contains("value=\"/size\"") && shown.contains("value=\"10\""), "{shown}");
    let mut fields = limits("20", "save");
    fields.push(("old", id.clone()));
    assert_eq!(send(fields).await.status, 303);
    let now = grants(world, &scene.server).await;
    let now: Vec<&Value> = now.iter().filter(|grant| grant["tools"] == "create_*").collect();
    assert_eq!((now.len(), &now[0]["constraints"][0]["value"]), (1, &json!(20)));
    let id = text(now[0], "id");
    for _ in 0..2 {
        assert_eq!(admin.post(&format!("{there}/grants/{id}/remove"), &[]).await.status, 303);
    }
}
