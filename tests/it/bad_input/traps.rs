//! Mistakes that systems close to this one have made. Each of them once let something through.

use serde_json::{Value, json};

use crate::world::{Ask, Scene, World, reason};

async fn outcome(scene: &Scene<'_>, server: &str, tool: &str) -> String {
    let credential = scene.acting.key.token.as_str();
    let ask = Ask { credential, server, tool, arguments: Some(&json!({"amount": 1})) };
    reason(&scene.world.check(ask).await).to_owned()
}

/// Tool names compared without regard to case, or after trimming, let a forbidden one pass for an allowed one.
#[tokio::test]
async fn names_are_compared_exactly() {
    let scene = Scene::set(World::shared().await).await;
    assert_eq!(outcome(&scene, &scene.server, "search_notes").await, "allow");
    for tool in [
        "Search_Notes",
        "SEARCH_NOTES",
        "search_notes ",
        " search_notes",
        "search_note",
        "search_notes\0",
        "*",
    ] {
        assert_ne!(outcome(&scene, &scene.server, tool).await, "allow", "{tool:?}");
    }
    for server in
        [scene.server.to_uppercase(), format!("{} ", scene.server), scene.server_id.clone(), "*".to_owned()]
    {
        assert_ne!(outcome(&scene, &server, "search_notes").await, "allow", "{server:?}");
    }
}

/// A missing scope that means everything; a ceiling that widens.
#[tokio::test]
async fn an_absent_scope_means_nothing() {
    let scene = Scene::set(World::shared().await).await;
    let path = format!("agents/{}/scope", scene.acting.agent);
    let everything = json!([{"tools": "*"}]);
    scene.world.put(&path, &json!({"scope": everything})).await;
    assert_eq!(outcome(&scene, &scene.server, "delete_note").await, "allow", "granted to the owner");
    assert_eq!(outcome(&scene, &scene.server, "create_note").await, "not_granted", "a scope never widens");
    scene.world.put(&path, &json!({"never": [{"tools": "delete_*"}]})).await;
    assert_eq!(outcome(&scene, &scene.server, "delete_note").await, "never_listed");
    scene.world.put(&path, &json!({"scope": []})).await;
    assert_eq!(outcome(&scene, &scene.server, "search_notes").await, "outside_scope");
    let bare = scene.world.post("agents", &json!({"name": "bare", "owner": scene.acting.owner})).await;
    let key = scene.world.key("agent", bare["id"].as_str().expect("an id")).await;
    let answer = scene.check_as(&key.token, "search_notes", &json!({})).await;
    assert_eq!(reason(&answer), "outside_scope", "an agent that nobody gave a scope");
}

/// A blank owner that matched every owner.
#[tokio::test]
async fn a_blank_in_a_filter_matches_nothing() {
    let scene = Scene::set(World::shared().await).await;
    for blank in ["", " ", "null", "*", "%"] {
        let many = json!({"owner": blank, "reason": "test", "grace_seconds": 0});
        let refused = scene.world.manage("POST", "keys/rotate", Some(&many)).await;
        assert_eq!(refused.status, 400, "{blank:?}: {}", refused.text());
        for query in ["decisions?owner=", "decisions?attributable_to=", "decisions?actor=", "audit?actor="] {
            let blank = blank.replace('%', "%25").replace(' ', "%20");
            let refused = scene.world.manage("GET", &format!("{query}{blank}"), None).await;
            assert_eq!(refused.status, 400, "{query}{blank}: {}", refused.text());
        }
    }
    assert_eq!(outcome(&scene, &scene.server, "search_notes").await, "allow", "no key has been touched");
}

/// A deny rule that pages show and the evaluator ignores.
#[tokio::test]
async fn an_override_is_heeded_at_the_next_call() {
    let scene = Scene::set(World::shared().await).await;
    let path = format!("workspaces/{}/overrides/{}", scene.workspace, scene.acting.agent);
    let denied = json!({"denied": [{"server": scene.server, "tools": "search_*"}]});
    scene.world.put(&path, &denied).await;
    assert_eq!(outcome(&scene, &scene.server, "search_notes").await, "blocked_here");
    assert_eq!(outcome(&scene, &scene.server, "whoami").await, "allow");
    scene.world.put(&path, &json!({"blocked": true})).await;
    assert_eq!(outcome(&scene, &scene.server, "whoami").await, "blocked_here");
    scene.world.delete(&path).await;
    assert_eq!(outcome(&scene, &scene.server, "search_notes").await, "allow");
}

/// A cascade that stops at whatever is dead already: a paused agent whose owner leaves stays out when it is resumed.
#[tokio::test]
async fn a_cascade_walks_through_what_is_paused() {
    let scene = Scene::set(World::shared().await).await;
    let (agent, owner) = (&scene.acting.agent, &scene.acting.owner);
    scene.world.post(&format!("agents/{agent}/pause"), &json!({"reason": "test"})).await;
    let cut = scene.world.post(&format!("members/{owner}/suspend"), &json!({"reason": "left"})).await;
    assert_eq!(cut["cut"]["agents"]["ids"], json!([agent]), "{cut}");
    let resumed = scene.world.manage("POST", &format!("agents/{agent}/resume"), Some(&json!({}))).await;
    assert_eq!(resumed.status, 409, "{}", resumed.text());
    let shown: Value = scene.world.get(&format!("agents/{agent}")).await;
    assert_eq!(shown["state"], "unowned");
}
