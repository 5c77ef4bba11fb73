//! People: what each role sees and may do, and a removal with and without a hand-over.

use serde_json::json;

use super::clerk::{Clerk, hidden};
use crate::world::{Scene, World, text, unique};

/// A name that tries everything a page could get wrong: markup, another direction, a picture, quotes.
const STRANGE: &str = "<b onload=\"x\">&amp; שלום עולם 🙂 'Eve'";

#[tokio::test]
async fn an_auditor_reads_everything_and_changes_nothing() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let auditor = Clerk::of(world, &world.person_as(&unique("Auditor"), "auditor").await).await;
    let person = format!("people/{}", scene.acting.owner);
    for page in ["people", &person, "chart"] {
        let page = auditor.page(page).await;
        assert!(page.contains("aria-disabled=\"true\"") || page.contains("Who answers for what"), "{page}");
    }
    let shown = auditor.page(&person).await;
    assert!(
        shown.contains("Your role in the organization does not allow this. Ask an administrator."),
        "{shown}"
    );
    for (path, fields) in [
        (format!("{person}/role"), vec![("role", "admin")]),
        (format!("{person}/suspend"), vec![("reason", "")]),
        (format!("{person}/remove"), vec![("agents", "nobody")]),
        (format!("{person}/hand-over"), vec![("to", scene.acting.owner.as_str())]),
        ("people/new".to_owned(), vec![("name", "X"), ("role", "member")]),
    ] {
        let answer = auditor.post(&path, &fields).await;
        assert!(matches!(answer.status, 403 | 422), "{path}: {} {}", answer.status, answer.text());
    }
    let unchanged = world.get(&format!("members/{}", scene.acting.owner)).await;
    assert_eq!((text(&unchanged, "role"), text(&unchanged, "state")), ("member".into(), "active".into()));
}

#[tokio::test]
async fn guests_have_no_list_of_people() {
    let world = World::shared().await;
    let guest = Clerk::of(world, &world.person_as(&unique("Guest"), "guest").await).await;
    for page in ["people", "chart", "tools", "roles", "robots"] {
        assert_eq!(guest.get(page).await.status, 404, "{page}");
    }
}

#[tokio::test]
async fn members_see_people_and_not_other_peoples_agents() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let member = Clerk::of(world, &world.person(&unique("Member")).await).await;
    let shown = member.page(&format!("people/{}", scene.acting.owner)).await;
    assert!(shown.contains("Only they, administrators and auditors see"), "{shown}");
    assert!(!shown.contains(&scene.acting.agent_name), "{shown}");
}

#[tokio::test]
async fn names_are_shown_as_they_are_and_never_as_markup() {
    let world = World::shared().await;
    let admin = Clerk::admin(world).await;
    let long = "x".repeat(200);
    for name in [STRANGE, &long] {
        let person = world.person(name).await;
        for page in ["people", &format!("people/{person}"), &format!("people/{person}/remove"), "chart"] {
            let shown = admin.page(&format!("{page}?q={}", "")).await;
            assert!(!shown.contains("<b onload"), "{page}: {shown}");
        }
        let shown = admin.page(&format!("people/{person}")).await;
        assert!(shown.contains(if name == STRANGE { "שלום עולם 🙂" } else { name }), "{shown}");
    }
}

#[tokio::test]
async fn filters_and_orders_are_addresses() {
    let world = World::shared().await;
    let admin = Clerk::admin(world).await;
    let name = unique("Findable Person");
    world.person_as(&name, "auditor").await;
    let query = name.replace(' ', "%20");
    let found =
        admin.page(&format!("people?q={query}&role=auditor&agents=none&state=active&sort=-name")).await;
    assert!(found.contains(&name), "{found}");
    let other = admin.page(&format!("people?q={query}&role=owner")).await;
    assert!(
        !other.contains(&format!("<bdi>{name}</bdi>")) && other.contains("Nobody here is like that"),
        "{other}"
    );
}

