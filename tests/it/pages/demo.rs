//! The demo says that it is one, and its data goes with one click.

use serde_json::json;
use testkit::answerable::{Demo, command};
use testkit::directory::Directory;
use testkit::http::Request;
use testkit::process::run;

use super::clerk::Clerk;
use super::visitor::Visitor;
use crate::world::World;

#[tokio::test]
async fn demo_data_is_labelled_and_removed_with_one_click() {
    let data = Directory::new();
    let mut demo = Demo::start(data.path());
    let address = demo.program.address;
    let mut maya = Visitor::new(address);
    let link = demo.value("SIGN_IN_LINK");
    let path = &link[link.find("/sign-in/").expect("a path")..];
    let page = maya.open(path).await.answers(200);
    maya.send(&page, path, &[]).await.answers(200);

    let overview = maya.open("/o/northwind").await.answers(200).says("This is demo data");
    let start = maya.send(&overview, "/o/northwind/demo/remove", &[]).await.answers(200);
    assert!(start.path.starts_with("/start/"), "it leads on to one's own: {}", start.path);
    for gone in ["/o/northwind", "/o/northwind/agents"] {
        maya.open(gone).await.answers(404).hides("Invoice Reconciler");
    }
    let asked = json!({
        "credential": demo.value("AGENT_KEY"), "server": "payments", "method": "tools/call",
        "tool": "list_invoices", "arguments": {},
    });
    let answer = Request::post("/v1/check", &asked).bearer(demo.value("GATEWAY_KEY")).send(address).await;
    assert_ne!(answer.status, 200, "its keys open nothing: {}", answer.text());

    let filled =
        [("organization", "Own Company"), ("slug", "own"), ("name", "Jo Lee"), ("email", "jo@own.example")];
    maya.send(&start, "/start/", &filled).await.answers(200).says("Jo Lee");
    maya.open("/o/own").await.answers(200).says("First steps").hides("This is demo data");
    maya.open("/o/own/people").await.answers(200).says("Jo Lee").hides("Jonas Weber");
    assert!(demo.program.child.stop().success());

    // Another start shows nothing of it, and makes nothing up again.
    let mut again = command();
    again.arg("demo").arg("--data-dir").arg(data.path()).args(["--listen", "127.0.0.1:0", "--no-wait"]);
    let printed = run(&mut again);
    assert!(printed.contains("ANSWERABLE_URL="), "{printed}");
    assert!(!printed.contains("KEY=") && !printed.contains("SET_UP_LINK="), "{printed}");
}

#[tokio::test]
async fn where_no_demo_is_run_there_is_nothing_to_remove() {
    let world = World::shared().await.neighbour().await;
    let admin = Clerk::admin(&world).await;
    assert!(!admin.page("").await.contains("demo data"));
    assert_eq!(admin.post("demo/remove", &[]).await.status, 404);
    admin.page("").await;
}
