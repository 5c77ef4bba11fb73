//! The audit log at a browser without a script, its files, and its live view over a real connection.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::events::Events;
use super::signed_in::{admin, auditor, guest, member};
use super::visitor::Visitor;
use crate::world::{Scene, World, text, unique};

/// A line of a query in an address.
fn asked(line: &str) -> String {
    let bytes: Vec<String> = line.bytes().map(|byte| format!("%{byte:02X}")).collect();
    bytes.concat()
}

/// Calls that are allowed and denied.
async fn calls(scene: &Scene<'_>) {
    scene.check("search_notes", &json!({})).await;
    scene.check("whoami", &json!({})).await;
    scene.check("create_note", &json!({})).await;
}

#[tokio::test]
async fn the_log_is_narrowed_down_by_links_and_opened_in_place() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    calls(&scene).await;
    let mut admin = admin(world).await;
    let org = &world.organization;
    let log = format!("/o/{org}/audit");
    let name = &scene.acting.agent_name;
    let page = admin.open(&format!("{log}?q={}", asked(&format!("actor:\"{name}\"")))).await.answers(200);
    let page = page.says("3 records, 1 denied").says("not granted").says("Narrow it down");
    assert!(page.text.contains("<svg class=\"bars"), "{}", page.text);
    // The link of a facet edits the text, and the text says what the link says.
    let denied = format!("actor:{name} decision:deny");
    let narrowed = admin.open(&format!("{log}?q={}", asked(&denied))).await;
    let narrowed = narrowed.says("1 record, 1 denied").says("create_note");
    assert!(narrowed.text.contains(&format!("value=\"{denied}\"")), "{}", narrowed.text);
    narrowed.hides("whoami</code>");
    // A row opens where it is, by an address of its own.
    let fold = page.between("class=\"fold\"><a href=\"", "\"");
    let open = admin.open(fold.split('#').next().expect("an address")).await.answers(200);
    let open =
        open.says("How it was decided").says("As JSON").says("Same actor").says("Its denials of this tool");
    let open = open.says("What had changed before it");
    assert!(open.text.contains("aria-expanded=\"true\""), "{}", open.text);
    // What cannot be read is said beside the field, and what was typed is kept.
    let wrong = admin.open(&format!("{log}?q={}", asked("colour:red"))).await.answers(200);
    let wrong = wrong.says("there is no field `colour`");
    assert!(wrong.text.contains("value=\"colour:red\"") && !wrong.text.contains("<table"), "{}", wrong.text);
    admin
        .open(&format!("{log}?q={}", asked("actor:nobody-of-that-name")))
        .await
        .says("Nothing that you may see matches");
    for odd in
        ["?q=%22", "?after=x&open=y&tail=z", "?after=1.00000000-0000-7000-8000-000000000000", "?q=%00%ff"]
    {
        admin.open(&format!("{log}{odd}")).await.answers(200);
    }
}

#[tokio::test]
async fn the_api_counts_what_the_page_counts() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    calls(&scene).await;
    let line = asked(&format!("actor:{}", scene.acting.agent));
    let counts = world.get(&format!("evidence/counts?q={line}")).await;
    assert_eq!((&counts["records"], &counts["denied"]), (&json!(3), &json!(1)));
    assert_eq!(counts["is_cut"], false);
    let bars = counts["bars"].as_array().expect("bars");
    let sum = |field: &str| bars.iter().filter_map(|bar| bar[field].as_u64()).sum::<u64>();
    assert_eq!((bars.len(), sum("allowed"), sum("denied")), (48, 2, 1));
    let facet = |name: &str| {
        let facets = counts["facets"].as_array().expect("facets");
        facets.iter().find(|facet| facet["field"] == name).expect(name)["values"].clone()
    };
    assert_eq!(facet("decision")[0]["value"], "allow");
    assert_eq!(facet("actor"), json!([{"value": scene.acting.agent_name, "records": 3, "denied": 1}]));
    assert_eq!(facet("owner")[0]["value"], json!(scene.acting.owner_name));
    assert_eq!(facet("workspace")[0]["value"], json!(scene.workspace_slug));
    let wrong = world.manage("GET", &format!("evidence/counts?q={}", asked("colour:red")), None).await;
    assert_eq!(wrong.status, 400);
}

