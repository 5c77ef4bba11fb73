//! What a page shows and does, beside what the API tells and does: the same numbers, rights and evidence.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use testkit::http::{Request, Response};
use testkit::process::eventually;

use super::clerk::Clerk;
use crate::sso::scene::Scene as Providers;
use crate::world::{Own, Scene, World, done, text, unique};

/// Asks the API as the page does: with the session of whoever sits at the browser.
async fn ask(world: &World, clerk: &Clerk<'_>, method: &str, path: &str, body: Option<&Value>) -> Response {
    let (cookie, _) = clerk.proof();
    let request = Request::new(method, &world.path(path))
        .header("cookie", &cookie)
        .header("origin", &format!("http://{}", world.address))
        .header("sec-fetch-site", "same-origin");
    body.map_or_else(|| request.clone(), |body| request.clone().json(body)).send(world.address).await
}

/// The number on a card of the overview.
fn card(page: &str, id: &str) -> Value {
    let (_, rest) = page.split_once(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no {id} in {page}"));
    let number = rest.split_once("<b>").and_then(|(_, rest)| rest.split_once("</b>"));
    number.and_then(|(number, _)| number.parse::<u64>().ok()).map_or(Value::Null, |number| json!(number))
}

/// Fills a world with something for each card: calls, a key that ends, a paused agent, and one whose owner is cut.
async fn filled(world: &World) -> Scene<'_> {
    let scene = Scene::set(world).await;
    for tool in ["whoami", "whoami", "search_notes", "delete_note", "delete_note"] {
        scene.check(tool, &json!({"query": "tea"})).await;
    }
    let agent = world.agent(&unique("Ending"), &scene.acting.owner, &json!([])).await;
    let made: DateTime<Utc> =
        text(&world.get(&format!("agents/{agent}")).await, "created_at").parse().expect("a time");
    world.limited_key("agent", &agent, &json!({"expires_at": made + TimeDelta::days(10)})).await;
    world.post(&format!("agents/{agent}/pause"), &json!({"reason": "for a test"})).await;
    let leaving = scene.bystander().await;
    world.post(&format!("members/{}/suspend", leaving.owner), &json!({"reason": "left"})).await;
    let told = async || (!world.get("overview").await["cascades"][0].is_null()).then_some(());
    eventually("the cascade is told", Duration::from_secs(10), told).await;
    scene
}

#[tokio::test]
async fn the_overview_has_the_numbers_of_its_page() {
    let own = Own::start().await;
    let world = &own.world;
    let scene = filled(world).await;
    let clerk = Clerk::admin(world).await;
    for (window, stretches) in [("48h", 48), ("7d", 28), ("30d", 30)] {
        let page = clerk.page(&format!("?window={window}")).await;
        let told = world.get(&format!("overview?window={window}")).await;
        let (traffic, waiting) = (&told["traffic"], &told["attention"]);
        assert_eq!((&traffic["allowed"], &traffic["denied"]), (&json!(3), &json!(2)), "{told}");
        assert!(page.contains("3 allowed") && page.contains("2 denied"), "{page}");
        let drawn = traffic["stretches"].as_array().expect("stretches");
        let sum = |field: &str| drawn.iter().filter_map(|stretch| stretch[field].as_u64()).sum::<u64>();
        assert_eq!((drawn.len(), sum("allowed"), sum("denied")), (stretches, 3, 2), "{told}");
        assert_eq!((&drawn[0]["from"], &drawn[stretches - 1]["until"]), (&told["from"], &told["until"]));
        assert_eq!(traffic["reasons"], json!([{"reason": "outside_scope", "denied": 2}]));
        assert!(page.contains("reason%3Aoutside_scope"), "{page}");
        let busiest = &told["busiest"][0];
        assert_eq!(busiest["who"], json!({"kind": "agent", "id": scene.acting.agent}));
        assert_eq!((&busiest["allowed"], &busiest["denied"]), (&json!(3), &json!(2)), "{busiest}");
        assert!(page.contains(&text(busiest, "name")), "{page}");
        for (id, field) in [("c-waiting", "invitations"), ("c-keys", "keys_ending"), ("c-quiet", "quiet")] {
            assert_eq!(card(&page, id), waiting[field], "{field}: {page}");
        }
        assert_eq!((&waiting["keys_ending"], &waiting["paused"]), (&json!(1), &json!(1)), "{waiting}");
        assert!(page.contains("1 agent is paused") && page.contains("1 agent has nobody"), "{page}");
        assert_eq!((&waiting["unowned"], &waiting["asking"]), (&json!(1), &json!(0)), "{waiting}");
        let cut = &told["cascades"][0];
        assert_eq!((&cut["agents"], cut["took_us"].is_u64()), (&json!(1), true), "{cut}");
        assert!(page.contains("1 agent cut") && page.contains(&text(&cut["person"], "name")), "{page}");
        assert!(told["health"]["pace"]["median_us"].is_u64() && page.contains("Answer time"), "{told}");
    }
    for wrong in ["window=1y", "zone=Mars%2FOlympus", "since=1d"] {
        assert_eq!(world.manage("GET", &format!("overview?{wrong}"), None).await.status, 400, "{wrong}");
    }
}

