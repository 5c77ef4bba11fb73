//! The organization's directory as Okta, Entra and a client not written here speak to it.

mod bulk;
mod conformance;
mod cut;
mod entra;
mod garbage;
mod groups;
mod okta;
mod page;
mod polling;
mod queries;
pub(crate) mod session;
mod signals;
mod standing;
mod tenants;
mod versions;

use serde_json::{Value, json};
use testkit::http::{Request, Response};

use crate::world::{World, unique};

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/// A directory that is connected to an organization of its own.
pub(crate) struct Directory {
    pub(crate) world: World,
    pub(crate) token: String,
}

impl Directory {
    /// A further organization on the shared program, with a key for its directory.
    pub(crate) async fn connected() -> Self {
        let world = World::shared().await.neighbour().await;
        let token = session::directory_key(&world).await;
        Self { world, token }
    }

    /// Sends a request and gives back whatever comes.
    pub(crate) async fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Response {
        let request = Request::new(method, &format!("/scim/v2{path}")).bearer(&self.token);
        let request = match body {
            Some(body) => request.header("content-type", "application/scim+json").body(body.to_string()),
            None => request,
        };
        request.send(self.world.address).await
    }

    /// The body of an answer that has to have that status.
    pub(crate) async fn expect(&self, status: u16, method: &str, path: &str, body: Option<&Value>) -> Value {
        let response = self.send(method, path, body).await;
        assert_eq!(response.status, status, "{method} {path} {body:?}: {}", response.text());
        if response.body.is_empty() {
            return Value::Null;
        }
        assert_eq!(response.header("content-type"), Some("application/scim+json"), "{method} {path}");
        response.json()
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.expect(200, "GET", path, None).await
    }

    /// Brings a person of a name; the resource.
    pub(crate) async fn person(&self, name: &str) -> Value {
        self.expect(201, "POST", "/Users", Some(&user(name))).await
    }

    /// Brings a group of these people; the resource.
    pub(crate) async fn group(&self, name: &str, members: &[&str]) -> Value {
        let members: Vec<Value> = members.iter().map(|id| json!({"value": id})).collect();
        let body = json!({"schemas": [GROUP], "displayName": name, "members": members});
        self.expect(201, "POST", "/Groups", Some(&body)).await
    }

    /// Changes a resource by operations; the resource.
    pub(crate) async fn patch(&self, path: &str, operations: Value) -> Value {
        self.expect(200, "PATCH", path, Some(&patch(operations))).await
    }
}

/// A user as a directory sends one.
pub(crate) fn user(name: &str) -> Value {
    json!({
        "schemas": [USER],
        "userName": format!("{}@northwind.example", name.to_lowercase()),
        "externalId": unique("external"),
        "name": {"givenName": name, "familyName": "Chen"},
        "displayName": format!("{name} Chen"),
        "emails": [{"value": format!("{}@northwind.example", name.to_lowercase()), "type": "work", "primary": true}],
        "active": true,
    })
}

/// The body of a PATCH.
#[expect(clippy::needless_pass_by_value, reason = "operations are written where they are sent")]
pub(crate) fn patch(operations: Value) -> Value {
    json!({"schemas": [PATCH], "Operations": operations})
}

/// The id of a resource.
#[track_caller]
pub(crate) fn id(resource: &Value) -> &str {
    resource["id"].as_str().unwrap_or_else(|| panic!("no id in {resource}"))
}

/// The path of a user.
#[track_caller]
pub(crate) fn at(resource: &Value) -> String {
    let kind = if resource["schemas"][0] == GROUP { "Groups" } else { "Users" };
    format!("/{kind}/{}", id(resource))
}
