//! Everybody who can have a credential of an organization.

use serde_json::{Value, json};
use testkit::http::Request;

use super::routes::Route;
use crate::pages::Clerk;
use crate::world::{Scene, World, done, text, unique};

/// Somebody with a credential, or with none.
pub(super) struct Caller {
    pub(super) who: &'static str,
    pub(super) is_first: bool,
    headers: Vec<(&'static str, String)>,
    /// What every form of theirs has to hold, where they sit at a browser.
    csrf: Option<String>,
}

impl Caller {
    fn bearing(who: &'static str, token: &str) -> Self {
        // Where a gateway shows its own key beside the agent's, the one credential is tried as either.
        let headers =
            vec![("authorization", format!("Bearer {token}")), ("x-answerable-gateway", token.to_owned())];
        Self { who, is_first: false, headers, csrf: None }
    }

    /// Somebody at a browser.
    pub(super) async fn signed_in(who: &'static str, world: &World, user: &str) -> Self {
        let (cookie, csrf) = Clerk::of(world, user).await.proof();
        let origin = format!("http://{}", world.address);
        let headers =
            vec![("cookie", cookie), ("origin", origin), ("sec-fetch-site", "same-origin".to_owned())];
        Self { who, is_first: false, headers, csrf: Some(csrf) }
    }

    /// Whether the route is for them at all: pages are for people, and for who is not signed in yet.
    pub(super) fn is_for(&self, route: &Route) -> bool {
        !route.is_page() || self.csrf.is_some() || self.headers.is_empty()
    }

    /// Whether they are still signed in, where they were: a walk by somebody who was signed out on the way shows nothing.
    pub(super) async fn is_still_there(&self, world: &World) -> bool {
        if self.csrf.is_none() {
            return true;
        }
        let request = Request::get(&format!("/o/{}/workspaces", world.organization));
        let request = self.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        request.send(world.address).await.status == 200
    }

    /// Their request.
    pub(super) fn request(&self, route: &Route, method: &str, path: &str) -> Request {
        let signed = |request: Request| {
            self.headers.iter().fold(request, |request, (name, value)| request.header(name, value))
        };
        let request = signed(Request::new(method, path));
        match (route.body(method), &self.csrf) {
            (Some(body), _) => request.json(body),
            (None, Some(csrf)) if method == "POST" && route.is_page() => request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(format!("csrf={csrf}&reason=x&name=x&sure=yes")),
            _ => request,
        }
    }

    /// What a request of theirs to the API gives back; it has to be a success.
    pub(super) async fn post(&self, world: &World, path: &str, body: &Value) -> Value {
        let request = Request::post(&world.path(path), body);
        let request = self.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        done(path, &request.send(world.address).await)
    }
}

/// A management key that a person made for themselves.
async fn management_key(world: &World, user: &str) -> String {
    let person = Caller::signed_in("somebody", world, user).await;
    text(&person.post(world, "keys", &json!({"name": unique("Script")})).await, "token")
}

/// The owner's management key first; then people at browsers, programs of every kind, and nobody.
pub(super) async fn callers(world: &World) -> Vec<Caller> {
    let scene = Scene::set(world).await;
    let (_, robot) = scene.robot().await;
    let (_, gateway) = world.gateway(&json!({"may_assert_subjects": true})).await;
    let owners = world.list("members?role=owner").await;
    let owner = owners[0]["id"].as_str().expect("an owner").to_owned();
    let admin = world.person_as(&unique("Admin"), "admin").await;
    let auditor = world.person_as(&unique("Auditor"), "auditor").await;
    let guest = world.person_as(&unique("Guest"), "guest").await;
    vec![
        Caller { is_first: true, ..Caller::bearing("the owner's management key", &world.api_key) },
        Caller::signed_in("the owner", world, &owner).await,
        Caller::signed_in("an administrator", world, &admin).await,
        Caller::signed_in("a member", world, &scene.acting.owner).await,
        Caller::signed_in("an auditor", world, &auditor).await,
        Caller::signed_in("a guest", world, &guest).await,
        Caller::bearing("an administrator's management key", &management_key(world, &admin).await),
        Caller::bearing("a member's management key", &management_key(world, &scene.acting.owner).await),
        Caller::bearing("an agent", &scene.acting.key.token),
        Caller::bearing("a robot", &robot.token),
        Caller::bearing("a gateway", &gateway.token),
        Caller::bearing("a directory", &crate::scim::session::directory_key(world).await),
        Caller { who: "nobody", is_first: false, headers: Vec::new(), csrf: None },
    ]
}
