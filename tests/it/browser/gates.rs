//! What holds of every page there is: nobody is kept from it by how they read, how wide their window is, or what their
//! network costs.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use testkit::browser::{Browser, Seat, Sight, Tab, button, css};

use super::places::{Place, Then, places};
use super::sitting::Who;
use super::stage::Stage;
use super::{beside_others, screens};

/// A desk, a phone, and 400 % zoom on a desk (WCAG 1.4.10).
const WIDE: u32 = 1280;
const NARROW: u32 = 360;
const NARROWEST: u32 = 320;

/// What a page may take over the network when nothing of it is kept, in bytes: well under a second on a slow phone.
const FIRST_LOAD: u64 = 60_000;
/// The audit log itself has a second script and more rows than any other; pages beside it have neither.
const FIRST_LOAD_OF_THE_LOG: u64 = 75_000;

/// Tabs that are looked at side by side: two cores, and a server that answers in between.
const AT_ONCE: usize = 3;

/// Pages to look at, and what was found wrong with those that were.
struct Walk {
    stage: &'static Stage,
    left: Mutex<Vec<Place>>,
    found: Mutex<Vec<String>>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_is_for_everybody() {
    let _others = beside_others().await;
    let stage = Stage::shared().await;
    let mut all = places(stage);
    let count = all.len();
    all.reverse();
    let walk = Arc::new(Walk { stage, left: Mutex::new(all), found: Mutex::default() });
    let walkers: Vec<_> = (0..AT_ONCE).map(|_| tokio::spawn(Arc::clone(&walk).go())).collect();
    for walker in walkers {
        walker.await.expect("a walker that comes back");
    }
    let found = walk.found.lock().unwrap_or_else(PoisonError::into_inner);
    screens::index();
    assert!(found.is_empty(), "{} of {count} pages:\n{}", found.len(), found.join("\n"));
}

impl Walk {
    async fn go(self: Arc<Self>) {
        let mut seats: Vec<(Who, Tab)> = Vec::new();
        while let Some(place) = self.next() {
            if !seats.iter().any(|(who, _)| *who == place.who) {
                seats.push((place.who, place.who.at(self.stage, Seat::default()).await));
            }
            let found = seats.iter().find(|(who, _)| *who == place.who);
            let (_, tab) = found.expect("who has just sat down");
            let wrong = visit(self.stage, tab, &place).await;
            if !wrong.is_empty() {
                let line = format!("{} ({}):\n    {}", place.name, place.path, wrong.join("\n    "));
                self.found.lock().unwrap_or_else(PoisonError::into_inner).push(line);
            }
        }
    }

    fn next(&self) -> Option<Place> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }
}

/// Opens a page once, and looks at it in every size and look.
async fn visit(stage: &Stage, tab: &Tab, place: &Place) -> Vec<String> {
    tab.look(WIDE, false).await;
    tab.order(json!({"do": "cold"})).await;
    tab.troubles().await;
    let sight = open(stage, tab, place).await;
    let mut wrong = Vec::new();
    if sight.status != place.status {
        return vec![format!(
            "answers {} and not {}, at {}:\n{}",
            sight.status, place.status, sight.path, sight.text
        )];
    }
    if place.then == Then::Nothing {
        wrong.extend(weight(tab, place).await);
        wrong.extend(markup(tab).await);
    }
    for (width, dark) in [(WIDE, false), (WIDE, true), (NARROW, true), (NARROW, false)] {
        tab.look(width, dark).await;
        let here = format!("{width} px, {}", if dark { "dark" } else { "light" });
        if screens::shot(tab, &place.name, width, dark).await {
            continue;
        }
        wrong.extend(told(&here, &tab.order(json!({"do": "axe"})).await));
        wrong.extend(told(&here, &tab.order(json!({"do": "overflow"})).await));
    }
    tab.look(NARROWEST, false).await;
    wrong.extend(told("320 px", &tab.order(json!({"do": "overflow"})).await));
    wrong.extend(tab.troubles().await);
    wrong
}

/// Goes there and does what is to be done there first. Who has been signed in for too long proves who they are again.
async fn open(stage: &Stage, tab: &Tab, place: &Place) -> Sight {
    let mut sight = tab.go(&place.path).await;
    if sight.path.starts_with("/step-up?") {
        super::sitting::sign_in(tab, &stage.world, &stage.ids["owner"]).await;
        sight = tab.go(&place.path).await;
    }
    match place.then {
        Then::Nothing => sight,
        Then::Press(keys) => {
            tab.press(keys).await;
            tab.until("document.querySelector('dialog[open]')").await
        }
        Then::Send(name) => tab.click(button(name)).await,
        Then::Click(on) => tab.click(css(on).nth(0)).await,
    }
}

async fn weight(tab: &Tab, place: &Place) -> Option<String> {
    let bytes = tab.order(json!({"do": "weight"})).await.as_u64().unwrap_or_default();
    let path = place.path.split('?').next().unwrap_or_default();
    let most = if path.ends_with("/audit") { FIRST_LOAD_OF_THE_LOG } else { FIRST_LOAD };
    (bytes > most || bytes == 0).then(|| format!("weighs {bytes} bytes, at most {most}"))
}

async fn markup(tab: &Tab) -> Vec<String> {
    let html = tab.order(json!({"do": "markup"})).await;
    told("markup", &Browser::shared().perform(json!({"do": "validate", "html": html})).await)
}

/// What an audit found, with where it was.
fn told(here: &str, found: &Value) -> Vec<String> {
    let one = found.as_str().into_iter();
    let all = found.as_array().into_iter().flatten().filter_map(Value::as_str);
    one.chain(all).map(|what| format!("{here}: {what}")).collect()
}
