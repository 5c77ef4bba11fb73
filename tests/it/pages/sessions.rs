//! The sessions of a person as an administrator sees and ends them: those that reach the organization, and nothing of
//! others.

use serde_json::{Value, json};
use testkit::http::Request;

use super::clerk::Clerk;
use super::signed_in::member;
use crate::world::{World, text, unique};

const SECTION: &str = "Where they are signed in here";

/// The sessions of somebody, as the API tells them.
async fn sessions(world: &World, person: &str) -> Vec<Value> {
    world.list(&format!("members/{person}/sessions")).await
}

#[tokio::test]
async fn an_administrator_ends_one_session_and_all_of_them() {
    let world = World::shared().await;
    let admin = Clerk::admin(world).await;
    let name = unique("Signed In");
    let person = world.person(&name).await;
    let page = format!("people/{person}");
    let workspaces = format!("/o/{}/workspaces", world.organization);
    assert!(admin.page(&page).await.contains("Nowhere at the moment."));

    let (mut desk, mut phone) = (member(world, &person).await, member(world, &person).await);
    for browser in [&mut desk, &mut phone] {
        browser.open(&workspaces).await.answers(200);
    }
    let open = sessions(world, &person).await;
    assert_eq!(open.len(), 2, "{open:?}");
    assert_eq!((text(&open[0], "proof"), text(&open[0], "address")), ("link".into(), "127.0.0.1".into()));
    let shown = admin.page(&page).await;
    assert!(shown.contains(SECTION) && shown.contains("one-time link"), "{shown}");

    // The phone came last and stands first.
    let first = format!("{page}/sessions/{}/end", text(&open[0], "id"));
    assert!(admin.page(&first).await.contains(&format!("Sign {name} out?")));
    let too_long = "x".repeat(501);
    let refused = admin.post(&first, &[("reason", &too_long)]).await;
    assert!(refused.status == 422 && refused.text().contains(&too_long), "what was typed is kept");
    let done = admin.post(&first, &[("reason", "a lost phone")]).await;
    assert!(admin.follow(&done).await.contains("That browser opens nothing here any more."));
    assert!(phone.open(&workspaces).await.path.starts_with("/sign-in"), "at the next click");
    desk.open(&workspaces).await.answers(200);
    let twice = admin.post(&first, &[("reason", "")]).await;
    assert!(admin.follow(&twice).await.contains("That session was over already."));
    let left = sessions(world, &person).await;
    assert_eq!(left.len(), 1, "{left:?}");

    let evidence = world.get(&format!("evidence?q=action:member.sign_out%20target:{person}")).await;
    let note = evidence["items"][0]["note"].as_str().unwrap_or_default();
    assert!(note.starts_with("a lost phone (session "), "{evidence}");

    assert!(admin.page(&format!("{page}/sessions/end")).await.contains("Every browser in which"));
    let done = admin.post(&format!("{page}/sessions/end"), &[("reason", "left the train")]).await;
    assert!(admin.follow(&done).await.contains("They are signed in here nowhere any more."));
    assert!(desk.open(&workspaces).await.path.starts_with("/sign-in"));
    assert_eq!(sessions(world, &person).await, [Value::Null; 0]);
    member(world, &person).await.open(&workspaces).await.answers(200);
}

#[tokio::test]
async fn only_who_may_end_sessions_sees_them() {
    let world = World::shared().await;
    let owner = text(&world.list("members?role=owner").await[0], "id");
    let person = world.person(&unique("Watched")).await;
    let mut theirs = member(world, &person).await;
    theirs.open(&format!("/o/{}/workspaces", world.organization)).await.answers(200);
    let session = text(&sessions(world, &person).await[0], "id");
    let auditor = Clerk::of(world, &world.person_as(&unique("Auditor"), "auditor").await).await;
    let admin = Clerk::of(world, &world.person_as(&unique("Admin"), "admin").await).await;
    for (clerk, whose) in [(&auditor, &person), (&admin, &owner)] {
        assert!(!clerk.page(&format!("people/{whose}")).await.contains(SECTION));
        for page in ["sessions/end".to_owned(), format!("sessions/{session}/end")] {
            let page = format!("people/{whose}/{page}");
            assert_eq!(clerk.get(&page).await.status, 403, "{page}");
            assert_eq!(clerk.post(&page, &[("reason", "")]).await.status, 403, "{page}");
        }
    }
    assert!(admin.page(&format!("people/{person}")).await.contains(SECTION));
    // A session of somebody else is not one of theirs.
    let elsewhere = world.manage("DELETE", &format!("members/{owner}/sessions/{session}"), None).await;
    assert_eq!(elsewhere.status, 404, "{}", elsewhere.text());
    theirs.open(&format!("/o/{}/workspaces", world.organization)).await.answers(200);
}

#[tokio::test]
async fn a_session_that_opens_two_organizations_ends_in_one() {
    let world = World::shared().await;
    let (home, other) = (world.neighbour().await, world.neighbour().await);
    let person = home.person(&unique("In Two")).await;
    other.post("members", &json!({"user": person, "role": "member"})).await;
    let mut browser = member(&home, &person).await;
    let (here, there) =
        (format!("/o/{}/workspaces", home.organization), format!("/o/{}/workspaces", other.organization));
    browser.open(&here).await.answers(200);
    assert_eq!(sessions(&other, &person).await, [Value::Null; 0], "it did not come there");
    browser.open(&there).await.answers(200);
    let session = text(&sessions(&other, &person).await[0], "id");
    let api = async |browser: &super::visitor::Visitor, world: &World| {
        let request = Request::get(&world.path("workspaces")).header("cookie", &browser.cookie());
        request.send(world.address).await.status
    };
    assert_eq!(api(&browser, &other).await, 200);

    let ended = other.delete(&format!("members/{person}/sessions/{session}?reason=asked")).await;
    assert_eq!((text(&ended, "id"), ended["receipt"]["complete"].clone()), (session, json!(true)));
    let shut = browser.open(&there).await.answers(403);
    let shut = shut.says("You were signed out of").says("Sign out and in again");
    let shut = shut.says(&home.organization);
    assert_eq!(api(&browser, &other).await, 401);
    browser.open(&here).await.answers(200);
    assert_eq!(sessions(&home, &person).await.len(), 1, "another organization is not touched");

    // Signed out and in again, they are back.
    browser.send(&shut, "/sign-out", &[]).await.says("Work e-mail");
    member(&home, &person).await.open(&there).await.answers(200);
}