/// The owner, who is no admin, is told of their own agents; another member of nothing; each as on the page.
#[tokio::test]
async fn the_overview_tells_nobody_more_than_its_page() {
    let own = Own::start().await;
    let world = &own.world;
    let scene = filled(world).await;
    let told = async |user: &str| {
        let clerk = Clerk::of(world, user).await;
        let told = done("overview", &ask(world, &clerk, "GET", "overview", None).await);
        (told, clerk.page("").await)
    };
    let (owner, page) = told(&scene.acting.owner).await;
    assert_eq!(owner["traffic"]["allowed"], 3, "{owner}");
    assert!(page.contains("3 allowed"), "{page}");
    assert_eq!(owner["busiest"][0]["who"]["id"], json!(scene.acting.agent));
    assert!(owner["health"].is_null() && owner["cascades"].is_null(), "{owner}");
    assert!(!page.contains("Answer time") && !page.contains("When somebody lost their access"), "{page}");
    let (other, page) = told(&world.person(&unique("Member")).await).await;
    assert!(!other.to_string().contains(&scene.acting.agent), "{other}");
    assert!(!page.contains(&scene.acting.agent_name), "{page}");
    for field in ["invitations", "keys_ending", "quiet", "paused", "unowned"] {
        assert_eq!(other["attention"][field], 0, "{field}: {other}");
    }
}

#[tokio::test]
async fn the_first_steps_are_skipped_and_shown_by_either() {
    let own = Own::start().await;
    let world = &own.world;
    let clerk = Clerk::admin(world).await;
    let state = |told: &Value, step: &str| {
        let steps = told["steps"].as_array().expect("steps").clone();
        let found = steps.into_iter().find(|each| each["step"] == step);
        found.unwrap_or_else(|| panic!("no {step} in {told}"))
    };
    let told = world.get("onboarding").await;
    assert_eq!((told["is_shown"].as_bool(), told["steps"].as_array().map(Vec::len)), (Some(true), Some(7)));
    for (step, standing) in [("name", "done"), ("domain", "open"), ("gateway", "done"), ("agent", "open")] {
        assert_eq!(text(&state(&told, step), "state"), standing, "{step}: {told}");
    }

    let skipped = state(&world.post("onboarding/skip", &json!({"step": "domain"})).await, "domain");
    assert_eq!((&skipped["state"], &skipped["by"]["kind"]), (&json!("skipped"), &json!("user")), "{skipped}");
    assert!(clerk.page("").await.contains("Skipped by "));
    clerk.post("onboarding/skip", &[("step", "sign_in")]).await;
    assert_eq!(text(&state(&world.get("onboarding").await, "sign_in"), "state"), "skipped");
    let wrong = world.manage("POST", "onboarding/skip", Some(&json!({"step": "nothing"}))).await;
    assert_eq!(wrong.status, 400, "{}", wrong.text());

    let put_away = world.post("onboarding/dismiss", &json!({})).await;
    assert_eq!(put_away, json!({"is_shown": false, "steps": []}));
    assert!(!clerk.page("").await.contains("First steps</h2>"));
    let again = world.post("onboarding/show", &json!({})).await;
    assert_eq!(text(&state(&again, "domain"), "state"), "open");
    assert!(clerk.page("").await.contains("Prove a domain"));

    for role in ["auditor", "member"] {
        let clerk = Clerk::of(world, &world.person_as(&unique("Reader"), role).await).await;
        assert_eq!(ask(world, &clerk, "GET", "onboarding", None).await.status, 403, "{role}");
        for verb in ["dismiss", "show"] {
            let path = format!("onboarding/{verb}");
            assert_eq!(ask(world, &clerk, "POST", &path, None).await.status, 403, "{role} {verb}");
            assert_eq!(clerk.post(&path, &[]).await.status, 403, "{role} {verb}");
        }
    }
}

/// What the evidence has of each agent that was paused: who, what, on what, and the reason in the change.
async fn paused(world: &World, agent: &str) -> (Value, Value) {
    let decision = world.decisions("action=agent.pause").await;
    let about = |each: &&Value| each.to_string().contains(agent);
    assert_eq!(decision.iter().filter(about).count(), 1, "one decision for each: {decision:?}");
    let found = world.get(&format!("agents/{agent}")).await;
    (found["state"].clone(), found["because"]["reason"].clone())
}

