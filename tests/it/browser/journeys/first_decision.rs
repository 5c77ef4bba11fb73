//! From a first start to a first decision, on the pages alone, along the list of first steps.

use serde_json::json;
use testkit::browser::{Browser, Seat, Sight, Tab, button, css};
use testkit::http::Request;

use super::gateway::told;
use super::{last, seats, send};
use crate::browser::beside_others;
use crate::browser::empty::Empty;
use crate::world::{Ask, check_body, done, wait_ready};

const ORG: &str = "/o/northwind";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_first_start_to_a_first_decision() {
    let _others = beside_others().await;
    for seat in seats() {
        journey(seat).await;
    }
}

async fn journey(seat: Seat) {
    let empty = tokio::task::spawn_blocking(Empty::start).await.expect("a program");
    wait_ready(empty.program.address).await;
    let tab = Browser::shared().open(&empty.program.url(), seat).await;
    tab.go(&empty.link).await.says("You begin the first one and own it");
    let founder = [
        ("organization", "Northwind"),
        ("slug", "northwind"),
        ("name", "Maya Chen"),
        ("email", "maya@northwind.example"),
    ];
    send(&tab, &founder, "Set up").await.at("/account");

    // What needs a provider of one's own is put off.
    tab.go(ORG).await.says("First steps").says("1 of 7");
    for later in ["domain", "sign_in"] {
        let skip = format!("form:has(input[value={later}]) button");
        tab.click(css(&skip)).await.says("The step is skipped");
    }
    step(&tab, "/workspaces/new").await.answers(200);
    send(&tab, &[("name", "Finance"), ("slug", "finance")], "Create the workspace").await.says("Finance");
    tools(&tab).await;

    step(&tab, "/agents/new").await.says("What is it called?");
    let agent = agent(&tab).await;
    step(&tab, "/gateways/new").await.says("It gets a key of its own");
    send(&tab, &[("name", "Edge")], "Register it and make its key").await.says("Save this key now");
    let gateway = tab.read(css("#secret-1")).await;
    tab.tick(css("#stored"), true).await;
    let there = tab.click(button("Done")).await.says("Waiting for its first call").path;

    let waiting = step(&tab, &there[ORG.len()..]).await.says("Waiting for its first call");
    assert_eq!(waiting.path.split('?').next(), there.split('?').next(), "where the first call is waited for");
    let ask = Ask { credential: &agent, server: "payments", tool: "list_invoices", arguments: None };
    let call = Request::post("/v1/check", &check_body(&ask)).bearer(&gateway);
    let answer = done("the first call", &call.send(empty.program.address).await);
    assert_eq!(answer["decision"], json!(true), "the first decision: {answer}");
    told(&tab, seat).await.says("1 call was allowed and 0 denied.");

    tab.go(ORG).await.hides("First steps");
    tab.go(&format!("{ORG}/audit")).await.says("Invoice Reconciler").says("list_invoices");
    assert_eq!(tab.troubles().await, [""; 0]);
}

/// Takes the step of the list whose page that is.
async fn step(tab: &Tab, page: &str) -> Sight {
    tab.go(ORG).await.says("First steps");
    let page = page.split('?').next().unwrap_or_default();
    tab.click(css(&format!("section[aria-labelledby=steps] a.button[href$='{page}']"))).await
}

/// A server with a tool, offered in the workspace, and a role for it that Maya holds there.
async fn tools(tab: &Tab) {
    tab.go(&format!("{ORG}/servers/new")).await.answers(200);
    let server = [("name", "Payments"), ("slug", "payments")];
    send(tab, &server, "Register the server").await.says("Payments");
    tab.go(&format!("{ORG}/servers/payments/tools/new")).await.answers(200);
    send(tab, &[("name", "list_invoices"), ("title", "Lists invoices.")], "Add the tool")
        .await
        .says("list_invoices");
    tab.go(&format!("{ORG}/workspaces/finance/servers")).await.says("This workspace offers no server yet");
    tab.click(button("Offer it here")).await.says("Payments");

    tab.go(&format!("{ORG}/roles/new")).await.answers(200);
    let role = send(tab, &[("name", "Accountant")], "Create the role").await.says("Accountant");
    let role = last(&role.path);
    tab.go(&format!("{ORG}/roles/{role}/grants/new")).await.answers(200);
    tab.choose(css("#server"), "Payments").await;
    send(tab, &[("tools", "list_*")], "Save the grant").await.says("list_*");

    tab.go(&format!("{ORG}/workspaces/finance/add")).await.answers(200);
    tab.choose(css("#person"), "Maya Chen (maya@northwind.example)").await;
    tab.choose(css("#role"), "Accountant").await;
    tab.click(button("Add to the workspace")).await.says("Maya Chen");
}

/// Creates the agent, from its first page to the one that shows its key.
async fn agent(tab: &Tab) -> String {
    send(tab, &[("name", "Invoice Reconciler")], "Continue").await.says("Who answers for it?");
    tab.click(button("Continue")).await.says("What may Invoice Reconciler use?");
    tab.tick(css("input[value$='/list_invoices']"), true).await;
    tab.click(button("Continue")).await.says("How does Invoice Reconciler prove itself?");
    send(tab, &[("key_name", "Maya's laptop")], "Continue")
        .await
        .says("Check and create")
        .says("list_invoices");
    tab.click(button("Create the agent")).await.says("Save this key now");
    tab.read(css("#secret-1")).await
}
