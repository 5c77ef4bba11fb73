//! What is kept, and the questions that it answers without joins.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::world::{Scene, World, reason, text};

fn ids(decisions: &[Value]) -> Vec<String> {
    decisions.iter().map(|decision| text(decision, "id")).collect()
}

/// A moment as a query can carry it.
fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

fn at(decision: &Value) -> DateTime<Utc> {
    text(decision, "at").parse().expect("a moment")
}

#[tokio::test]
async fn one_query_answers_what_is_attributable_to_an_owner_this_week() {
    let scene = Scene::set(World::shared().await).await;
    let (_, sibling) = scene.sibling().await;
    let bystander = scene.bystander().await;
    let mut made = Vec::new();
    for (key, tool, expected) in [
        (&scene.acting.key, "search_notes", "allow"),
        (&scene.acting.key, "delete_note", "outside_scope"),
        (&sibling, "search_notes", "allow"),
        (&bystander.key, "search_notes", "allow"),
    ] {
        let answer = scene.check_as(&key.token, tool, &json!({"query": "x"})).await;
        assert_eq!(reason(&answer), expected);
        made.push((text(&answer, "decision_id"), key.token != bystander.key.token));
    }
    let week_ago = moment(at(&scene.world.decision(&made[0].0).await) - TimeDelta::days(7));
    let query = format!("attributable_to={}&from={week_ago}", scene.acting.owner);
    let found = scene.world.decisions(&query).await;
    let found_ids = ids(&found);
    for (id, theirs) in &made {
        assert_eq!(found_ids.contains(id), *theirs, "{id}");
    }
    for decision in &found {
        assert_eq!(text(&decision["owner"], "id"), scene.acting.owner, "{decision}");
        assert_eq!(text(&decision["owner"], "name"), scene.acting.owner_name);
        assert_eq!(decision["actor"]["kind"], "agent");
    }
    assert_eq!(found.len(), 3, "both agents of theirs, allowed and denied, and nobody else's");
}

#[tokio::test]
async fn one_query_answers_what_robots_did_in_an_hour() {
    let scene = Scene::set(World::shared().await).await;
    let (robot, key) = scene.robot().await;
    let ask = async |key: &str| text(&scene.check_as(key, "search_notes", &json!({})).await, "decision_id");
    let (before, agents) = (ask(&key.token).await, ask(&scene.acting.key.token).await);
    let (first, second) = (ask(&key.token).await, ask(&key.token).await);
    let after = ask(&key.token).await;
    let time = async |id: &str| at(&scene.world.decision(id).await);
    // The window begins with its first moment and ends before its last, so that windows can be laid side by side.
    let window = format!("from={}&until={}", moment(time(&first).await), moment(time(&after).await));
    let found = scene.world.decisions(&format!("actor_kind=robot&server={}&{window}", scene.server)).await;
    let mut found_ids = ids(&found);
    found_ids.sort();
    let mut expected = vec![first, second];
    expected.sort();
    assert_eq!(found_ids, expected);
    assert!(!found_ids.contains(&before) && !found_ids.contains(&agents));
    for decision in &found {
        assert_eq!((text(&decision["actor"], "id"), &decision["owner"]), (robot.clone(), &Value::Null));
    }
}

#[tokio::test]
async fn every_filter_narrows() {
    let scene = Scene::set(World::shared().await).await;
    let run = "0192f0c1-2345-7000-8000-000000000001";
    let (gateway, gateway_key) = scene.world.gateway(&json!({})).await;
    let ask = json!({
        "credential": scene.acting.key.token, "server": scene.server, "method": "tools/call", "tool": "whoami",
        "arguments": {}, "run_id": run, "workspace": scene.workspace_slug,
        "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    });
    let request = testkit::http::Request::post("/v1/check", &ask).bearer(&gateway_key.token);
    let wanted = text(&request.send(scene.world.address).await.json(), "decision_id");
    let denied = text(&scene.check("create_note", &json!({})).await, "decision_id");
    let robot = scene.robot().await.1;
    let robots = text(&scene.check_as(&robot.token, "search_notes", &json!({})).await, "decision_id");

    let acting = &scene.acting;
    for (filter, value) in [
        ("actor", acting.agent.as_str()),
        ("owner", &acting.owner),
        ("attributable_to", &acting.owner),
        ("actor_kind", "agent"),
        ("run_id", run),
        ("tool", "whoami"),
        ("decision", "allow"),
        ("reason", "granted"),
        ("gateway", &gateway),
        ("key", &acting.key.id),
    ] {
        let found = ids(&scene.world.decisions(&format!("server={}&{filter}={value}", scene.server)).await);
        assert!(found.contains(&wanted), "{filter}={value} keeps it");
        assert!(
            !found.contains(&robots) || matches!(filter, "decision" | "reason"),
            "{filter}={value}: the robot's"
        );
        let keeps_denied = matches!(filter, "actor" | "owner" | "attributable_to" | "actor_kind" | "key");
        assert_eq!(found.contains(&denied), keeps_denied, "{filter}={value}: the denied one");
    }
    for place in [&scene.workspace, &scene.workspace_slug] {
        let found = ids(&scene.world.decisions(&format!("workspace={place}")).await);
        assert!(found.contains(&wanted) && found.contains(&denied), "workspace={place}");
    }
    for query in
        ["decision=maybe", "actor_kind=person", "reason=none", "from=yesterday", "run_id=x", "surprise=1"]
    {
        let refused = scene.world.manage("GET", &format!("decisions?{query}"), None).await;
        assert_eq!(refused.status, 400, "{query}: {}", refused.text());
    }
    let kept = scene.world.decision(&wanted).await;
    assert_eq!(kept["trace_id"], "0af7651916cd43dd8448eb211c80319c", "{kept}");
    assert_eq!(kept["run_id"], run, "{kept}");
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap() {
    let scene = Scene::set(World::shared().await).await;
    let mut made = Vec::new();
    for _ in 0..7 {
        made.push(text(&scene.check("whoami", &json!({})).await, "decision_id"));
    }
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let query = format!("decisions?actor={}&limit=3&after={after}", scene.acting.agent);
        let page = scene.world.get(&query).await;
        let items = page["items"].as_array().expect("items").clone();
        assert!(items.len() <= 3, "{}", items.len());
        seen.extend(ids(&items));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut after),
            None => break,
        }
    }
    made.reverse();
    assert_eq!(seen, made, "newest first");
}

