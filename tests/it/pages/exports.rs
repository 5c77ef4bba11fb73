//! Files that are taken out of the evidence: each can be checked later against its manifest. And the changes, counted.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::signed_in::{admin, auditor, member};
use crate::world::{Scene, World, text, unique};

/// SHA-256 of a text, as a manifest writes it.
fn digest(text: &str) -> String {
    let bytes: Vec<String> =
        Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.concat()
}

/// The lines of a file, and all of it before the last.
fn lines(file: &str) -> (Vec<Value>, &str) {
    let lines: Vec<Value> =
        file.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let before = file.trim_end().rfind('\n').expect("several lines") + 1;
    (lines, &file[..before])
}

/// A line of a query in an address.
fn asked(line: &str) -> String {
    let bytes: Vec<String> = line.bytes().map(|byte| format!("%{byte:02X}")).collect();
    bytes.concat()
}

/// What is kept of the file that was taken last.
async fn kept(world: &World) -> (String, Value) {
    let taken = world.get("evidence?q=action:evidence.export&limit=1").await;
    let id = text(&taken["items"][0], "id");
    let manifest = world.get(&format!("decisions/{id}/manifest")).await;
    (id, manifest)
}

#[tokio::test]
async fn a_file_of_decisions_can_be_checked_against_its_manifest() {
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    for tool in ["search_notes", "whoami", "create_note"] {
        scene.check(tool, &json!({})).await;
    }
    let q = format!("actor:{}", scene.acting.agent);
    let answer = world.manage("POST", "evidence/export", Some(&json!({"q": q, "format": "jsonl"}))).await;
    let file = answer.text();
    let (lines, before) = lines(&file);
    let end = &lines.last().expect("an end")["end"];
    let ids: Vec<String> = lines[1..4].iter().map(|line| text(&line["decision"], "id")).collect();
    assert_eq!((&end["query"], &end["rows"], &end["of"]), (&json!(q), &json!(3), &json!("decisions")));
    assert_eq!((text(&end["newest"], "id"), text(&end["oldest"], "id")), (ids[0].clone(), ids[2].clone()));
    assert_eq!((text(end, "sha256"), &end["bytes"]), (digest(before), &json!(before.len())));
    assert_eq!(kept(&world).await.1, *end, "the same stands beside the record of the taking");

    let mut admin = admin(&world).await;
    let log = format!("/o/{}/audit", world.organization);
    let page = admin.open(&format!("{log}?q={}", asked(&q))).await;
    let file = admin.send(&page, &format!("{log}/export"), &[("format", "csv")]).await.answers(200);
    let (id, manifest) = kept(&world).await;
    assert_eq!((text(&manifest, "sha256"), text(&manifest, "format")), (digest(&file.text), "csv".into()));
    let record = admin.open(&format!("{log}/{id}")).await.says("Manifest of the file");
    assert!(record.text.contains(&format!("{log}/{id}/manifest")), "{}", record.text);
    let beside = admin.open(&format!("{log}/{id}/manifest")).await.answers(200);
    assert_eq!(serde_json::from_str::<Value>(&beside.text).expect("JSON"), manifest);
    let name = beside.response.header("content-disposition").expect("a name").to_owned();
    assert!(name.ends_with(&format!("manifest-{id}.json\"")), "{name}");

    // Who does not see the record has no manifest either, and what was not taken has none.
    let mut stranger = member(&world, &world.person(&unique("Stranger")).await).await;
    stranger.open(&format!("{log}/{id}/manifest")).await.answers(404);
    admin.open(&format!("{log}/{}/manifest", ids[0])).await.answers(404);
}

