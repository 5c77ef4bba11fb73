//! A tester of conformance that was not written here, on both databases.

use std::process::Command;

use serde_json::Value;
use testkit::paths::{part, repository};
use testkit::postgres::Postgres;
use testkit::process::run;

use super::Directory;
use super::session::directory_key;
use crate::world::serve;

/// Statuses that are no fault.
const GOOD: [&str; 4] = ["SUCCESS", "COMPLIANT", "ACCEPTABLE", "SKIPPED"];

async fn finds_nothing_wrong(directory: &Directory) {
    let mut tester = Command::new(part("venv/bin/python"));
    tester.arg(repository("tests/parts/scim_tester.py"));
    tester.arg(format!("http://{}/scim/v2", directory.world.address)).arg(&directory.token);
    let said = tokio::task::spawn_blocking(move || run(&mut tester)).await.expect("it ends");
    let results: Vec<Value> =
        said.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect();
    let is_good = |result: &&Value| result["status"].as_str().is_some_and(|status| GOOD.contains(&status));
    let wrong: Vec<&Value> = results.iter().filter(|result| !is_good(result)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let succeeded = results.iter().filter(|result| result["status"] == "SUCCESS").count();
    assert!(succeeded > 100, "only {succeeded} of {} checks were made", results.len());
}

#[tokio::test]
async fn the_tester_of_python_scim_finds_nothing_wrong() {
    finds_nothing_wrong(&Directory::connected().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nor_does_it_on_postgresql() {
    let url = tokio::task::block_in_place(|| Postgres::shared().database());
    let (program, world) = serve(&url, &url, &[]).await;
    let token = directory_key(&world).await;
    finds_nothing_wrong(&Directory { world, token }).await;
    drop(program);
}
