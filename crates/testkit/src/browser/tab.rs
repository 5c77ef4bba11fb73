//! A tab, and what a person does in it.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};

use super::{Browser, Mark, Sight};

/// How somebody sits at a browser.
#[derive(Clone, Copy, Debug)]
pub struct Seat {
    /// Whether scripts run.
    pub script: bool,
    /// The width of the window, in pixels.
    pub width: u32,
    /// Whether they like it dark.
    pub dark: bool,
}

impl Default for Seat {
    /// A desk, with a script, in the light.
    fn default() -> Self {
        Self { script: true, width: 1280, dark: false }
    }
}

impl Seat {
    /// The same without a script.
    pub fn plain() -> Self {
        Self { script: false, ..Self::default() }
    }
}

/// A tab. It is closed when it is dropped.
#[derive(Debug)]
pub struct Tab {
    browser: &'static Browser,
    name: u64,
    base: String,
}

impl Tab {
    /// Opens one.
    pub(super) async fn open(browser: &'static Browser, base: &str, seat: Seat) -> Self {
        let tab = Self { browser, name: name(), base: base.trim_end_matches('/').to_owned() };
        let Seat { script, width, dark } = seat;
        tab.order(json!({"do": "open", "script": script, "width": width, "dark": dark})).await;
        tab
    }

    /// Opens a second one of the same browser, with the same cookies.
    pub async fn beside(&self) -> Self {
        let tab = Self { browser: self.browser, name: name(), base: self.base.clone() };
        tab.order(json!({"do": "beside", "of": self.name})).await;
        tab
    }

    /// Goes to an address of the base, or to a whole one.
    pub async fn go(&self, path: &str) -> Sight {
        let url = if path.starts_with('/') { format!("{}{path}", self.base) } else { path.to_owned() };
        self.see(json!({"do": "go", "url": url})).await
    }

    /// What stands there now.
    pub async fn now(&self) -> Sight {
        self.see(json!({"do": "state"})).await
    }

    /// Goes back, as by the browser's own button.
    pub async fn back(&self) -> Sight {
        self.see(json!({"do": "back"})).await
    }

    /// Loads the page again.
    pub async fn reload(&self) -> Sight {
        self.see(json!({"do": "reload"})).await
    }

    /// Clicks on something, and waits for the page that it leads to.
    pub async fn click(&self, on: Mark) -> Sight {
        self.see(on.order("click")).await
    }

    /// Clicks on something and does not wait for anything.
    pub async fn hit(&self, on: Mark) {
        let mut order = on.order("click");
        order["hurried"] = json!(true);
        self.order(order).await;
    }

    /// Writes into a field.
    pub async fn fill(&self, field: Mark, value: &str) {
        let mut order = field.order("fill");
        order["value"] = json!(value);
        self.order(order).await;
    }

    /// Chooses from a list, by value or by what it says.
    pub async fn choose(&self, field: Mark, value: &str) {
        let mut order = field.order("choose");
        order["value"] = json!(value);
        self.order(order).await;
    }

    /// Ticks a box, or takes the tick away.
    pub async fn tick(&self, field: Mark, on: bool) {
        let mut order = field.order("tick");
        order["on"] = json!(on);
        self.order(order).await;
    }

    /// Presses keys: `g`, `Enter`, `Control+k`.
    pub async fn press(&self, keys: &str) {
        self.order(json!({"do": "press", "keys": keys})).await;
    }

    /// Types where the focus is.
    pub async fn write(&self, value: &str) {
        self.order(json!({"do": "type", "value": value})).await;
    }

    /// What something says.
    pub async fn read(&self, what: Mark) -> String {
        self.order(what.order("read")).await.as_str().unwrap_or_default().to_owned()
    }

    /// How many there are.
    pub async fn count(&self, what: Mark) -> u64 {
        self.order(what.order("count")).await.as_u64().unwrap_or_default()
    }

    /// Waits until the page says something.
    pub async fn until_it_says(&self, what: &str) -> Sight {
        self.see(json!({"do": "wait", "says": what})).await
    }

    /// Waits until it stands at an address that begins so.
    pub async fn until_it_is_at(&self, path: &str) -> Sight {
        self.see(json!({"do": "wait", "at": path})).await
    }

    /// Waits until an expression is true of the page.
    pub async fn until(&self, expression: &str) -> Sight {
        self.see(json!({"do": "wait", "until": expression})).await
    }

    /// What an expression gives on the page.
    pub async fn evaluate(&self, expression: &str) -> Value {
        self.order(json!({"do": "evaluate", "code": expression})).await
    }

    /// The file that a click downloads: its name and its text.
    pub async fn download(&self, from: Mark) -> (String, String) {
        let file = self.order(from.order("download")).await;
        let word = |name: &str| file.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        (word("name"), word("text"))
    }

    /// Makes the window as wide as that, and the look light or dark.
    pub async fn look(&self, width: u32, dark: bool) {
        self.order(json!({"do": "look", "width": width, "dark": dark})).await;
    }

    /// Forgets a cookie, or all of them: the session is gone.
    pub async fn forget(&self) {
        self.order(json!({"do": "forget"})).await;
    }

    /// Takes the network away, or gives it back.
    pub async fn offline(&self, is_gone: bool) {
        self.order(json!({"do": "network", "offline": is_gone})).await;
    }

    /// Lets each answer come so many milliseconds late.
    pub async fn slow(&self, milliseconds: u32) {
        self.order(json!({"do": "network", "latency": milliseconds})).await;
    }

    /// Gives it a passkey device that always agrees: a virtual authenticator, by the `DevTools` protocol.
    pub async fn authenticator(&self) {
        self.order(json!({"do": "authenticator"})).await;
    }

    /// What went wrong since this was last asked: errors of the console, of scripts, of loading.
    pub async fn troubles(&self) -> Vec<String> {
        strings(&self.order(json!({"do": "troubles"})).await)
    }

    /// The cookies as a browser sends them.
    pub async fn cookie(&self) -> String {
        let cookies = self.order(json!({"do": "cookies"})).await;
        let pair =
            |cookie: &Value| Some(format!("{}={}", cookie["name"].as_str()?, cookie["value"].as_str()?));
        let pairs: Vec<String> = cookies.as_array().into_iter().flatten().filter_map(pair).collect();
        pairs.join("; ")
    }

    /// Any order of the driver's with this tab in it.
    pub async fn order(&self, mut order: Value) -> Value {
        order["tab"] = json!(self.name);
        self.browser.perform(order).await
    }

    async fn see(&self, order: Value) -> Sight {
        Sight::of(&self.order(order).await, &self.base)
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        // Nobody waits for it: a test that is over has nothing to learn from it.
        let mut order = json!({"do": "close", "tab": self.name});
        drop(self.browser.send(&mut order));
    }
}

/// A name that no other tab has.
fn name() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// The texts of a list.
fn strings(list: &Value) -> Vec<String> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).map(ToOwned::to_owned).collect()
}