#[tokio::test]
async fn changes_are_taken_away_without_the_hash_of_a_secret() {
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    let formula = unique("=HYPERLINK(1)");
    world.patch(&format!("agents/{}", scene.acting.agent), &json!({"name": formula})).await;
    let q = format!("kind:agent target:{}", scene.acting.agent);
    let answer = world.manage("POST", "audit/export", Some(&json!({"q": q, "format": "jsonl"}))).await;
    let file = answer.text();
    let (lines, before) = lines(&file);
    let listed = world.list(&format!("audit?kind=agent&target={}", scene.acting.agent)).await;
    let taken: Vec<&Value> = lines[1..lines.len() - 1].iter().map(|line| &line["change"]).collect();
    assert_eq!(taken, listed.iter().collect::<Vec<_>>());
    let end = &lines.last().expect("an end")["end"];
    assert_eq!((&end["of"], &end["rows"]), (&json!("changes"), &json!(listed.len())));
    let newest = format!("{}.{}", listed[0]["revision"], listed[0]["position"]);
    assert_eq!((text(&end["newest"], "id"), text(end, "sha256")), (newest, digest(before)));
    assert_eq!(lines[0]["export"]["rows"], end["rows"]);

    let mut auditor = auditor(&world).await;
    let log = format!("/o/{}/audit/changes", world.organization);
    let page = auditor.open(&format!("{log}?q={}", asked(&q))).await.answers(200);
    let file = auditor.send(&page, &format!("{log}/export"), &[("format", "csv")]).await.answers(200);
    assert!(file.text.starts_with("at,id,revision,position,action,"), "{}", file.text);
    assert!(file.text.contains(&formula) && file.text.contains("Maya Chen"), "{}", file.text);
    assert_eq!(text(&kept(&world).await.1, "sha256"), digest(&file.text));

    let keys = auditor.open(&format!("{log}?q=kind%3Akey")).await;
    let file = auditor.send(&keys, &format!("{log}/export"), &[("format", "csv")]).await.answers(200);
    assert!(file.text.contains(",key.create,") && !file.text.contains("hash"), "{}", file.text);

    let mut owner = member(&world, &scene.acting.owner).await;
    let csrf = owner.open(&format!("/o/{}/audit", world.organization)).await.form("/sign-out").fields;
    let fields: Vec<(String, String)> =
        csrf.into_iter().chain([("format".to_owned(), "csv".to_owned())]).collect();
    owner.post(format!("{log}/export"), fields).await.answers(403);
}

#[tokio::test]
async fn changes_are_counted_and_narrowed_down_by_links() {
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    let all = world.get("audit/counts").await;
    let listed = world.list("audit").await;
    assert_eq!((&all["changes"], &all["is_cut"]), (&json!(listed.len()), &json!(false)));
    let bars = all["bars"].as_array().expect("bars");
    assert_eq!(bars.iter().filter_map(|bar| bar["changes"].as_u64()).sum::<u64>(), listed.len() as u64);
    let facet = |counts: &Value, name: &str| {
        let facets = counts["facets"].as_array().expect("facets").clone();
        facets.into_iter().find(|facet| facet["field"] == name).expect("a field")["values"].clone()
    };
    let of_kind = async |kind: &str| world.list(&format!("audit?kind={kind}")).await.len();
    let kinds = facet(&all, "kind");
    for kind in kinds.as_array().expect("kinds") {
        assert_eq!(kind["changes"], json!(of_kind(&text(kind, "value")).await), "{kind}");
    }
    let keys = world.get("audit/counts?q=kind:key").await;
    assert_eq!(keys["changes"], json!(of_kind("key").await));
    let wrong = world.manage("GET", "audit/counts?q=decision:deny", None).await;
    assert_eq!(wrong.status, 400, "{}", wrong.text());

    let mut admin = admin(&world).await;
    let log = format!("/o/{}/audit/changes", world.organization);
    let page = admin.open(&log).await.says("Who changed it").says("What was changed").says("Maya Chen");
    assert!(page.text.contains("<svg class=\"bars"), "{}", page.text);
    // A link edits the text, and the page says what the link says.
    assert!(page.text.contains(&format!("{log}?q=kind%3Aagent\"")), "{}", page.text);
    let agents =
        admin.open(&format!("{log}?q=kind%3Aagent")).await.says("1 change").says(&scene.acting.agent_name);
    assert!(agents.text.contains("aria-current=\"true\""), "{}", agents.text);
    // Two of one name are told apart by their ids.
    let by_name = "q=actor%3A%22Maya+Chen%22\"";
    assert!(page.text.contains(by_name), "{}", page.text);
    world.person("Maya Chen").await;
    let page = admin.open(&log).await.says("Maya Chen");
    assert!(!page.text.contains(by_name), "{}", page.text);
}
