//! Robots: made, changed, paused by a steward, deleted.

use serde_json::json;

use super::clerk::{Clerk, hidden};
use crate::world::{Scene, World, text, unique};

#[tokio::test]
async fn a_robot_is_made_changed_paused_and_deleted() {
    let world = World::shared().await;
    let admin = Clerk::admin(world).await;
    let steward_name = unique("Steward");
    let steward = world.person(&steward_name).await;
    let name = unique("Nightly");
    assert_eq!(admin.post("robots/new", &[("name", "")]).await.status, 422);
    let made = admin
        .post("robots/new", &[("name", &name), ("purpose", "Reports"), ("steward", &steward_name)])
        .await;
    let shown = admin.follow(&made).await;
    assert!(shown.contains(&name) && shown.contains(&steward_name), "{shown}");
    let there = made.header("location").expect("where it is").rsplit('/').next().expect("an id").to_owned();
    let there = format!("robots/{there}");

    let form = admin.page(&format!("{there}/edit")).await;
    let version = hidden(&form, "version").expect("a version");
    world.patch(&there, &json!({"purpose": "Other reports"})).await;
    let fields =
        [("name", name.as_str()), ("purpose", "My reports"), ("steward", &steward), ("version", &version)];
    let late = admin.post(&format!("{there}/edit"), &fields).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("My reports") && late.text().contains("Other reports"));

    let steward = Clerk::of(world, &steward).await;
    assert_eq!(steward.post(&format!("{there}/pause"), &[("reason", "odd")]).await.status, 303);
    assert!(steward.page(&there).await.contains("odd"));
    assert_eq!(steward.post(&format!("{there}/resume"), &[]).await.status, 403, "an administrator resumes");
    assert_eq!(admin.post(&format!("{there}/resume"), &[]).await.status, 303);

    let mistyped = admin.post(&format!("{there}/delete"), &[("confirm", "something else")]).await;
    assert_eq!(mistyped.status, 422);
    for _ in 0..2 {
        assert_eq!(admin.post(&format!("{there}/delete"), &[("confirm", &name)]).await.status, 303);
    }
    assert_eq!(text(&world.get(&there).await, "state"), "deleted");
    assert!(!admin.page("robots").await.contains(&format!("<bdi>{name}</bdi>")));
}

#[tokio::test]
async fn a_robots_page_names_what_is_closed_to_it() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let robot = world.robot(&scene.workspace, &scene.role).await;
    let auditor = Clerk::of(world, &world.person_as(&unique("Auditor"), "auditor").await).await;
    let shown = auditor.page(&format!("robots/{robot}")).await;
    assert!(shown.contains("Closed to robots there") && shown.contains(&scene.personal), "{shown}");
    for act in ["pause", "delete", "edit"] {
        let answer = auditor.post(&format!("robots/{robot}/{act}"), &[("name", "X"), ("confirm", "X")]).await;
        assert!(matches!(answer.status, 403 | 422), "{act}: {}", answer.status);
    }
    assert_eq!(text(&world.get(&format!("robots/{robot}")).await, "state"), "live");
}