#[tokio::test]
async fn a_person_is_removed_after_a_hand_over() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let admin = Clerk::admin(world).await;
    let heir_name = unique("Heir");
    let heir = world.person(&heir_name).await;
    world.join(&scene.workspace, &heir, &scene.role).await;
    let person = format!("people/{}", scene.acting.owner);

    let asked = admin.page(&format!("{person}/remove")).await;
    assert!(asked.contains("1 agent loses everything now."), "{asked}");
    let undecided = admin.get(&format!("{person}/remove/check")).await;
    assert_eq!(undecided.status, 422);
    assert!(undecided.text().contains("Choose what is to become of the agents."));
    let nobody =
        admin.get(&format!("{person}/remove/check?agents=heir&to=Nobody%20At%20All&reason=typed")).await;
    assert_eq!(nobody.status, 422);
    assert!(nobody.text().contains("value=\"typed\""), "what was typed is kept");
    let check = admin.page(&format!("{person}/remove/check?agents=heir&to={heir}&reason=left")).await;
    assert!(check.contains(&format!("<bdi>{heir_name}</bdi>")), "{check}");
    assert_eq!(scene.check("search_notes", &json!({})).await["decision"], true);

    let version = field(&check, "version");
    let fields = [("agents", "heir"), ("to", heir.as_str()), ("reason", "left"), ("version", &version)];
    let done = admin.post(&format!("{person}/remove"), &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let receipt = admin.follow(&done).await;
    assert!(receipt.contains("was removed") && receipt.contains("Written in "), "{receipt}");
    assert!(receipt.contains(&format!("1 agent went to <bdi>{heir_name}</bdi> before")), "{receipt}");
    let there = done.header("location").expect("the page of what ended");
    let forged = format!("{}?took=987654", there.split('?').next().expect("a path"));
    let forged =
        admin.page(forged.split_once(&format!("/o/{}/", world.organization)).expect("a page").1).await;
    assert!(
        forged.contains("Written in ") && !forged.contains("Written in 987"),
        "nothing comes from the address: {forged}"
    );
    assert_eq!(
        scene.check("search_notes", &json!({})).await["decision"],
        true,
        "the agent goes on with its heir"
    );

    let twice = admin.post(&format!("{person}/remove"), &fields).await;
    assert_eq!(twice.status, 303, "sent twice: {}", twice.text());
    assert!(admin.follow(&twice).await.contains("is no longer here."));
    assert_eq!(admin.get(&person).await.status, 404);
}

#[tokio::test]
async fn without_a_hand_over_the_agents_stop_in_the_same_change() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let admin = Clerk::admin(world).await;
    let person = format!("people/{}", scene.acting.owner);
    let done = admin.post(&format!("{person}/remove"), &[("agents", "nobody"), ("reason", "")]).await;
    let receipt = admin.follow(&done).await;
    assert!(receipt.contains("Agents that lost everything"), "{receipt}");
    assert!(receipt.contains(&scene.acting.agent_name), "{receipt}");
    let denied = scene.check("search_notes", &json!({})).await;
    assert_eq!(denied["decision"], false, "{denied}");
}

#[tokio::test]
async fn an_edit_that_comes_too_late_shows_both_versions() {
    let world = World::shared().await;
    let admin = Clerk::admin(world).await;
    let name = unique("Changing");
    let id = world.person(&name).await;
    let version = text(&world.get(&format!("members/{id}")).await, "version");
    world.patch(&format!("members/{id}"), &json!({"role": "auditor"})).await;
    let late = admin.post(&format!("people/{id}/role"), &[("role", "admin"), ("version", &version)]).await;
    assert_eq!(late.status, 409, "{}", late.text());
    let shown = late.text();
    assert!(shown.contains("data-label=\"As you typed it\"><div><p class=\"break\">Admin"), "{shown}");
    assert!(shown.contains("data-label=\"As it is now\"><div><p class=\"break\">Auditor"), "{shown}");
    let version = field(&shown, "version");
    let over = admin.post(&format!("people/{id}/role"), &[("role", "admin"), ("version", &version)]).await;
    assert_eq!(over.status, 303);
    assert_eq!(text(&world.get(&format!("members/{id}")).await, "role"), "admin");
}

#[tokio::test]
async fn a_suspension_says_what_it_stops_and_can_be_undone() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let admin = Clerk::admin(world).await;
    let person = format!("people/{}", scene.acting.owner);
    assert!(admin.page(&format!("{person}/suspend")).await.contains("Agents that lose everything"));
    let too_long = "x".repeat(501);
    let refused = admin.post(&format!("{person}/suspend"), &[("reason", &too_long)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains(&too_long), "what was typed is kept");
    let done = admin.post(&format!("{person}/suspend"), &[("reason", "on leave")]).await;
    assert!(admin.follow(&done).await.contains("was suspended"));
    assert_eq!(scene.check("search_notes", &json!({})).await["decision"], false);
    assert!(admin.page(&person).await.contains("on leave"));
    for _ in 0..2 {
        let back = admin.post(&format!("{person}/resume"), &[]).await;
        assert_eq!(back.status, 303, "{}", back.text());
    }
    assert_eq!(text(&world.get(&format!("members/{}", scene.acting.owner)).await, "state"), "active");
}

#[tokio::test]
async fn a_person_is_added_and_mistakes_keep_what_was_typed() {
    let world = World::shared().await;
    let admin = Clerk::admin(world).await;
    let wrong = admin.post("people/new", &[("name", " "), ("email", "no address"), ("role", "member")]).await;
    assert_eq!(wrong.status, 422);
    let shown = wrong.text();
    assert!(shown.contains("There is a problem") && shown.contains("value=\"no address\""), "{shown}");
    let name = unique("Added");
    let added =
        admin.post("people/new", &[("name", &name), ("email", "a@example.com"), ("role", "guest")]).await;
    assert!(admin.follow(&added).await.contains(&name));
}

/// The value of a hidden field.
#[track_caller]
fn field(page: &str, name: &str) -> String {
    hidden(page, name).unwrap_or_else(|| panic!("no field `{name}` in {page}"))
}
