//! S7 by every door: what is dangerous takes a fresh proof on the page and at the API alike, and a key needs none.
//!
//! The table names every route that asks for one. It is held to the source, so that neither a page nor an endpoint begins
//! to ask, or ceases to, without the other being looked at.

use std::collections::BTreeSet;

use testkit::http::{Request, Response};

use super::person::Person;
use super::source::{Handler, handlers};
use super::{of, program, rewrite};
use crate::world::{World, unique};

/// Microseconds of the five minutes for which a proof counts.
const PROOF: i64 = 5 * 60 * 1_000_000;

/// An id that is nobody's: what asks for a proof asks before it looks for anything.
const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

/// What the forms of the table need to be read at all; each takes what it knows.
const FIELDS: &[(&str, &str)] = &[("role", "owner"), ("user", NOBODY)];

/// A method and a route.
type At = (&'static str, &'static str);

/// What is dangerous: its pages; and its endpoints, with a body where one is taken, in which `NOBODY` is an id.
type Act = (&'static [At], &'static [(&'static str, &'static str, &'static str)]);

const KEYS: &[Act] = &[
    (
        &[("GET", "/o/{org}/keys/new"), ("POST", "/o/{org}/keys/new")],
        &[("POST", "/v1/orgs/{org}/keys", r#"{"name": "x", "agent": "NOBODY"}"#)],
    ),
    (
        &[("GET", "/o/{org}/keys/{key}/rotate"), ("POST", "/o/{org}/keys/{key}/rotate")],
        &[("POST", "/v1/orgs/{org}/keys/{key}/rotate", "{}")],
    ),
    (
        &[("GET", "/o/{org}/keys/{key}/revoke"), ("POST", "/o/{org}/keys/{key}/revoke")],
        &[("POST", "/v1/orgs/{org}/keys/{key}/revoke", "{}")],
    ),
    (
        &[
            ("GET", "/o/{org}/keys/{key}/limits"),
            ("POST", "/o/{org}/keys/{key}/limits"),
            ("POST", "/o/{org}/keys/{key}/end"),
            ("POST", "/o/{org}/keys/{key}/extend"),
        ],
        &[("PATCH", "/v1/orgs/{org}/keys/{key}", "{}")],
    ),
    (
        &[("GET", "/o/{org}/keys/rotate"), ("POST", "/o/{org}/keys/rotate")],
        &[("POST", "/v1/orgs/{org}/keys/rotate", r#"{"kind": "robot", "reason": "x"}"#)],
    ),
    (
        &[("GET", "/o/{org}/agents/{agent}/rotate"), ("POST", "/o/{org}/agents/{agent}/rotate")],
        &[("POST", "/v1/orgs/{org}/agents/{agent}/rotate-keys", "{}")],
    ),
    (
        &[("GET", "/o/{org}/gateways/new"), ("POST", "/o/{org}/gateways/new")],
        &[("POST", "/v1/orgs/{org}/gateways", r#"{"name": "x"}"#)],
    ),
];

const ENDINGS: &[Act] = &[
    (
        &[("GET", "/o/{org}/agents/{agent}/revoke"), ("POST", "/o/{org}/agents/{agent}/revoke")],
        &[("POST", "/v1/orgs/{org}/agents/{agent}/revoke", "{}")],
    ),
    (
        &[("GET", "/o/{org}/gateways/{gateway}/revoke"), ("POST", "/o/{org}/gateways/{gateway}/revoke")],
        &[("POST", "/v1/orgs/{org}/gateways/{gateway}/revoke", "{}")],
    ),
    (
        &[("GET", "/o/{org}/settings/danger/copy"), ("POST", "/o/{org}/settings/danger/copy")],
        &[("POST", "/v1/orgs/{org}/export", "{}")],
    ),
    (
        &[("GET", "/o/{org}/settings/danger/delete"), ("POST", "/o/{org}/settings/danger/delete")],
        &[("POST", "/v1/orgs/{org}/delete", r#"{"reason": "x"}"#)],
    ),
    (
        &[("POST", "/o/{org}/settings/danger/undelete")],
        &[("POST", "/v1/orgs/{org}/undelete", r#"{"reason": "x"}"#)],
    ),
];

const PEOPLE: &[Act] = &[
    (
        &[
            ("POST", "/o/{org}/people/{person}/role"),
            ("GET", "/o/{org}/settings/danger/transfer"),
            ("POST", "/o/{org}/settings/danger/transfer"),
        ],
        &[("PATCH", "/v1/orgs/{org}/members/{user}", r#"{"role": "owner"}"#)],
    ),
    (
        &[("POST", "/o/{org}/people/new")],
        &[("POST", "/v1/orgs/{org}/members", r#"{"user": "NOBODY", "role": "owner"}"#)],
    ),
    (
        &[("POST", "/o/{org}/people/invite")],
        &[("POST", "/v1/orgs/{org}/member-invitations", r#"{"role": "owner"}"#)],
    ),
    (
        &[("POST", "/o/{org}/people/{person}/identities/{identity}/accept")],
        &[("POST", "/v1/orgs/{org}/members/{user}/identities/{identity}/accept", "")],
    ),
    (
        &[("POST", "/o/{org}/settings/sign-in/break-glass")],
        &[("POST", "/v1/orgs/{org}/break-glass", r#"{"user": "NOBODY"}"#)],
    ),
    (
        &[("POST", "/o/{org}/settings/sign-in/break-glass/{user}/remove")],
        &[("DELETE", "/v1/orgs/{org}/break-glass/{user}", "")],
    ),
];

const WAYS_IN: &[Act] = &[
    (
        &[
            ("GET", "/o/{org}/settings/sign-in/connections/new"),
            ("POST", "/o/{org}/settings/sign-in/connections/new"),
        ],
        &[(
            "POST",
            "/v1/orgs/{org}/connections",
            r#"{"name": "x", "terms": {"issuer": "https://login.example", "client_id": "x"}}"#,
        )],
    ),
    (
        &[("POST", "/o/{org}/settings/sign-in/connections/{connection}/link")],
        &[("POST", "/v1/orgs/{org}/connections/{connection}/set-up-link", "")],
    ),
    (
        &[
            ("GET", "/o/{org}/settings/sign-in/connections/{connection}/edit"),
            ("POST", "/o/{org}/settings/sign-in/connections/{connection}/edit"),
        ],
        &[("PATCH", "/v1/orgs/{org}/connections/{connection}", "{}")],
    ),
    (
        &[
            ("GET", "/o/{org}/settings/sign-in/connections/{connection}/secret"),
            ("POST", "/o/{org}/settings/sign-in/connections/{connection}/secret"),
        ],
        &[("PUT", "/v1/orgs/{org}/connections/{connection}/secret", r#"{"client_secret": "x"}"#)],
    ),
    (
        &[
            ("GET", "/o/{org}/settings/sign-in/connections/{connection}/enforce"),
            ("POST", "/o/{org}/settings/sign-in/connections/{connection}/enforce"),
        ],
        &[("POST", "/v1/orgs/{org}/connections/{connection}/enforce", "{}")],
    ),
    (
        &[("POST", "/o/{org}/settings/sign-in/connections/{connection}/do/{verb}")],
        &[
            ("POST", "/v1/orgs/{org}/connections/{connection}/accept", ""),
            ("POST", "/v1/orgs/{org}/connections/{connection}/decline", ""),
            ("POST", "/v1/orgs/{org}/connections/{connection}/relax", "{}"),
            ("POST", "/v1/orgs/{org}/connections/{connection}/key", ""),
            ("POST", "/v1/orgs/{org}/connections/{connection}/disable", "{}"),
            ("POST", "/v1/orgs/{org}/connections/{connection}/reopen", ""),
            ("DELETE", "/v1/orgs/{org}/connections/{connection}", ""),
        ],
    ),
    (
        &[
            ("GET", "/o/{org}/settings/sign-in/domains/new"),
            ("POST", "/o/{org}/settings/sign-in/domains/new"),
        ],
        &[("POST", "/v1/orgs/{org}/domains", r#"{"name": "doors.example"}"#)],
    ),
    (
        &[("POST", "/o/{org}/settings/sign-in/domains/{domain}/prove")],
        &[("POST", "/v1/orgs/{org}/domains/{domain}/prove", "")],
    ),
    (
        &[("POST", "/o/{org}/settings/sign-in/domains/{domain}/remove")],
        &[("DELETE", "/v1/orgs/{org}/domains/{domain}", "")],
    ),
    (
        &[("GET", "/o/{org}/settings/signals/new"), ("POST", "/o/{org}/settings/signals/new")],
        &[(
            "POST",
            "/v1/orgs/{org}/signal-streams",
            r#"{"name": "x", "issuer": "https://x.example", "audience": "x", "jwks_url": "https://x.example/k"}"#,
        )],
    ),
    (
        &[
            ("GET", "/o/{org}/settings/signals/{stream}/remove"),
            ("POST", "/o/{org}/settings/signals/{stream}/remove"),
        ],
        &[("DELETE", "/v1/orgs/{org}/signal-streams/{stream}", "")],
    ),
];

/// What proves who somebody is, on all of this installation: by the person at a browser alone.
const ACCOUNT: &[Act] = &[(
    &[
        ("GET", "/account/password"),
        ("POST", "/account/password"),
        ("POST", "/account/password/remove"),
        ("POST", "/account/authenticator/new"),
        ("POST", "/account/authenticator"),
        ("POST", "/account/recovery-codes"),
        ("GET", "/account/passkeys/new"),
        ("POST", "/account/passkeys"),
        ("POST", "/account/passkeys/{id}/remove"),
    ],
    &[],
)];

/// Asked for only where the agent that is drafted comes with a key; the API makes an agent and its key apart, and asks for
/// the key.
const DRAFTS: &[At] =
    &[("GET", "/o/{org}/agents/new/{draft}/check"), ("POST", "/o/{org}/agents/new/{draft}/check")];

fn acts() -> impl Iterator<Item = &'static Act> {
    [KEYS, PEOPLE, WAYS_IN, ENDINGS, ACCOUNT].into_iter().flatten()
}

#[tokio::test]
async fn what_is_dangerous_takes_a_fresh_proof_by_whichever_door() {
    let own = program().await;
    let world = own.world.neighbour().await;
    let owner = world.person_as(&unique("Owner"), "owner").await;
    let mut person = Person::of(&world, &owner).await;
    rewrite(
        own,
        &format!("update sessions set authenticated_at = authenticated_at - {PROOF} where {}", of(&owner)),
    );
    for (pages, endpoints) in acts() {
        for (method, route) in *pages {
            let path = filled(route, &world);
            let answer =
                if *method == "GET" { person.get(&path).await } else { person.submit(&path, FIELDS).await };
            let to = answer.header("location").unwrap_or_default();
            // A form that was filled in comes back with what is in it, and leads there beside it.
            let comes_back =
                *method == "POST" && answer.status == 403 && answer.text().contains("href=\"/step-up\"");
            let leads = answer.status == 303 && to.starts_with("/step-up");
            assert!(leads || comes_back, "{method} {path}: {}", told(&answer));
        }
        for (method, route, body) in *endpoints {
            let path = filled(route, &world);
            let origin = format!("http://{}", world.address);
            let request = request(method, &path, body).header("origin", &origin);
            let answer = person.exchange(request.header("sec-fetch-site", "same-origin")).await;
            assert!(
                answer.status == 403 && answer.text().contains("step_up_required"),
                "{method} {path}: {}",
                told(&answer)
            );
        }
    }
    assert!(person.is_signed_in().await, "and is not signed out by asking");

    // A key is proof enough. Whatever else is wrong with the request, that is not.
    for (method, route, body) in acts().flat_map(|(_, endpoints)| endpoints.iter()) {
        let path = filled(route, &world);
        let answer = request(method, &path, body).bearer(&world.api_key).send(world.address).await;
        assert!(!answer.text().contains("step_up_required"), "{method} {path}: {}", told(&answer));
    }
}

#[test]
fn every_door_that_asks_for_a_fresh_proof_is_in_the_table() {
    let pages: BTreeSet<_> = acts().flat_map(|(pages, _)| *pages).chain(DRAFTS).copied().map(owned).collect();
    let endpoints = acts().flat_map(|(_, endpoints)| *endpoints);
    let endpoints: BTreeSet<_> = endpoints.map(|(method, route, _)| owned((*method, *route))).collect();
    assert_eq!(asking("crates/web/src/pages", &["Fresh<", ".is_fresh("]), pages);
    assert_eq!(asking("crates/web/src/api", &[".fresh()?"]), endpoints);
}

fn owned((method, route): At) -> (String, String) {
    (method.to_owned(), route.to_owned())
}

/// The routes below a folder whose handlers have one of the marks in them.
fn asking(folder: &str, marks: &[&str]) -> BTreeSet<(String, String)> {
    let asks = |handler: &Handler| marks.iter().any(|mark| handler.text.contains(mark));
    handlers(folder).into_iter().filter(asks).map(|handler| (handler.method, handler.route)).collect()
}

fn request(method: &str, path: &str, body: &str) -> Request {
    let request = Request::new(method, path);
    if body.is_empty() {
        return request;
    }
    request.header("content-type", "application/json").body(body.replace("NOBODY", NOBODY))
}

/// A route with ids that are nobody's.
fn filled(route: &str, world: &World) -> String {
    let part = |part: &str| match part {
        "{org}" => world.organization.clone(),
        "{key}" => "000000000000".to_owned(),
        "{verb}" => "relax".to_owned(),
        part if part.starts_with('{') => NOBODY.to_owned(),
        part => part.to_owned(),
    };
    route.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn told(answer: &Response) -> String {
    format!("{} {:?} {}", answer.status, answer.header("location"), answer.text())
}
