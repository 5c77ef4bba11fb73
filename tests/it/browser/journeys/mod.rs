//! What people come for, from the first click to the last: each with a script and without.

mod agent;
mod auditor;
mod bad_days;
mod first_decision;
mod gateway;
mod leaving;
mod log;
mod lost;
mod nothing_else;
mod offered;
mod others;
mod own_agents;
mod provider;
mod rotation;

use testkit::browser::{Seat, Tab, button, css};

/// The seats that every journey is made from.
fn seats() -> [Seat; 2] {
    [Seat::default(), Seat::plain()]
}

/// Writes into the fields with these ids, and sends the form by a button.
async fn send(tab: &Tab, filled: &[(&str, &str)], by: &str) -> testkit::browser::Sight {
    for (id, value) in filled {
        tab.fill(css(&format!("#{id}")), value).await;
    }
    tab.click(button(by)).await
}

/// The end of an address without what is asked there.
fn last(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default().to_owned()
}
