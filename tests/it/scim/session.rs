//! The first owner, signed in: only somebody signed in makes the directory's key.

use serde_json::{Value, json};
use testkit::http::{Request, Response};
use testkit::process::run;

use super::Directory;
use crate::world::{World, text, with};

/// A browser in which somebody is signed in.
pub(super) struct Session<'w> {
    world: &'w World,
    cookie: String,
}

impl<'w> Session<'w> {
    /// Signs a member in by a link of the operator's.
    pub(super) async fn of(world: &'w World, user: &str) -> Self {
        let mut command = with(&world.database);
        command.args(["admin", "sign-in-link", "--org", &world.organization, "--user", user]);
        let printed = tokio::task::spawn_blocking(move || run(&mut command)).await.expect("it ends");
        let link = printed.split_whitespace().find_map(|word| word.split_once("/sign-in/link/"));
        let (_, secret) = link.unwrap_or_else(|| panic!("no link in {printed}"));
        let answer = Request::new("POST", &format!("/sign-in/link/{secret}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body("next=")
            .send(world.address)
            .await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let set = answer.headers.iter().filter(|(name, _)| name == "set-cookie");
        let cookies: Vec<&str> = set.filter_map(|(_, value)| value.split(';').next()).collect();
        Self { world, cookie: cookies.join("; ") }
    }

    /// The same of the organization's first owner.
    pub(super) async fn of_owner(world: &'w World) -> Self {
        let owners = world.list("members?role=owner").await;
        Self::of(world, &text(&owners[0], "id")).await
    }

    /// Sends a management request in this session.
    pub(super) async fn send(&self, method: &str, rest: &str, body: &Value) -> Response {
        Request::new(method, &self.world.path(rest))
            .header("cookie", &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .json(body)
            .send(self.world.address)
            .await
    }
}

/// A key for the organization's directory.
pub(crate) async fn directory_key(world: &World) -> String {
    let body = json!({"name": "Okta", "directory": true});
    let made = Session::of_owner(world).await.send("POST", "keys", &body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    text(&made.json(), "token")
}

/// Making it takes a person who is signed in; what ends it does not.
#[tokio::test]
async fn a_management_key_makes_no_key_for_the_directory() {
    let directory = Directory::connected().await;
    let body = json!({"name": "Okta", "directory": true});
    let refused = directory.world.manage("POST", "keys", Some(&body)).await;
    assert_eq!(refused.status, 403, "{}", refused.text());
    assert_eq!(refused.json()["reason"], "signed_in_only");
    let keys = directory.world.get("directory").await;
    let id = text(&keys["keys"][0], "id");
    directory.world.post(&format!("keys/{id}/revoke"), &json!({"reason": "done"})).await;
    directory.expect(401, "GET", "/Users", None).await;
}

/// Deactivated by the directory, they are signed out in that very moment (security.md S6).
#[tokio::test]
async fn a_deactivated_persons_session_ends() {
    let directory = Directory::connected().await;
    let maya = directory.person("Maya").await;
    let session = Session::of(&directory.world, super::id(&maya)).await;
    let looks = async || session.send("GET", "agents", &Value::Null).await.status;
    assert_eq!(looks().await, 200);
    let off = json!([{"op": "replace", "path": "active", "value": false}]);
    directory.patch(&super::at(&maya), off).await;
    assert_eq!(looks().await, 401);
    let on = json!([{"op": "replace", "path": "active", "value": true}]);
    directory.patch(&super::at(&maya), on).await;
    assert_eq!(looks().await, 401, "a session that has ended does not come back");
}
