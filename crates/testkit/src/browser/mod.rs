//! A real Chromium, which a person of a test sits at: with or without a script, narrow or wide, light or dark.
//!
//! One browser serves a whole test process; each [`Tab`] that is opened has cookies and a cache of its own. What is
//! done in it goes, as lines of JSON, to `tests/parts/browser/driver.cjs`, which knows Playwright.

mod mark;
mod sight;
mod tab;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::time::timeout;

pub use mark::{Mark, button, css, field, link, text};
pub use sight::Sight;
pub use tab::{Seat, Tab};

use crate::{guardian, paths};

/// The longest that anything takes is a run of Lighthouse, on a machine that is busy with other tests.
const DONE_WITHIN: Duration = Duration::from_mins(3);

type Waiting = Arc<Mutex<BTreeMap<u64, oneshot::Sender<Value>>>>;

/// The browser. It ends with the test process, because its input does.
#[derive(Debug)]
pub struct Browser {
    orders: Mutex<ChildStdin>,
    waiting: Waiting,
    next: AtomicU64,
}

impl Browser {
    /// The browser that the tests of this process share.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Browser> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    fn start() -> Self {
        let modules = paths::part("npm/node_modules");
        let mut command = Command::new(modules.join(".bin/node"));
        command.arg(paths::repository("tests/parts/browser/driver.cjs"));
        command.env("NODE_PATH", &modules).env("CHROMIUM", paths::program("chromium"));
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("the browser's driver cannot be started: {error}"));
        guardian::watch(process.id());
        let orders = process.stdin.take().expect("the pipe asked for");
        let outcomes = process.stdout.take().expect("the pipe asked for");
        let waiting = Waiting::default();
        let answered = Arc::clone(&waiting);
        thread::spawn(move || {
            hand_out(outcomes, &answered);
            // Whoever still waits is told that nothing will come.
            answered.lock().unwrap_or_else(PoisonError::into_inner).clear();
            guardian::forget(process.id());
            let _ended = process.wait();
        });
        Self { orders: Mutex::new(orders), waiting, next: AtomicU64::new(1) }
    }

    /// Opens a tab of a browser of its own at a base address.
    pub async fn open(&'static self, base: &str, seat: Seat) -> Tab {
        Tab::open(self, base, seat).await
    }

    /// Carries out an order of the driver's; fails with what went wrong.
    pub async fn perform(&self, order: Value) -> Value {
        self.attempt(order).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// The same, for whoever wants to know what went wrong.
    pub async fn attempt(&self, mut order: Value) -> Result<Value, String> {
        let outcome = self.send(&mut order);
        let what = order.to_string();
        let outcome = timeout(DONE_WITHIN, outcome).await;
        let outcome = outcome.unwrap_or_else(|_| panic!("{what}: not after {DONE_WITHIN:?}"));
        let mut outcome = outcome.unwrap_or_else(|_| panic!("{what}: the browser is gone"));
        match outcome.get("error").and_then(Value::as_str) {
            Some(error) => Err(format!("{error}\n    at {what}")),
            None => Ok(outcome.get_mut("ok").map(Value::take).unwrap_or_default()),
        }
    }

    /// Hands an order on and does not wait for it.
    fn send(&self, order: &mut Value) -> oneshot::Receiver<Value> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        order["id"] = json!(id);
        let (tell, told) = oneshot::channel();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(id, tell);
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        orders.write_all(format!("{order}\n").as_bytes()).expect("a driver that reads");
        told
    }
}

/// Gives each outcome to whoever waits for it, until there are no more.
fn hand_out(outcomes: ChildStdout, waiting: &Waiting) {
    for line in BufReader::new(outcomes).lines().map_while(Result::ok) {
        let Ok(outcome) = serde_json::from_str::<Value>(&line) else { continue };
        let id = outcome.get("id").and_then(Value::as_u64).unwrap_or_default();
        let waits = waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
        // A test that has failed meanwhile does not wait any more.
        waits.map(|tell| tell.send(outcome));
    }
}
