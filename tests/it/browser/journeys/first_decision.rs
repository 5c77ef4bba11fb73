//! From a first start to a first decision, on the pages alone.

use testkit::browser::{Seat, button, css, link};

use super::{last, seats, send};
use crate::browser::beside_others;
use crate::browser::sitting::admin;
use crate::world::{Ask, World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_first_start_to_a_first_decision() {
    let _others = beside_others().await;
    for seat in seats() {
        journey(seat).await;
    }
}

async fn journey(seat: Seat) {
    let world = World::shared().await.neighbour().await;
    let org = format!("/o/{}", world.organization);
    let tab = admin(&world, seat).await;

    tab.go(&format!("{org}/workspaces/new")).await.answers(200);
    send(&tab, &[("name", "Finance"), ("slug", "finance")], "Create the workspace").await.says("Finance");

    tab.go(&format!("{org}/servers/new")).await.answers(200);
    let server = [("name", "Payments"), ("slug", "payments")];
    send(&tab, &server, "Register the server").await.says("Payments");
    tab.go(&format!("{org}/servers/payments/tools/new")).await.answers(200);
    send(&tab, &[("name", "list_invoices"), ("title", "Lists invoices.")], "Add the tool")
        .await
        .says("list_invoices");
    tab.go(&format!("{org}/workspaces/finance/servers")).await.says("This workspace offers no server yet");
    tab.click(button("Offer it here")).await.says("Payments");

    tab.go(&format!("{org}/roles/new")).await.answers(200);
    let role = send(&tab, &[("name", "Accountant")], "Create the role").await.says("Accountant");
    let role = last(&role.path);
    tab.go(&format!("{org}/roles/{role}/grants/new")).await.answers(200);
    tab.choose(css("#server"), "Payments").await;
    send(&tab, &[("tools", "list_*")], "Save the grant").await.says("list_*");

    tab.go(&format!("{org}/workspaces/finance/add")).await.answers(200);
    tab.choose(css("#person"), "Maya Chen").await;
    tab.choose(css("#role"), "Accountant").await;
    tab.click(button("Add to the workspace")).await.says("Maya Chen");

    let token = agent(&tab, &org).await;
    let ask = Ask { credential: &token, server: "payments", tool: "list_invoices", arguments: None };
    assert_eq!(world.check(ask).await["decision"], true, "the first decision");

    tab.go(&format!("{org}/audit")).await.says("Invoice Reconciler").says("list_invoices");
    assert_eq!(tab.troubles().await, [""; 0]);
}

/// Creates the agent, from the list's own button to the page that shows its key.
async fn agent(tab: &testkit::browser::Tab, org: &str) -> String {
    tab.go(&format!("{org}/agents")).await.says("An agent is a colleague that is not a person.");
    tab.click(link("New agent").nth(0)).await.says("What is it called?");
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
