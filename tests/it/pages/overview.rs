//! The overview: true numbers, each of them a way on, and the first steps until they are done.

use std::time::Duration;

use serde_json::json;
use testkit::process::eventually;

use super::clerk::Clerk;
use crate::world::{Own, Scene, World, text, unique};

#[tokio::test]
async fn an_empty_organization_says_what_will_appear_and_what_to_do_first() {
    let own = Own::start().await;
    let clerk = Clerk::admin(&own.world).await;
    let page = clerk.page("").await;
    assert!(page.contains("First steps") && page.contains(" of 7"), "{page}");
    assert!(page.contains("Name the organization") && page.contains("Waiting for an answer"), "{page}");
    assert!(page.contains("No call was asked about") && !page.contains("class=\"bars"), "{page}");

    let skipped = clerk.post("onboarding/skip", &[("step", "domain")]).await;
    assert!(clerk.follow(&skipped).await.contains("Skipped by "), "who skipped it is said");
    assert_eq!(clerk.post("onboarding/skip", &[("step", "nothing")]).await.status, 404);
    let put_away = clerk.post("onboarding/dismiss", &[]).await;
    assert!(!clerk.follow(&put_away).await.contains("First steps</h2>"));
    let again = clerk.post("onboarding/show", &[]).await;
    assert!(clerk.follow(&again).await.contains("Prove a domain"));
}

/// security.md: whoever may not change the organization is not asked to set it up, and may not skip for it.
#[tokio::test]
async fn the_first_steps_are_for_who_sets_up() {
    let world = World::shared().await;
    for role in ["auditor", "member"] {
        let clerk = Clerk::of(world, &world.person_as(&unique("Reader"), role).await).await;
        assert!(!clerk.page("").await.contains("First steps</h2>"), "{role}");
        assert_eq!(clerk.post("onboarding/dismiss", &[]).await.status, 403, "{role}");
    }
}

#[tokio::test]
async fn the_numbers_are_those_of_the_calls_and_lead_to_them() {
    let own = Own::start().await;
    let world = &own.world;
    let scene = Scene::set(world).await;
    for tool in ["whoami", "whoami", "search_notes", "delete_note", "delete_note"] {
        scene.check(tool, &json!({"query": "tea"})).await;
    }
    let clerk = Clerk::admin(world).await;
    for window in ["", "?window=7d", "?window=30d", "?window=nonsense"] {
        let page = clerk.page(window).await;
        assert!(page.contains("3 allowed") && page.contains("2 denied"), "{window}: {page}");
        assert!(page.contains("class=\"bars") && page.contains("/audit?q=action%3Atools%2F*"), "{window}");
        assert!(
            page.contains("reason%3Aoutside_scope") && page.contains("40% of all calls"),
            "{window}: {page}"
        );
        assert!(page.contains(&scene.acting.agent_name), "the busiest");
        assert!(page.contains("Answer time"), "health");
    }
    // Counted for good by the program itself, and not twice.
    let page = clerk.page("agents").await;
    assert!(page.contains("5 calls, 40% denied"), "{page}");
    let profile = clerk.page(&format!("agents/{}", scene.acting.agent)).await;
    assert!(profile.contains("5 calls, 40% denied") && profile.contains("class=\"bars"), "{profile}");

    // The owner, who is no admin, sees the same of their own agents; another member sees none of it.
    let owner = Clerk::of(world, &scene.acting.owner).await;
    let page = owner.page("").await;
    assert!(page.contains("3 allowed") && page.contains(&scene.acting.agent_name), "{page}");
    let other = Clerk::of(world, &world.person(&unique("Member")).await).await;
    let page = other.page("").await;
    assert!(!page.contains("3 allowed") && !page.contains(&scene.acting.agent_name), "{page}");
}

#[tokio::test]
async fn who_loses_their_access_is_told_with_what_was_cut() {
    let own = Own::start().await;
    let (world, scene) = (&own.world, Scene::set(&own.world).await);
    let clerk = Clerk::admin(world).await;
    assert!(clerk.page("").await.contains("Nobody lost agents lately"));
    world.post(&format!("members/{}/suspend", scene.acting.owner), &json!({"reason": "left"})).await;
    let told = async || {
        let page = clerk.page("").await;
        (page.contains("1 agent cut") && page.contains(&scene.acting.owner_name)).then_some(page)
    };
    let page = eventually("the cascade is told", Duration::from_secs(10), told).await;
    assert!(page.contains("1 agent has nobody who answers"), "{page}");
    // With the time that the evidence has of it.
    assert!(page.contains("in one step that took ") && page.contains(" ms to write: revision"), "{page}");
    let recorded = world.list("decisions?action=member.suspend").await;
    assert!(recorded[0]["duration_us"].as_u64().is_some_and(|took| took > 0), "{recorded:?}");
}

#[tokio::test]
async fn the_stop_button_shows_while_it_is_pressed() {
    let own = Own::start().await;
    let (world, scene) = (&own.world, Scene::set(&own.world).await);
    let clerk = Clerk::admin(world).await;
    assert_eq!(clerk.post("settings/danger/stop", &[("reason", "")]).await.status, 422);
    let stopped = clerk.post("settings/danger/stop", &[("reason", "odd calls")]).await;
    assert!(clerk.follow(&stopped).await.contains("odd calls"));
    assert!(clerk.page("").await.contains("Every agent is stopped"));
    assert_eq!(text(&scene.check("whoami", &json!({})).await, "reason"), "agents_stopped");
    assert_eq!(clerk.post("settings/danger/release", &[]).await.status, 303);
    assert!(!clerk.page("").await.contains("Every agent is stopped"));
    assert_eq!(scene.check("whoami", &json!({})).await["decision"], true);
}