#[tokio::test]
async fn owners_see_their_agents_auditors_everything_and_guests_their_own() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let other = scene.bystander().await;
    calls(&scene).await;
    scene.check_as(&other.key.token, "search_notes", &json!({})).await;
    let org = &world.organization;
    let log = format!("/o/{org}/audit");
    let mut owner = member(world, &scene.acting.owner).await;
    let page = owner.open(&log).await.answers(200).says(&scene.acting.agent_name);
    page.says("that you answered for at the time").hides(&other.agent_name).hides("/audit/changes");
    owner
        .open(&format!("{log}?q={}", asked(&format!("actor:{}", other.agent))))
        .await
        .says("Nothing that you may see");
    owner.open(&format!("{log}/changes")).await.answers(403);
    let theirs = world.decisions(&format!("actor={}", other.agent)).await;
    owner.open(&format!("{log}/{}", text(&theirs[0], "id"))).await.answers(404).hides(&other.agent_name);
    let mut auditor = auditor(world).await;
    let both = asked(&format!("actor:{} actor:{}", scene.acting.agent, other.agent));
    let page = auditor.open(&format!("{log}?q={both}")).await.says(&scene.acting.agent_name);
    page.says(&other.agent_name).says("4 records").says("/audit/changes").hides("For everybody in");
    auditor.open(&format!("{log}/changes")).await.answers(200).says(&scene.acting.agent_name);
    guest(world).await.open(&log).await.answers(200).hides(&scene.acting.agent_name).hides(&other.agent_name);
}

#[tokio::test]
async fn changes_are_searched_and_lead_to_their_decisions() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let mut admin = admin(world).await;
    let org = &world.organization;
    let odd = unique("<b>Rénamed</b>");
    world.patch(&format!("agents/{}", scene.acting.agent), &json!({"name": odd})).await;
    let line = asked(&format!("kind:agent target:{}", scene.acting.agent));
    let page = admin.open(&format!("/o/{org}/audit/changes?q={line}")).await.answers(200);
    let page = page.says(&format!("name: {odd}")).says(&format!("name: {}", scene.acting.agent_name));
    let page = page.says("agent.update").says("agent.create");
    assert!(!page.text.contains("<b>R"), "markup in a name is text");
    let decision = page.between("data-label=\"Under\"><a href=\"", "\"");
    let record = admin.open(&decision).await.answers(200).says("What was changed under it");
    record.says(&format!("name: {odd}"));
    // A call that was denied tells what had changed before it.
    scene.check("create_note", &json!({})).await;
    let denied = world.decisions(&format!("actor={}&decision=deny", scene.acting.agent)).await;
    let record = admin.open(&format!("/o/{org}/audit/{}", text(&denied[0], "id"))).await;
    record.says("What had changed before it").says(&odd);
    let found = admin.open(&format!("/o/{org}/audit/changes?q={}", asked(&format!("\"{odd}\"")))).await;
    found.says("agent.update");
    let wrong = admin.open(&format!("/o/{org}/audit/changes?q={}", asked("decision:deny"))).await;
    wrong.says("changes cannot be searched for `decision:deny`");
    admin
        .open(&format!("/o/{org}/audit/changes?q={}", asked("target:nothing")))
        .await
        .says("No change matches");
}

