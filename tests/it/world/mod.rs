//! A running program with an organization in it, and short ways to fill it and to ask it.
//!
//! Every helper fails the test where the program does not do as it should: a world that could not be built proves
//! nothing.

mod ask;
mod asked;
mod evidence;
mod fill;
mod own;
mod scene;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use testkit::http::{Request, Response};
use tokio::sync::OnceCell;

pub(crate) use ask::{Ask, check_body, reason};
pub(crate) use asked::asked;
pub(crate) use fill::Minted;
pub(crate) use own::{Own, create_organization, migrate, serve, sqlite, wait_ready, with};
pub(crate) use scene::{Acting, Scene};

/// An organization on a running program, with the keys to manage it and to ask it.
#[derive(Debug)]
pub(crate) struct World {
    /// Where the program listens.
    pub(crate) address: SocketAddr,
    /// The address of its database.
    pub(crate) database: String,
    /// The organization's slug.
    pub(crate) organization: String,
    /// A management key of its first owner.
    pub(crate) api_key: String,
    /// The key of a gateway of it.
    pub(crate) gateway_key: String,
}

impl World {
    /// The program that the tests of this process share, with an organization of its own in it: each test fills its
    /// own corner and disturbs nobody else's. It ends with the process.
    pub(crate) async fn shared() -> &'static Self {
        static SHARED: OnceCell<Own> = OnceCell::const_new();
        &SHARED.get_or_init(Own::start).await.world
    }

    /// A further organization on the same program, founded by its operator while it runs.
    pub(crate) async fn neighbour(&self) -> Self {
        let slug = unique("organization");
        let api_key = create_organization(&self.database, &slug);
        Self::new(self.address, self.database.clone(), slug, api_key).await
    }

    /// The same organization, at another program that serves from the same database.
    pub(crate) async fn moved_to(&self, address: SocketAddr) -> Self {
        own::wait_ready(address).await;
        let Self { database, organization, api_key, gateway_key, .. } = self;
        let (database, organization) = (database.clone(), organization.clone());
        Self { address, database, organization, api_key: api_key.clone(), gateway_key: gateway_key.clone() }
    }

    /// An organization with a first gateway.
    pub(crate) async fn new(
        address: SocketAddr,
        database: String,
        organization: String,
        api_key: String,
    ) -> Self {
        let mut world = Self { address, database, organization, api_key, gateway_key: String::new() };
        let (_, key) = world.gateway(&json!({})).await;
        world.gateway_key = key.token;
        world
    }

    /// The address of something of the organization: `agents`, `keys/…/rotate`.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/v1/orgs/{}/{rest}", self.organization)
    }

    /// Sends a management request in the first owner's name, and gives back whatever comes.
    pub(crate) async fn manage(&self, method: &str, rest: &str, body: Option<&Value>) -> Response {
        let request = Request::new(method, &self.path(rest)).bearer(&self.api_key);
        let request = body.map_or_else(|| request.clone(), |body| request.clone().json(body));
        request.send(self.address).await
    }

    /// Reads something.
    pub(crate) async fn get(&self, rest: &str) -> Value {
        done(&format!("GET {rest}"), &self.manage("GET", rest, None).await)
    }

    /// Creates something, or does something with it.
    pub(crate) async fn post(&self, rest: &str, body: &Value) -> Value {
        done(&format!("POST {rest} {body}"), &self.manage("POST", rest, Some(body)).await)
    }

    /// Sets something.
    pub(crate) async fn put(&self, rest: &str, body: &Value) -> Value {
        done(&format!("PUT {rest} {body}"), &self.manage("PUT", rest, Some(body)).await)
    }

    /// Changes something.
    pub(crate) async fn patch(&self, rest: &str, body: &Value) -> Value {
        done(&format!("PATCH {rest} {body}"), &self.manage("PATCH", rest, Some(body)).await)
    }

    /// Takes something away.
    pub(crate) async fn delete(&self, rest: &str) -> Value {
        done(&format!("DELETE {rest}"), &self.manage("DELETE", rest, None).await)
    }

    /// Every item of a list, page after page.
    pub(crate) async fn list(&self, rest: &str) -> Vec<Value> {
        let (mut items, mut after) = (Vec::new(), String::new());
        let and = if rest.contains('?') { '&' } else { '?' };
        loop {
            let page = self.get(&format!("{rest}{and}limit=1000&after={after}")).await;
            items.extend(page["items"].as_array().expect("items").iter().cloned());
            match page["next"].as_str() {
                Some(next) => next.clone_into(&mut after),
                None => return items,
            }
        }
    }
}

/// The body of an answer that has to be a success.
#[track_caller]
pub(crate) fn done(what: &str, response: &Response) -> Value {
    assert!((200..300).contains(&response.status), "{what}: {} {}", response.status, response.text());
    if response.body.is_empty() { Value::Null } else { response.json() }
}

/// A name that no other test has.
pub(crate) fn unique(stem: &str) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("{stem}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The text of a field that has to be there.
#[track_caller]
pub(crate) fn text(value: &Value, field: &str) -> String {
    let found = value[field].as_str();
    found.unwrap_or_else(|| panic!("no text `{field}` in {value}")).to_owned()
}
