//! Servers and tools: registered, changed, reviewed, taken out of use.

use serde_json::json;

use super::clerk::Clerk;
use crate::world::{Scene, World, text, unique};

#[tokio::test]
async fn a_server_is_registered_given_a_tool_and_taken_out_of_use() {
    let world = World::shared().await;
    let admin = Clerk::admin(world).await;
    let slug = unique("mail");
    let wrong =
        admin.post("servers/new", &[("name", "Mail"), ("slug", &slug), ("url", "ftp://nowhere")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("value=\"ftp://nowhere\""));
    let name = unique("Mail <em>");
    let made = admin
        .post(
            "servers/new",
            &[("name", &name), ("slug", &slug), ("credential_mode", "shared"), ("identity_mode", "agent")],
        )
        .await;
    assert!(admin.follow(&made).await.contains("offered nowhere until"));

    let there = format!("servers/{slug}");
    let tool =
        [("name", "send<mail>"), ("description", "Sends."), ("input_schema", "{not json"), ("risk", "write")];
    let wrong = admin.post(&format!("{there}/tools/new"), &tool).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("{not json"), "what was typed is kept");
    let tool = [("name", "send<mail>"), ("description", "Sends."), ("input_schema", ""), ("risk", "write")];
    assert_eq!(admin.post(&format!("{there}/tools/new"), &tool).await.status, 303);
    assert_eq!(admin.post(&format!("{there}/tools/new"), &tool).await.status, 422, "there is one already");
    let shown = admin.page(&there).await;
    assert!(!shown.contains("send<mail>"), "{shown}");

    let tools = world.list(&format!("{there}/tools")).await;
    let page = format!("{there}/tools/{}", text(&tools[0], "id"));
    assert!(admin.page(&page).await.contains("so nobody may call it"));
    assert_eq!(admin.post(&page, &[("title", "Send mail"), ("risk", "destructive")]).await.status, 303);
    assert_eq!(
        text(&world.get(&format!("{there}/tools/{}", text(&tools[0], "id"))).await, "risk"),
        "destructive"
    );

    assert_eq!(admin.post(&format!("{there}/remove"), &[("confirm", "no")]).await.status, 422);
    for _ in 0..2 {
        let gone = admin.post(&format!("{there}/remove"), &[("confirm", &name), ("reason", "old")]).await;
        assert_eq!(gone.status, 303, "{}", gone.text());
    }
    assert!(admin.page(&there).await.contains("Taken out of use"));
    assert!(admin.page("tools?state=removed").await.contains(&slug));
}

#[tokio::test]
async fn an_edit_of_a_server_that_comes_too_late_shows_both_versions() {
    let world = World::shared().await;
    let admin = Clerk::admin(world).await;
    let slug = unique("late");
    let id = world.register(&slug, "shared", None).await;
    let version = text(&world.get(&format!("servers/{id}")).await, "version");
    world.patch(&format!("servers/{id}"), &json!({"name": "Theirs"})).await;
    let fields = [
        ("name", "Mine"),
        ("url", ""),
        ("credential_mode", "personal"),
        ("identity_mode", "agent"),
        ("version", &version),
    ];
    let late = admin.post(&format!("servers/{slug}/edit"), &fields).await;
    assert_eq!(late.status, 409);
    let shown = late.text();
    assert!(shown.contains("Mine") && shown.contains("Theirs") && shown.contains("Personal"), "{shown}");
}

#[tokio::test]
async fn an_auditor_changes_no_server_and_no_role() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let auditor = Clerk::of(world, &world.person_as(&unique("Auditor"), "auditor").await).await;
    let server = format!("servers/{}", scene.server);
    let role = format!("roles/{}", scene.role);
    for page in ["tools", "roles", &server, &format!("{server}/grants"), &format!("{server}/review"), &role] {
        assert_eq!(auditor.get(page).await.status, 200, "{page}");
    }
    let tool = text(&world.list(&format!("{server}/tools")).await[0], "id");
    for (path, fields) in [
        ("servers/new".to_owned(), vec![("name", "X"), ("slug", "auditors-own")]),
        (format!("{server}/edit"), vec![("name", "X"), ("credential_mode", "shared")]),
        (format!("{server}/remove"), vec![("confirm", scene.server.as_str())]),
        (format!("{server}/import"), vec![]),
        (format!("{server}/tools/new"), vec![("name", "x"), ("risk", "read")]),
        (format!("{server}/tools/{tool}"), vec![("title", "x"), ("risk", "read")]),
        (format!("{server}/grants/save"), vec![("add", &*format!("{}/{tool}", scene.role))]),
        ("roles/new".to_owned(), vec![("name", "X")]),
        (format!("{role}/edit"), vec![("name", "X")]),
        (
            format!("{role}/grants/new"),
            vec![("server", scene.server_id.as_str()), ("tools", "*"), ("act", "save")],
        ),
    ] {
        let answer = auditor.post(&path, &fields).await;
        assert_eq!(answer.status, 403, "{path}: {}", answer.text());
    }
}