#[tokio::test]
async fn queries_are_kept_for_oneself_or_by_an_administrator_for_everybody() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let org = &world.organization;
    let log = format!("/o/{org}/audit");
    let mut owner = member(world, &scene.acting.owner).await;
    let (mine, ours) = (unique("Mine <i>"), unique("Ours"));
    let page = owner.open(&format!("{log}?q={}", asked("decision:deny since:24h"))).await;
    assert!(!page.has("For everybody in"), "a member shares nothing");
    let kept = owner.send(&page, &format!("{log}/saved"), &[("name", &mine)]).await.answers(200);
    kept.says(&mine).says("is kept").says("decision:deny since:24h");
    owner.send(&page, &format!("{log}/saved"), &[("name", "  ")]).await.says("Its name: a name is needed");
    let forced = [("name", ours.as_str()), ("shared", "yes")];
    owner.send(&page, &format!("{log}/saved"), &forced).await.answers(403);
    let mut admin = admin(world).await;
    let page = admin.open(&format!("{log}?q={}", asked("reason:outside_scope"))).await;
    admin.send(&page, &format!("{log}/saved"), &forced).await.says(&ours).hides(&mine);
    let page = owner.open(&log).await.says(&ours).says(&mine);
    let shared = world.list("saved-queries").await;
    let shared = shared.iter().find(|query| query["name"] == ours.as_str()).expect("the organization's");
    assert_eq!((&shared["shared"], &shared["q"]), (&json!(true), &json!("reason:outside_scope")));
    // What is the organization's is an administrator's to remove; what is somebody else's is not there.
    let csrf = page.form("/sign-out").fields;
    let remove = |id: &str| format!("{log}/saved/{id}/remove");
    owner.post(remove(&text(shared, "id")), csrf).await.answers(403);
    let own = owner.open(&log).await.form(&format!("{log}/saved/"));
    let csrf = admin.open(&log).await.form("/sign-out").fields;
    admin.post(own.action.clone(), csrf).await.answers(404);
    owner.post(own.action, own.fields).await.says("is no longer kept").hides(&format!("{mine}</a>"));
    let body = json!({"name": ours, "q": "reason:nonsense"});
    assert_eq!(world.manage("POST", "saved-queries", Some(&body)).await.status, 400);
    world.delete(&format!("saved-queries/{}", text(shared, "id"))).await;
    owner.open(&log).await.hides(&ours);
}

/// The rows of a file of comma-separated values.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = csv.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, quoted) {
            ('"', true) if letters.peek() == Some(&'"') => cell.push(letters.next().expect("a quote")),
            ('"', _) => quoted = !quoted,
            (',', false) => row.push(std::mem::take(&mut cell)),
            ('\r', false) => {}
            ('\n', false) => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (letter, _) => cell.push(letter),
        }
    }
    rows
}

#[tokio::test]
async fn a_file_has_what_the_api_lists_and_its_taking_is_recorded() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let formula = unique("=HYPERLINK(\"https://evil.example\",\"x\")");
    world.patch(&format!("agents/{}", scene.acting.agent), &json!({"name": formula})).await;
    calls(&scene).await;
    let line = format!("actor:{}", scene.acting.agent);
    let listed = world.list(&format!("evidence?q={}", asked(&line))).await;
    let ids: Vec<String> = listed.iter().map(|item| text(item, "id")).collect();
    assert_eq!(ids.len(), 3);

    let mut admin = admin(world).await;
    let log = format!("/o/{}/audit", world.organization);
    let page = admin.open(&format!("{log}?q={}", asked(&line))).await;
    let file = admin.send(&page, &format!("{log}/export"), &[("format", "csv")]).await.answers(200);
    let name = file.response.header("content-disposition").expect("a name").to_owned();
    assert!(name.starts_with("attachment; filename=\"evidence-") && name.ends_with(".csv\""), "{name}");
    let table = rows(&file.text);
    assert_eq!(table[0][..3], ["at", "id", "decision"]);
    assert_eq!(table[1..].iter().map(|row| row[1].clone()).collect::<Vec<_>>(), ids);
    assert!(table[1..].iter().all(|row| row[0].ends_with('Z')), "times are in UTC");
    assert!(table[1..].iter().all(|row| row[7] == format!("'{formula}")), "a formula is text: {table:?}");

    let body = json!({"q": line, "format": "jsonl"});
    let answer = world.manage("POST", "evidence/export", Some(&body)).await;
    let lines: Vec<Value> =
        answer.text().lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let manifest = &lines[0]["export"];
    assert_eq!((&manifest["query"], &manifest["rows"]), (&json!(line), &json!(3)));
    assert_eq!(manifest["newest"]["id"], json!(ids[0]));
    assert_eq!(manifest["oldest"]["id"], json!(ids[2]));
    assert_eq!(lines.last().expect("an end")["end"]["rows"], json!(3));
    let taken: Vec<&Value> = lines[1..4].iter().map(|line| &line["decision"]).collect();
    for (taken, id) in taken.iter().zip(&ids) {
        assert_eq!(**taken, world.decision(id).await);
    }
    let record = world.decision(manifest["decision"].as_str().expect("a record")).await;
    assert_eq!(record["action"], "evidence.export");
    let note = text(&record, "note");
    assert!(note.contains(&line) && note.contains("3 rows") && note.contains(&ids[0]), "{note}");
    assert!(answer.header("link").expect("a link").contains(&text(&record, "id")));
    let wrong = world.manage("POST", "evidence/export", Some(&json!({"format": "xlsx"}))).await;
    assert_eq!(wrong.status, 400);
}