#[tokio::test]
async fn history_survives_renaming_and_deletion() {
    let scene = Scene::set(World::shared().await).await;
    let (robot, key) = scene.robot().await;
    let old = text(&scene.world.get(&format!("robots/{robot}")).await, "name");
    let by_robot = text(&scene.check_as(&key.token, "search_notes", &json!({})).await, "decision_id");
    let by_agent = text(&scene.check("search_notes", &json!({})).await, "decision_id");

    let acting = &scene.acting;
    scene.world.patch(&format!("agents/{}", acting.agent), &json!({"name": "Another Name"})).await;
    scene.world.delete(&format!("robots/{robot}")).await;
    scene.world.post(&format!("agents/{}/revoke", acting.agent), &json!({"reason": "done"})).await;
    scene.world.delete(&format!("members/{}", acting.owner)).await;

    let kept = scene.world.decision(&by_agent).await;
    assert_eq!(
        (&kept["actor"]["name"], &kept["owner"]["name"]),
        (&json!(acting.agent_name), &json!(acting.owner_name))
    );
    let kept = scene.world.decision(&by_robot).await;
    assert_eq!((&kept["actor"]["name"], &kept["actor"]["id"]), (&json!(old), &json!(robot)));
    let attributable = ids(&scene.world.decisions(&format!("attributable_to={}", acting.owner)).await);
    assert!(attributable.contains(&by_agent), "the person is gone and their agents' deeds are still theirs");
    assert_eq!(reason(&scene.check_as(&key.token, "search_notes", &json!({})).await), "credential_revoked");
}

#[tokio::test]
async fn managing_is_in_the_evidence_and_refusals_too() {
    let scene = Scene::set(World::shared().await).await;
    let agent = &scene.acting.agent;
    scene.world.post(&format!("agents/{agent}/pause"), &json!({"reason": "looks odd"})).await;
    let refused =
        testkit::http::Request::post(&scene.world.path(&format!("agents/{agent}/resume")), &json!({}))
            .bearer(&scene.acting.key.token)
            .send(scene.world.address)
            .await;
    assert!(matches!(refused.status, 403 | 404), "{}", refused.text());

    let of_agents = scene.world.decisions("action=agent.").await;
    let about = |decision: &&Value| decision["target"]["id"] == json!(agent);
    let find = |action: &str| of_agents.iter().filter(about).find(|decision| decision["action"] == action);
    let paused = find("agent.pause").expect("the pause is recorded");
    assert_eq!(
        (&paused["decision"], &paused["actor"]["kind"]),
        (&json!("allow"), &json!("user")),
        "{paused}"
    );
    let denied = find("agent.resume").expect("the refusal is recorded");
    assert_eq!((&denied["decision"], &denied["reason"]), (&json!("deny"), &json!("people_only")), "{denied}");
    assert_eq!(text(&denied["actor"], "id"), *agent, "{denied}");

    let changes = scene.world.changes(&format!("target={agent}")).await;
    let paused = changes.iter().find(|change| change["action"] == "agent.pause").expect("the change");
    assert!(paused["after"].to_string().contains("looks odd"), "{paused}");
    assert!(paused["revision"].as_u64().is_some_and(|revision| revision > 0), "{paused}");
}

/// Who answers for an agent finds what became of it and of its keys, and who did before finds what was then.
#[tokio::test]
async fn changes_are_found_by_who_answered() {
    let scene = Scene::set(World::shared().await).await;
    let (world, acting) = (scene.world, &scene.acting);
    let heir = world.person(&crate::world::unique("Heir")).await;
    world.post(&format!("agents/{}/pause", acting.agent), &json!({"reason": "looks odd"})).await;
    world.post(&format!("agents/{}/hand-over", acting.agent), &json!({"to": heir})).await;
    let key = world.key("agent", &acting.agent).await;
    let of = async |owner: &str| {
        let found = world.changes(&format!("owner={owner}")).await;
        let line = async |query: String| {
            let query = query.replace(':', "%3A").replace(' ', "%20");
            let counted = world.get(&format!("audit/counts?q={query}")).await;
            counted["changes"].as_u64()
        };
        let searched = line(format!("owner:{owner}")).await;
        assert_eq!(searched, u64::try_from(found.len()).ok(), "the line of the page finds the same");
        let told = found.iter().map(|change| (text(change, "action"), text(&change["target"], "id")));
        told.collect::<std::collections::BTreeSet<_>>()
    };
    let is = |action: &str, target: &str| (action.to_owned(), target.to_owned());
    let (agent, first) = (acting.agent.as_str(), acting.key.id.as_str());
    let before = [
        is("agent.create", agent),
        is("agent.hand_over", agent),
        is("agent.pause", agent),
        is("key.create", first),
    ];
    assert_eq!(of(&acting.owner).await, before.into());
    assert_eq!(of(&heir).await, [is("agent.hand_over", agent), is("key.create", &key.id)].into());
}
