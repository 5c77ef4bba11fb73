//! What the pages offer to one person, whether it is theirs to do, and what comes of forms that they are not offered.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use testkit::browser::{Sight, Tab, css};
use testkit::http::{Request, Response};

use crate::pages::Clerk;
use crate::world::{World, text};

/// The addresses of the forms on a page that are not only a question.
const FORMS: &str = "[...document.querySelectorAll('form[method=post], [formmethod=post]')]
    .map((form) => form.getAttribute('action') ?? form.getAttribute('formaction') ?? location.pathname)";

/// The addresses within the organization that a page leads to.
const LINKS: &str =
    "[...document.querySelectorAll('a[href^=\"/o/\"]')].map((link) => link.getAttribute('href'))";

/// Forms for what is one's own, or that take only a file away: everybody may send them.
const OWN: [&str; 6] =
    ["/sign-out", "/theme", "/account", "/audit/export", "/audit/changes/export", "/audit/saved"];

/// How a refusal ends where its reader may know of the thing: with who may.
const WHO_MAY: [&str; 2] =
    ["Ask an administrator.", "This is for whoever answers for it, or an administrator."];

/// What is said where they may not know of it.
const NOTHING_HERE: &str = "The page does not exist, or it belongs to somebody else.";

/// Pages as one person sees them.
pub(super) struct Offered<'t> {
    world: &'t World,
    tab: &'t Tab,
    /// Where the pages lead, by their paths.
    links: BTreeMap<String, String>,
    /// Forms that are not theirs to send: on which page, and where to.
    forms: BTreeSet<(String, String)>,
}

impl<'t> Offered<'t> {
    /// Nothing was looked at yet.
    pub(super) fn new(world: &'t World, tab: &'t Tab) -> Self {
        Self { world, tab, links: BTreeMap::new(), forms: BTreeSet::new() }
    }

    /// Opens a page of the organization, which has to be there, and notes what it offers.
    pub(super) async fn look(&mut self, page: &str) -> Sight {
        let sight = self.tab.go(&format!("/o/{}{page}", self.world.organization)).await.answers(200);
        self.note(page).await;
        sight
    }

    /// Notes what is offered where they are.
    pub(super) async fn note(&mut self, page: &str) {
        let org = format!("/o/{}", self.world.organization);
        for form in texts(&self.tab.evaluate(FORMS).await) {
            let bare = form.strip_prefix(&org).unwrap_or(&form);
            if !OWN.iter().any(|own| bare.starts_with(own)) {
                self.forms.insert((page.to_owned(), form));
            }
        }
        for link in texts(&self.tab.evaluate(LINKS).await) {
            let link = link.split('#').next().unwrap_or_default().to_owned();
            let path = link.split('?').next().unwrap_or_default().to_owned();
            // What a form is about stands in its question; elsewhere one question of a page stands for all.
            let name = if path.ends_with("/new") { link.clone() } else { path };
            self.links.entry(name).or_insert(link);
        }
    }

    /// No form was offered but for what is their own, and every link leads to a page that they may open.
    pub(super) async fn is_theirs(&self) {
        assert!(self.forms.is_empty(), "forms that are not theirs: {:#?}", self.forms);
        let cookie = self.tab.cookie().await;
        let mut closed = Vec::new();
        for link in self.links.values() {
            let request = Request::get(link).header("accept", "text/html").header("cookie", &cookie);
            let answer = request.send(self.world.address).await;
            if answer.status >= 400 {
                closed.push(format!("{link}: {}", answer.status));
            }
        }
        assert!(closed.is_empty(), "links that lead nowhere: {closed:#?}");
        assert!(self.links.len() > 10, "only {} links were found", self.links.len());
    }
}

/// A page that they may know of and not open says who may.
pub(super) async fn is_told_who_may(tab: &Tab, path: &str) {
    let page = tab.go(path).await;
    assert_eq!(page.status, 403, "{path}: {page:?}");
    assert!(WHO_MAY.iter().any(|who| page.has(who)), "{path}: {}", page.text);
    assert_eq!(tab.count(css("main form[method=post]")).await, 0, "{path}");
}

/// A page that they may not know of looks like any that never was, and says none of these names.
pub(super) async fn is_told_nothing(tab: &Tab, path: &str, secrets: &[&str]) {
    let page = tab.go(path).await;
    assert_eq!(page.status, 404, "{path}: {page:?}");
    let page = page.says(NOTHING_HERE);
    assert!(secrets.iter().all(|secret| !page.has(secret)), "{path}: {}", page.text);
}

/// A form that no page of theirs offers.
pub(super) struct Attempt {
    /// Where it is sent.
    pub(super) path: String,
    /// What is in it.
    pub(super) fields: Vec<(&'static str, String)>,
    /// The action that it asks for.
    pub(super) action: &'static str,
}

impl Attempt {
    /// Sends it with somebody's own session and its token.
    pub(super) async fn by(&self, clerk: &Clerk<'_>) -> Response {
        let fields: Vec<(&str, &str)> = self.fields.iter().map(|(name, value)| (*name, &**value)).collect();
        clerk.post(&self.path, &fields).await
    }

    /// It is refused with who may, and the refusal is evidence under the name of its action.
    pub(super) async fn is_refused(&self, world: &World, clerk: &Clerk<'_>, who: &str) {
        let denied = async || {
            let found = world.decisions(&format!("actor={who}&decision=deny")).await;
            found.iter().map(|record| text(record, "action")).collect::<Vec<String>>()
        };
        let Self { path, action, .. } = self;
        let before = denied().await;
        let answer = self.by(clerk).await;
        let said = answer.text();
        assert_eq!(answer.status, 403, "{path}: {said}");
        assert!(WHO_MAY.iter().any(|who| said.contains(who)), "{path}: {said}");
        let mut expected = before;
        expected.insert(0, (*action).to_owned());
        assert_eq!(denied().await, expected, "{path} is recorded once, the newest first");
    }

    /// It is answered as if there were no such thing.
    pub(super) async fn finds_nothing(&self, clerk: &Clerk<'_>, secrets: &[&str]) {
        let answer = self.by(clerk).await;
        let (path, said) = (&self.path, answer.text());
        assert_eq!(answer.status, 404, "{path}: {said}");
        // What they asked for by its address is no secret: the page may lead back there.
        let mut others = secrets.iter().filter(|secret| !path.contains(**secret));
        assert!(others.all(|secret| !said.contains(secret)), "{path}: {said}");
    }
}

/// Everything that was ever changed in the organization, to be compared.
pub(super) async fn history(world: &World) -> Vec<Value> {
    let changes = world.list("audit").await;
    assert!(!changes.is_empty(), "nothing was ever changed in {}", world.organization);
    changes
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(ToOwned::to_owned).collect()
}