#[tokio::test]
async fn several_agents_are_paused_by_either_with_a_decision_for_each() {
    let own = Own::start().await;
    let world = &own.world;
    let scene = Scene::set(world).await;
    let clerk = Clerk::admin(world).await;
    let mut agents = vec![scene.acting.agent.clone()];
    for _ in 0..3 {
        agents.push(scene.sibling().await.0);
    }
    let by_page = [("agent", agents[2].as_str()), ("agent", agents[3].as_str()), ("reason", "odd calls")];
    assert_eq!(clerk.post("agents/pause", &by_page).await.status, 303);
    let body = json!({"agents": [agents[0], agents[1], agents[1]], "reason": "odd calls"});
    let told = world.post("agents/pause", &body).await;
    let n_paused = told["paused"].as_array().map(Vec::len);
    assert_eq!((n_paused, &told["not_paused"]), (Some(2), &json!([])), "{told}");
    assert!(told["revision"].is_u64() && told["receipt"]["complete"] == true, "{told}");
    assert_eq!(scene.check("search_notes", &json!({})).await["decision"], false);
    for agent in &agents {
        assert_eq!(paused(world, agent).await, (json!("paused"), json!("odd calls")), "{agent}");
    }
}

#[tokio::test]
async fn of_several_agents_none_is_paused_where_one_cannot_be() {
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    let (live, held) = (scene.acting.agent.clone(), scene.sibling().await.0);
    world.post(&format!("agents/{held}/pause"), &json!({"reason": ""})).await;
    let nobody = "00000000-0000-7000-8000-000000000000";
    let elsewhere = Scene::set(&world.neighbour().await).await.acting.agent;
    let all: Vec<String> = (0..51).map(|_| live.clone()).collect();
    for (agents, status) in [
        (json!([live, held]), 409),
        (json!([live, nobody]), 404),
        (json!([live, elsewhere]), 404),
        (json!([]), 400),
        (json!([live, "me"]), 400),
    ] {
        let answer = world.manage("POST", "agents/pause", Some(&json!({"agents": agents}))).await;
        assert_eq!(answer.status, status, "{agents}: {}", answer.text());
    }
    // Another member may not pause it, and is not told that it is there.
    let other = Clerk::of(&world, &world.person(&unique("Member")).await).await;
    let answer = ask(&world, &other, "POST", "agents/pause", Some(&json!({"agents": [live]}))).await;
    assert_eq!(answer.status, 404, "{}", answer.text());
    assert_eq!(scene.check("search_notes", &json!({})).await["decision"], true, "it was left alone");
    // The same one named often is one.
    let told = world.post("agents/pause", &json!({"agents": all})).await;
    assert_eq!(told["paused"].as_array().map(Vec::len), Some(1), "{told}");
}

/// Whether a link to set a connection up still counts.
async fn counts(world: &World, link: &str) -> bool {
    let (_, token) = link.split_once("/set-up/").expect("a link");
    Request::get(&format!("/set-up/{token}")).send(world.address).await.status == 200
}

#[tokio::test]
async fn a_link_to_set_a_connection_up_is_given_out_by_either() {
    let own = Own::start().await;
    let world = &own.world;
    let clerk = Clerk::admin(world).await;
    let terms = json!({"issuer": "https://login.example", "client_id": "x"});
    let body = json!({"name": "Okta", "terms": terms});
    let made = done("a connection", &ask(world, &clerk, "POST", "connections", Some(&body)).await);
    let path = format!("connections/{}/set-up-link", text(&made, "id"));
    let given = ask(world, &clerk, "POST", &path, None).await;
    assert_eq!((given.status, given.header("cache-control")), (201, Some("no-store")), "{}", given.text());
    let link = text(&given.json(), "link");
    assert!(counts(world, &link).await, "{link}");
    let page = format!("settings/sign-in/connections/{}/link", text(&made, "id"));
    assert_eq!(clerk.post(&page, &[]).await.status, 200);
    assert!(!counts(world, &link).await, "the page's takes its place");

    let by_key = world.manage("POST", &path, None).await;
    assert!(by_key.status == 403 && by_key.text().contains("signed_in_only"), "{}", by_key.text());
    let member = Clerk::of(world, &world.person(&unique("Member")).await).await;
    assert_eq!(ask(world, &member, "POST", &path, None).await.status, 404);
    assert_eq!(member.post(&page, &[]).await.status, 404);
}

#[tokio::test]
async fn a_connection_is_tested_where_the_api_says_and_it_tells_that_it_passed() {
    let scene = Providers::start().await;
    let world = scene.world();
    let mut owner = scene.owner().await;
    let id = owner.connect(scene.vendors()[0], false).await;
    let path = format!("connections/{id}/test");
    let before = world.get(&path).await;
    assert_eq!((&before["has_passed"], &before["last"]), (&json!(false), &Value::Null), "{before}");
    let open = format!("{}&address=maya%40northwind.example", text(&before, "open"));
    let page = owner.browser.go(&open).await;
    assert!(page.text.contains("The test has passed"), "{} {}", page.status, page.text);
    let after = world.get(&path).await;
    let owners = world.list("members?role=owner").await;
    assert_eq!(after["has_passed"], true, "{after}");
    assert_eq!(after["last"]["by"], json!({"kind": "user", "id": owners[0]["id"]}), "{after}");
    assert!(after["last"]["at"].is_string() && after["last"]["revision"].is_u64(), "{after}");
    let nobodys = world.manage("GET", "connections/00000000-0000-7000-8000-000000000000/test", None).await;
    assert_eq!(nobodys.status, 404, "{}", nobodys.text());
}
