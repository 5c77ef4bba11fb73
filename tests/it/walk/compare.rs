//! Another's id and nobody's, side by side.

use serde_json::Value;
use testkit::http::Response;

use super::Walk;
use super::callers::Caller;
use super::routes::Route;
use super::victim::plain;

/// What is told to everybody on purpose, and why.
const PUBLIC: &[(&str, &str)] = &[
    (
        "/.well-known/authzen-configuration/{org}",
        "AuthZEN: a gateway finds its tenant's addresses by the tenant's name, which is all it says",
    ),
    ("/invitations/{token}", "whoever has the secret of an invitation may see it and take it up"),
];

/// Two answers that chance chooses between differ so often in a row once in a million times, and less.
const TRIES: usize = 20;

impl Walk<'_> {
    /// Sends both, and holds them to the same answer, which is no success and has nothing of the other organization.
    pub(super) async fn compare(
        &mut self,
        route: &Route,
        method: &str,
        caller: &Caller,
        their_path: &str,
        nobodys_path: &str,
    ) {
        if PUBLIC.iter().any(|(path, _)| route.is(path)) {
            return;
        }
        let what = format!("{method} {their_path} by {}", caller.who);
        let theirs = self.send(route, method, caller, their_path).await;
        let text = theirs.text();
        let told = |id: &str| text.contains(id) && !their_path.contains(id);
        let names: Vec<&str> =
            self.victim.secrets().filter(|(_, id)| told(id)).map(|(name, _)| *name).collect();
        if !names.is_empty() {
            self.found.push(format!("{what} tells the other's {names:?}: {text}"));
        }
        if their_path == nobodys_path {
            return;
        }
        if (200..300).contains(&theirs.status) {
            self.found.push(format!("{what}: {} {text}", theirs.status));
        }
        let nobodys = self.send(route, method, caller, nobodys_path).await;
        let (mut theirs, mut nobodys) = (plainly(&theirs, their_path), plainly(&nobodys, nobodys_path));
        // A request with two things wrong is refused for the one that is found first, and the parts of a request are
        // read at once. An answer that chance chose comes out the same some time; one that the id chose never does.
        for _ in 0..TRIES {
            if theirs == nobodys {
                return;
            }
            theirs = plainly(&self.send(route, method, caller, their_path).await, their_path);
            nobodys = plainly(&self.send(route, method, caller, nobodys_path).await, nobodys_path);
        }
        if theirs != nobodys {
            self.found.push(format!("{what}: {theirs:?} is not {nobodys:?}"));
        }
    }

    async fn send(&self, route: &Route, method: &str, caller: &Caller, path: &str) -> Response {
        caller.request(route, method, path).send(self.mine.address).await
    }
}

/// What an answer tells: its status, where it leads, and its text, without what was asked for and what differs by
/// nature.
fn plainly(response: &Response, path: &str) -> (u16, String, String) {
    let asked: Vec<&str> = path.split('/').filter(|part| part.len() > 8).collect();
    let without = |text: &str| asked.iter().fold(text.to_owned(), |text, part| text.replace(part, "…"));
    let text = match serde_json::from_slice::<Value>(&response.body) {
        Ok(document) => plain(document).to_string(),
        Err(_) => response.text(),
    };
    (response.status, without(response.header("location").unwrap_or_default()), without(&text))
}
