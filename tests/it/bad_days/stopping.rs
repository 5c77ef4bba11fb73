//! Stopping in order, and starting again where one left off.

use std::time::Duration;

use serde_json::json;
use testkit::answerable::{Demo, Program};
use testkit::directory::Directory;
use testkit::http::{Connection, Request};

use crate::world::{Ask, Own, Scene, check_body, reason, text};

#[test]
fn a_second_start_of_the_demo_keeps_everything() {
    let data = Directory::new();
    let mut first = Demo::start(data.path());
    let shown = ["ORG", "API_KEY", "GATEWAY_KEY", "AGENT_KEY", "ROBOT_KEY"];
    let keys = shown.map(|name| first.value(name).to_owned());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let path = format!("/v1/orgs/{}", keys[0]);
    let get = async |program: &Program, rest: &str| {
        let request = Request::get(&format!("{path}/{rest}")).bearer(&keys[1]);
        let response = request.send(program.address).await;
        assert_eq!(response.status, 200, "{rest}: {}", response.text());
        response.json()
    };
    let nouns = ["agents", "members", "workspaces", "servers", "roles", "robots"];
    let mut before = Vec::new();
    let decisions = runtime.block_on(async {
        for noun in nouns {
            before.push(get(&first.program, noun).await);
        }
        get(&first.program, "decisions?limit=1000").await
    });
    assert!(decisions["items"].as_array().is_some_and(|items| items.len() > 10), "the demo asks by itself");
    assert!(first.program.child.stop().success());

    let second = Demo::start(data.path());
    assert_eq!(shown.map(|name| second.value(name).to_owned()), keys);
    runtime.block_on(async {
        for (noun, before) in nouns.iter().zip(&before) {
            assert_eq!(&get(&second.program, noun).await, before, "{noun}");
        }
        let after = get(&second.program, "decisions?limit=1000").await;
        let has = |id: &str| after["items"].as_array().expect("items").iter().any(|item| item["id"] == id);
        for decision in decisions["items"].as_array().expect("items") {
            assert!(has(&text(decision, "id")), "{decision}");
        }
    });
}

#[test]
fn a_demo_that_need_not_wait_ends_with_success() {
    let data = Directory::new();
    let mut command = testkit::answerable::command();
    command.arg("demo").arg("--data-dir").arg(data.path()).args(["--listen", "127.0.0.1:0", "--no-wait"]);
    let printed = testkit::process::run(&mut command);
    let table = printed.split_once("/v1/check:").map_or("", |(_, table)| table);
    for word in ["allow", "deny", "granted", "outside_scope", "agent_paused", "personal_server", "Maya Chen"]
    {
        assert!(table.contains(word), "{word}: {printed}");
    }
    let link = printed.lines().find(|line| line.starts_with("ANSWERABLE_SIGN_IN_LINK="));
    assert!(link.is_some(), "{printed}");
}

/// Told to stop, it finishes what it has begun, and what it has answered is in the evidence of the next start.
#[tokio::test]
async fn sigterm_drains_and_loses_nothing() {
    let mut own = Own::start().await;
    let scene = Scene::set(&own.world).await;
    let ask =
        Ask { credential: &scene.acting.key.token, server: &scene.server, tool: "whoami", arguments: None };
    let request = Request::post("/v1/check", &check_body(&ask)).bearer(&own.world.gateway_key);
    let agent = scene.acting.agent.clone();
    let address = own.world.address;
    let callers: Vec<_> = (0..4)
        .map(|_| {
            let request = request.clone();
            tokio::spawn(async move {
                let mut answered = Vec::new();
                while let Ok(mut connection) = Connection::open(address).await {
                    while let Ok(response) = connection.exchange(&request).await {
                        if response.status != 200 {
                            break;
                        }
                        answered.push(text(&response.json(), "decision_id"));
                    }
                }
                answered
            })
        })
        .collect();
    let busy = async || {
        let page = own.world.get(&format!("decisions?actor={agent}&limit=50")).await;
        (page["items"].as_array().map_or(0, Vec::len) == 50).then_some(())
    };
    testkit::process::eventually("calls are on their way", Duration::from_secs(30), busy).await;
    own.program.child.signal(testkit::process::Signal::TERM);
    let status = own.program.child.wait(Duration::from_secs(30)).expect("it ends");
    assert!(status.success(), "{status}: {}", own.program.child.stderr());
    let mut answered = Vec::new();
    for caller in callers {
        answered.extend(caller.await.expect("a caller"));
    }
    assert!(answered.len() >= 50, "{}", answered.len());

    let again = Program::serve(&[("ANSWERABLE_DATABASE__URL", &own.world.database)]);
    let world = own.world.moved_to(again.address).await;
    let kept: std::collections::BTreeSet<_> = world
        .decisions(&format!("actor={agent}"))
        .await
        .iter()
        .map(|decision| text(decision, "id"))
        .collect();
    let lost: Vec<_> = answered.iter().filter(|id| !kept.contains(*id)).collect();
    assert!(lost.is_empty(), "of {} answered: {lost:?}", answered.len());
    let answer = world.check_raw(&check_body(&ask)).await;
    assert_eq!(reason(&answer), "allow");
    assert_eq!(world.manage("POST", "roles", Some(&json!({"name": "after"}))).await.status, 201);
}
