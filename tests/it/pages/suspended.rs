//! An organization that the operator suspended: its people see a plain page that says so, whom to ask, and the way on.

use std::time::Duration;

use serde_json::json;
use testkit::http::Request;
use testkit::process::{eventually, run};

use super::signed_in::{admin, guest, member};
use crate::world::{Scene, World, reason, text, unique, with};

/// An operator's command about an organization, and until the program has it from the database.
async fn operate(world: &World, command: &str, more: &[&str]) {
    run(with(&world.database).args(["admin", command, &world.organization]).args(more));
    // Nobody sees anything of an organization that is suspended.
    let is_so = async || {
        let answer = world.manage("GET", "members", None).await;
        let sees = answer.status == 200 && answer.json()["items"] != json!([]);
        (sees == (command == "resume")).then_some(())
    };
    eventually("it is so", Duration::from_secs(30), is_so).await;
}

#[tokio::test]
async fn its_people_are_told_so_and_whom_to_ask() {
    let shared = World::shared().await;
    let (world, other) = (shared.neighbour().await, shared.neighbour().await);
    let scene = Scene::set(&world).await;
    let person = &scene.acting.owner;
    other.post("members", &json!({"user": person, "role": "member"})).await;
    let (here, there) = (format!("/o/{}", world.organization), format!("/o/{}", other.organization));
    let (mut theirs, mut owner, mut guest) =
        (member(&world, person).await, admin(&world).await, guest(&world).await);
    theirs.open(&here).await.answers(200);

    operate(&world, "suspend", &["--reason", "unpaid since June"]).await;
    let told = "</bdi> is suspended</h1>";
    for path in ["", "/agents", "/audit", "/settings", "/people", "/no/such/page/of/it"] {
        let page = theirs.open(&format!("{here}{path}")).await;
        if path.starts_with("/no/") {
            page.answers(404);
            continue;
        }
        let page = page.answers(403).says("Nothing of it is lost.");
        assert!(page.text.contains(told), "{}", page.text);
        // Whom to ask, and the way on; not why, and nothing of what is in it.
        let page = page.says("Maya Chen").hides("unpaid").hides(&scene.acting.agent_name);
        assert!(page.text.contains(&format!("href=\"{there}\"")), "{}", page.text);
    }
    theirs.open(&there).await.answers(200);
    let choice = theirs.open("/choose").await.answers(200).says("Suspended");
    assert!(choice.text.contains(&format!("href=\"{here}\"")), "{}", choice.text);
    theirs.open("/account").await.answers(200);
    let page = owner.open(&here).await.answers(403).says("unpaid since June");
    page.says("ask whoever runs this installation").says("Sign out");
    guest.open(&here).await.answers(403).says("Ask whoever invited you.").hides("Maya Chen");
    // Nothing is done in it either, by a form or by a program, and its agents are refused.
    let csrf = owner.open(&here).await.form("/sign-out").fields;
    owner.post(format!("{here}/settings/general"), csrf).await.answers(403);
    let request = Request::get(&world.path("agents")).header("cookie", &owner.cookie());
    let listed = request.send(world.address).await;
    assert!(listed.status == 403 || listed.json()["items"] == json!([]), "{}", listed.text());
    assert_eq!(reason(&scene.check("search_notes", &json!({})).await), "organization_suspended");

    operate(&world, "resume", &[]).await;
    theirs.open(&here).await.answers(200);
    assert_eq!(reason(&scene.check("search_notes", &json!({})).await), "allow");
}

#[tokio::test]
async fn who_has_no_other_organization_comes_to_the_same_page() {
    let world = World::shared().await.neighbour().await;
    let person = world.person(&unique("Alone")).await;
    operate(&world, "suspend", &[]).await;
    // Signing in works, and leads to what is said.
    let mut visitor = super::visitor::Visitor::new(world.address);
    let printed = run(with(&world.database).args([
        "admin",
        "sign-in-link",
        "--org",
        &world.organization,
        "--user",
        &person,
    ]));
    let link =
        printed.lines().find_map(|line| line.strip_prefix("ANSWERABLE_SIGN_IN_LINK=")).expect("a link");
    let path = &link[link.find("/sign-in/").expect("a path")..];
    let page = visitor.open(path).await.answers(200);
    let page = visitor.send(&page, path, &[]).await.answers(403);
    let page = page.says("is suspended").says("Maya Chen").hides("Your other organizations");
    assert_eq!(page.path, format!("/o/{}", world.organization));
    visitor.send(&page, "/sign-out", &[]).await.says("Work e-mail");
    operate(&world, "resume", &[]).await;
    assert!(!text(&world.get(&format!("members/{person}")).await, "name").is_empty());
}
