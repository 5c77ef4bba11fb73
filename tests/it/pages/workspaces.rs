//! Workspaces: who sees which, and what goes with whom.

use serde_json::json;

use super::clerk::{Clerk, hidden};
use crate::world::{Scene, World, text, unique};

#[tokio::test]
async fn guests_see_the_workspaces_they_were_invited_to_and_no_other() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let (_, other) = world.workspace().await;
    let guest = world.person_as(&unique("Guest"), "guest").await;
    world.join(&scene.workspace, &guest, &scene.role).await;
    let guest = Clerk::of(world, &guest).await;
    let list = guest.page("workspaces").await;
    assert!(list.contains(&scene.workspace_slug) && !list.contains(&other), "{list}");
    for tab in ["", "/agents", "/guests", "/servers", "/rules"] {
        assert_eq!(
            guest.get(&format!("workspaces/{}{tab}", scene.workspace_slug)).await.status,
            200,
            "{tab}"
        );
        assert_eq!(guest.get(&format!("workspaces/{other}{tab}")).await.status, 404, "{tab}");
    }
    let servers = guest.page(&format!("workspaces/{}/servers", scene.workspace_slug)).await;
    assert!(!servers.contains("/servers/shared"), "no link to what they may not see: {servers}");
}

#[tokio::test]
async fn agents_stand_under_their_owners_and_are_blocked_here_alone() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let admin = Clerk::admin(world).await;
    let there = format!("workspaces/{}", scene.workspace_slug);
    let shown = admin.page(&format!("{there}/agents")).await;
    let owner = &scene.acting.owner_name;
    assert!(shown.contains(&format!("Inherited through <bdi>{owner}</bdi>")), "{shown}");
    let agent = &scene.acting.agent;
    assert_eq!(admin.get(&format!("{there}/agents/{agent}/block")).await.status, 200);
    for _ in 0..2 {
        assert_eq!(admin.post(&format!("{there}/agents/{agent}/block"), &[]).await.status, 303);
    }
    assert_eq!(scene.check("search_notes", &json!({})).await["reason"], "blocked_here");
    assert!(admin.page(&format!("{there}/agents")).await.contains("Blocked here"));
    for _ in 0..2 {
        assert_eq!(admin.post(&format!("{there}/agents/{agent}/lift"), &[]).await.status, 303);
    }
    assert_eq!(scene.check("search_notes", &json!({})).await["decision"], true);
}

#[tokio::test]
async fn taking_a_person_out_names_the_agents_that_go_with_them() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let admin = Clerk::admin(world).await;
    let place = format!("workspaces/{}/members/{}/remove", scene.workspace_slug, scene.acting.owner);
    let asked = admin.page(&place).await;
    assert!(asked.contains(&scene.acting.agent_name) && asked.contains("out in the same moment"), "{asked}");
    let done = admin.post(&place, &[("reason", "moved on")]).await;
    assert!(admin.follow(&done).await.contains("with 1 agent, after"));
    assert_eq!(scene.check("search_notes", &json!({})).await["decision"], false);
    let twice = admin.post(&place, &[("reason", "moved on")]).await;
    assert_eq!(twice.status, 303, "{}", twice.text());
}

