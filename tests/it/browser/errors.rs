//! A form that comes back says what is wrong with it: in the title first, and where its reader goes on.

use testkit::browser::{Seat, Sight, Tab, button, css};

use super::beside_others;
use super::sitting::admin;
use crate::world::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_comes_back_leads_to_what_is_wrong() {
    let _others = beside_others().await;
    let world = World::shared().await.neighbour().await;
    let org = format!("/o/{}", world.organization);
    for seat in [Seat::default(), Seat::plain()] {
        let tab = admin(&world, seat).await;
        let form = tab.go(&format!("{org}/workspaces/new")).await.answers(200);
        assert!(!form.title.starts_with("Error"), "{}", form.title);
        let again = tab.click(button("Create the workspace")).await.answers(422);
        told(&tab, seat, &again, "name").await;
        // Questions in an address, which change nothing, are answered in the same way.
        for (question, field) in [
            ("explore?tool=pay", "who"),
            ("explore/who?tool=pay", "server"),
            ("explore/what?who=nobody", "who"),
            ("audit?q=colour%3Ared", "q"),
            ("audit/changes?q=decision%3Adeny", "q"),
        ] {
            let page = tab.go(&format!("{org}/{question}")).await.answers(200);
            told(&tab, seat, &page, field).await;
        }
    }
}

/// The title says it, the summary leads to the field, and with a script the focus is on it.
async fn told(tab: &Tab, seat: Seat, page: &Sight, field: &str) {
    assert!(page.title.starts_with("Error: "), "{}: {}", page.path, page.title);
    assert_eq!(tab.count(css("#errors")).await, 1, "{}", page.path);
    assert_eq!(tab.count(css(&format!("#errors a[href='#{field}']"))).await, 1, "{}", page.path);
    assert_eq!(tab.count(css(&format!("#{field}[aria-invalid=true]"))).await, 1, "{}", page.path);
    assert_eq!(tab.count(css(&format!("#{field}-error"))).await, 1, "{}", page.path);
    if seat.script {
        tab.until("document.activeElement.id === 'errors'").await;
    }
}
