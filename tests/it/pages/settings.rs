//! Settings: the name, and what stops, takes along or ends everything.

use serde_json::json;

use super::clerk::{Clerk, hidden};
use crate::world::{Own, World, text, unique};

/// What the organization is called, as its form says.
async fn called(clerk: &Clerk<'_>) -> String {
    let page = clerk.page("settings/general").await;
    let field = page.split_once("id=\"name\"").expect("the field").1;
    field.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("its value").to_owned()
}

#[tokio::test]
async fn the_organization_is_renamed_and_a_late_name_is_shown_beside_the_other() {
    let own = Own::start().await;
    let clerk = Clerk::admin(&own.world).await;
    let page = clerk.page("settings/general").await;
    let version = hidden(&page, "version").expect("a version");
    assert_eq!(clerk.post("settings/general", &[("name", ""), ("version", &version)]).await.status, 422);
    let name = "Nordwind & <i>Söhne</i> شركة";
    let saved = clerk.post("settings/general", &[("name", name), ("version", &version)]).await;
    let page = clerk.follow(&saved).await;
    assert!(page.contains("Nordwind &#38; &#60;i&#62;Söhne") && !page.contains("<i>Söhne"), "{page}");
    let late = clerk.post("settings/general", &[("name", "Late"), ("version", &version)]).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("Late") && late.text().contains("Nordwind"));
}

/// security.md: the danger zone is the owners'; an auditor reads it, and for members it is not there.
#[tokio::test]
async fn who_may_not_does_not() {
    let world = World::shared().await;
    let auditor = Clerk::of(world, &world.person_as(&unique("Auditor"), "auditor").await).await;
    assert!(auditor.page("settings/danger").await.contains("aria-disabled"));
    assert!(auditor.page("settings/general").await.contains("settings"));
    let admin = Clerk::of(world, &world.person_as(&unique("Admin"), "admin").await).await;
    for (clerk, acts) in [
        (&auditor, &["stop", "release", "delete", "copy", "transfer"][..]),
        (&admin, &["delete", "copy", "transfer"]),
    ] {
        for act in acts {
            let path = format!("settings/danger/{act}");
            let answer = clerk.post(&path, &[("reason", "x"), ("confirm", &world.organization)]).await;
            assert!(
                answer.status == 403 || (*act == "release" && answer.status == 303) || answer.status == 422,
                "{act}: {}",
                answer.status
            );
        }
    }
    let member = Clerk::of(world, &world.person(&unique("Member")).await).await;
    for path in ["settings/danger", "settings/general", "settings/danger/delete", "settings/danger/stop"] {
        assert_eq!(member.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_copy_is_taken_and_is_whole() {
    let own = Own::start().await;
    let clerk = Clerk::admin(&own.world).await;
    assert_eq!(clerk.post("settings/danger/copy", &[("reason", "")]).await.status, 422);
    let copy = clerk.post("settings/danger/copy", &[("reason", "a yearly review")]).await;
    assert_eq!(copy.status, 200);
    assert!(copy.header("content-disposition").expect("a file").contains(".jsonl"));
    let text = copy.text();
    assert!(text.starts_with("{\"export\":") && text.trim_end().ends_with("}}"), "{text}");
    assert!(text.lines().last().expect("a line").starts_with("{\"end\":"), "whole");
}

#[tokio::test]
async fn ownership_goes_to_somebody_else() {
    let own = Own::start().await;
    let world = &own.world;
    let heir = world.person("Amara Okafor").await;
    let clerk = Clerk::admin(world).await;
    let first = text(&world.list("members?role=owner").await[0], "id");
    let name = called(&clerk).await;
    let fields = [("to", heir.as_str()), ("stays", "admin"), ("confirm", "wrong")];
    assert_eq!(clerk.post("settings/danger/transfer", &fields).await.status, 422);
    let fields = [("to", heir.as_str()), ("stays", "admin"), ("confirm", name.as_str())];
    let done = clerk.post("settings/danger/transfer", &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let owners = world.list("members?role=owner").await;
    assert_eq!(owners.iter().map(|owner| text(owner, "id")).collect::<Vec<_>>(), std::slice::from_ref(&heir));
    assert_eq!(text(&world.get(&format!("members/{first}")).await, "role"), "admin");
    assert_eq!(
        clerk.post("settings/danger/transfer", &fields).await.status,
        403,
        "an administrator appoints no owner"
    );
}

#[tokio::test]
async fn the_end_is_begun_and_taken_back() {
    let own = Own::start().await;
    let world = &own.world;
    let clerk = Clerk::admin(world).await;
    let name = called(&clerk).await;
    let asked = clerk.page("settings/danger/delete").await;
    assert!(asked.contains("People who lose it") && asked.contains("30 days"), "{asked}");
    let mistyped = clerk.post("settings/danger/delete", &[("reason", "over"), ("confirm", "x")]).await;
    assert_eq!(mistyped.status, 422);
    let begun = clerk.post("settings/danger/delete", &[("reason", "over"), ("confirm", &name)]).await;
    let page = clerk.follow(&begun).await;
    assert!(page.contains("is ending") && page.contains("over"), "{page}");
    assert_eq!(
        world.manage("POST", "workspaces", Some(&json!({"name": "X", "slug": "during"}))).await.status,
        403
    );
    assert!(clerk.page("").await.contains("is ending"), "the overview says so too");
    assert_eq!(clerk.post("settings/danger/undelete", &[]).await.status, 303);
    assert!(!clerk.page("").await.contains("is ending"));
    assert_eq!(
        world.manage("POST", "workspaces", Some(&json!({"name": unique("X"), "slug": "after"}))).await.status,
        201
    );
}