#[tokio::test]
async fn an_owner_takes_away_no_more_than_they_see() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let other = scene.bystander().await;
    calls(&scene).await;
    scene.check_as(&other.key.token, "search_notes", &json!({})).await;
    let mut owner = member(world, &scene.acting.owner).await;
    let log = format!("/o/{}/audit", world.organization);
    let page = owner.open(&log).await;
    let file = owner.send(&page, &format!("{log}/export"), &[("format", "csv")]).await.answers(200);
    let actors: BTreeSet<String> = rows(&file.text)[1..].iter().map(|row| row[7].clone()).collect();
    assert!(actors.contains(&scene.acting.agent_name), "{actors:?}");
    assert!(!actors.contains(&other.agent_name), "{actors:?}");
}

async fn watched(world: &World, visitor: &Visitor, line: &str) -> Events {
    let cookie = visitor.cookie();
    let path = format!("/o/{}/audit/tail?q={}", world.organization, asked(line));
    let mut events =
        Events::open(world.address, &path, &[("cookie", &cookie), ("sec-fetch-site", "same-origin")]).await;
    events.until("retry: ").await;
    events
}

#[tokio::test]
async fn the_live_view_tells_what_comes_and_ends_with_the_session() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let other = scene.bystander().await;
    let odd = unique("<img src=x>");
    world.patch(&format!("agents/{}", scene.acting.agent), &json!({"name": odd})).await;
    let mut owner = member(world, &scene.acting.owner).await;
    let log = format!("/o/{}/audit", world.organization);
    let page = owner.open(&format!("{log}?tail=on")).await.says("The live view needs a script");
    assert!(page.text.contains("hx-sse:connect=\"/o/"), "{}", page.text);
    owner.open(&log).await.hides("hx-sse:connect");

    let mut events = watched(world, &owner, "decision:deny").await;
    assert!(events.text.contains("text/event-stream"), "{}", events.text);
    scene.check_as(&other.key.token, "create_note", &json!({})).await;
    scene.check("search_notes", &json!({})).await;
    scene.check("create_note", &json!({})).await;
    events.until("create_note").await;
    assert!(events.text.contains("data: <tr") && events.text.contains("id: "), "{}", events.text);
    assert!(events.text.contains("&#60;img src=x&#62;"), "markup in a name is text: {}", events.text);
    for hidden in [&other.agent_name, "search_notes"] {
        assert!(!events.text.contains(hidden), "{hidden}: {}", events.text);
    }
    let page = owner.open(&log).await;
    owner.send(&page, "/sign-out", &[]).await;
    events.until("event: over").await;
    events.ended().await;
}

#[tokio::test]
async fn the_live_view_ends_with_the_membership_and_the_key() {
    let world = World::shared().await;
    let person = world.person_as(&unique("Watcher"), "auditor").await;
    let watcher = member(world, &person).await;
    let mut events = watched(world, &watcher, "").await;
    world.delete(&format!("members/{person}")).await;
    events.until("You can no longer see this log").await;
    events.ended().await;

    let neighbour = world.neighbour().await;
    let bearer = format!("Bearer {}", neighbour.api_key);
    let path = neighbour.path("evidence/tail");
    let mut events = Events::open(world.address, &path, &[("authorization", &bearer)]).await;
    events.until("retry: ").await;
    let key = neighbour.list("keys").await;
    let key = key.iter().find(|key| key["kind"] == "management" || key["holder"]["kind"] == "user");
    let key = text(key.expect("the management key"), "id");
    neighbour.manage("POST", &format!("keys/{key}/revoke"), Some(&json!({"reason": "A test."}))).await;
    events.until("event: over").await;
    events.ended().await;
}

#[tokio::test]
async fn no_more_than_twenty_watch_an_organization() {
    let world = World::shared().await.neighbour().await;
    let bearer = format!("Bearer {}", world.api_key);
    let path = world.path("evidence/tail");
    let mut watching = Vec::new();
    for _ in 0..20 {
        let mut events = Events::open(world.address, &path, &[("authorization", &bearer)]).await;
        events.until("retry: ").await;
        watching.push(events);
    }
    let mut one_more = Events::open(world.address, &path, &[("authorization", &bearer)]).await;
    one_more.until("Too many people watch this log").await;
    drop(watching);
}