#[tokio::test]
async fn a_workspace_is_made_filled_and_given_rules() {
    let world = World::shared().await;
    let admin = Clerk::admin(world).await;
    let slug = unique("finance");
    let wrong = admin.post("workspaces/new", &[("name", "Finance"), ("slug", "Not A Slug")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("value=\"Not A Slug\""));
    let made = admin
        .post("workspaces/new", &[("name", "Finance <i>&"), ("slug", &slug), ("guest_agents", "yes")])
        .await;
    let shown = admin.follow(&made).await;
    assert!(
        shown.contains("Finance &#60;i&#62;&#38;") || shown.contains("Finance &lt;i&gt;&amp;"),
        "{shown}"
    );
    let taken = admin.post("workspaces/new", &[("name", "Again"), ("slug", &slug)]).await;
    assert_eq!(taken.status, 422);

    let there = format!("workspaces/{slug}");
    let role = world.role(&[]).await;
    let name = unique("Colleague");
    let person = world.person(&name).await;
    let nobody = admin.post(&format!("{there}/add"), &[("role", &role)]).await;
    assert_eq!(nobody.status, 422);
    let added = admin.post(&format!("{there}/add"), &[("person", &person), ("role", &role)]).await;
    assert!(admin.follow(&added).await.contains(&name));
    let by_name = admin.post(&format!("{there}/add"), &[("person", &name), ("role", &role)]).await;
    assert_eq!(by_name.status, 422, "they are there already");

    let rules = admin.page(&format!("{there}/rules")).await;
    let version = hidden(&rules, "version").expect("a version");
    world.patch(&format!("workspaces/{slug}"), &json!({"name": "Treasury"})).await;
    let fields = [
        ("name", "Money"),
        ("visibility", "organization"),
        ("access_mode", "explicit"),
        ("version", &version),
    ];
    let late = admin.post(&format!("{there}/rules"), &fields).await;
    assert_eq!(late.status, 409);
    let shown = late.text();
    assert!(shown.contains("Money") && shown.contains("Treasury"), "both versions: {shown}");
    let version = hidden(&shown, "version").expect("the new version");
    let fields = [
        ("name", "Money"),
        ("visibility", "organization"),
        ("access_mode", "explicit"),
        ("version", &version),
    ];
    assert_eq!(admin.post(&format!("{there}/rules"), &fields).await.status, 303);
    let now = world.get(&format!("workspaces/{slug}")).await;
    assert_eq!((text(&now, "name"), text(&now, "access_mode")), ("Money".into(), "explicit".into()));
    let activity = admin.page(&format!("{there}/activity")).await;
    assert!(activity.contains("the name from Treasury to Money"), "{activity}");
}

#[tokio::test]
async fn servers_are_offered_and_no_longer() {
    let world = World::shared().await;
    let admin = Clerk::admin(world).await;
    let (_, slug) = world.workspace().await;
    let server = world.register(&unique("spare"), "shared", None).await;
    let there = format!("workspaces/{slug}/servers");
    assert!(admin.page(&there).await.contains("offers no server yet"));
    assert_eq!(admin.post(&there, &[("server", &server)]).await.status, 303);
    assert!(admin.page(&format!("{there}/{server}/detach")).await.contains("Stop offering"));
    for _ in 0..2 {
        assert_eq!(admin.post(&format!("{there}/{server}/detach"), &[]).await.status, 303);
    }
    assert_eq!(admin.get(&format!("{there}/{server}/detach")).await.status, 404);
}

#[tokio::test]
async fn an_auditor_changes_no_workspace() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let auditor = Clerk::of(world, &world.person_as(&unique("Auditor"), "auditor").await).await;
    let there = format!("workspaces/{}", scene.workspace_slug);
    for tab in ["", "/agents", "/guests", "/servers", "/rules", "/activity"] {
        assert_eq!(auditor.get(&format!("{there}{tab}")).await.status, 200, "{tab}");
    }
    for (path, fields) in [
        ("workspaces/new".to_owned(), vec![("name", "X"), ("slug", "auditors-own")]),
        (
            format!("{there}/add"),
            vec![("person", scene.acting.owner.as_str()), ("role", scene.role.as_str())],
        ),
        (format!("{there}/rules"), vec![("name", "X")]),
        (format!("{there}/servers"), vec![("server", scene.server_id.as_str())]),
        (format!("{there}/servers/{}/detach", scene.server_id), vec![]),
        (format!("{there}/agents/{}/block", scene.acting.agent), vec![]),
        (format!("{there}/members/{}/remove", scene.acting.owner), vec![]),
        (format!("{there}/memberships/{}/remove", scene.membership), vec![]),
    ] {
        let answer = auditor.post(&path, &fields).await;
        assert_eq!(answer.status, 403, "{path}: {}", answer.text());
    }
    assert_eq!(scene.check("search_notes", &json!({})).await["decision"], true);
}
