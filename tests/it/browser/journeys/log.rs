//! What an agent did yesterday is found in the log, narrowed down, and taken away as a file.

use std::process::Command;

use serde_json::{Value, json};
use testkit::browser::{Seat, Tab, button, css};
use testkit::process::run;

use super::{seats, send};
use crate::browser::beside_others;
use crate::browser::sitting::admin;
use crate::world::{Scene, World};

/// Moves what an agent did back by a day: nobody waits for yesterday.
const A_DAY_BACK: &str = "
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], timeout=30)
(organization,) = database.execute('select organization_id from organization_heads where slug = ?', (sys.argv[2],)).fetchone()
moved = database.execute('update decisions set at = at - 86400000000 where organization_id = ? and actor_name = ?',
    (organization, sys.argv[3])).rowcount
database.commit()
print(moved)
";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_agent_did_yesterday_is_found_and_exported() {
    let _others = beside_others().await;
    for seat in seats() {
        journey(seat).await;
    }
}

async fn journey(seat: Seat) {
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    let other = scene.bystander().await;
    for tool in ["search_notes", "whoami", "create_note"] {
        scene.check(tool, &json!({})).await;
    }
    yesterday(&world, &scene.acting.agent_name);
    scene.check("transfer", &json!({"amount": 1})).await;
    scene.check_as(&other.key.token, "search_notes", &json!({})).await;

    let tab = admin(&world, seat).await;
    let log = format!("/o/{}/audit", world.organization);
    tab.go(&log).await.says("transfer").says(&other.agent_name);
    let line = format!("actor:{} since:2d until:24h", scene.acting.agent_name);
    let found = send(&tab, &[("q", &line)], "Search").await.says("3 records, 1 denied").says("whoami");
    found.hides("transfer").hides(&other.agent_name);
    let denied = tab.click(css(".sides a[href*='decision%3Adeny']")).await.says("1 record, 1 denied");
    denied.says("create_note").hides("whoami");
    exported(&tab, &scene, 1).await;
    // Without that word again, the file has all of the day.
    tab.click(css("a[title='Without decision:deny']")).await.says("3 records, 1 denied");
    exported(&tab, &scene, 3).await;
    assert_eq!(tab.troubles().await, [""; 0]);
}

fn yesterday(world: &World, agent: &str) {
    let file = world.database.strip_prefix("sqlite://").expect("a file").split('?').next().expect("a path");
    let moved = run(Command::new("python3").args(["-c", A_DAY_BACK, file, &world.organization, agent]));
    assert_eq!(moved.trim(), "3");
}

/// Takes what is found away in both shapes: so many rows, all of the one agent.
async fn exported(tab: &Tab, scene: &Scene<'_>, rows: usize) {
    tab.click(css("summary[data-key=e]")).await.says("Everything that this search finds up to now");
    let (name, csv) = tab.download(button("Export as CSV")).await;
    assert!(name.starts_with("evidence-") && name.rsplit('.').next() == Some("csv"), "{name}");
    assert_eq!(csv.lines().count(), rows + 1, "a line of names, then the rows: {csv}");
    let of_it = csv.lines().skip(1).all(|line| line.contains(&scene.acting.agent_name));
    assert!(of_it && csv.contains("create_note") && !csv.contains("transfer"), "{csv}");
    let (name, lines) = tab.download(button("Export as JSON Lines")).await;
    assert!(name.rsplit('.').next() == Some("jsonl"), "{name}");
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("a line")).collect();
    assert_eq!((lines.len(), &lines[rows + 1]["end"]["rows"]), (rows + 2, &json!(rows)));
    assert!(lines[rows + 1]["end"]["sha256"].is_string(), "{lines:?}");
    tab.click(css("summary[data-key=e]")).await.answers(200);
}
