//! CSRF: what another site makes a browser send changes nothing here, whoever is signed in.

use serde_json::json;
use testkit::http::{Request, Response};

use super::person::{Person, form, sign_in_link};
use super::program;
use crate::world::{World, unique};

/// Where a request says it comes from.
type From = &'static [(&'static str, &'static str)];

/// Requests of other sites' pages, of none, and of ones that call themselves something else.
const FOREIGN: &[From] = &[
    &[],
    &[("origin", "null")],
    &[("origin", "https://evil.example")],
    &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")],
    &[("origin", "http://127.0.0.1:1")],
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "none")],
    &[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")],
];

fn marked(request: Request, from: From) -> Request {
    from.iter().fold(request, |request, (name, value)| request.header(name, value))
}

async fn other_session(world: &World) -> (Person, String) {
    let (mut other, _) = Person::member(world).await;
    let csrf = other.csrf().await;
    (other, csrf)
}

/// A form of the account that would be noticed: it ends every other session.
async fn send(person: &mut Person, csrf: Option<&str>, from: From) -> Response {
    let csrf = csrf.map(|csrf| ("csrf", csrf));
    let fields: Vec<_> = csrf.into_iter().collect();
    person.exchange(marked(form("/account/sessions/end-others", &fields), from)).await
}

#[tokio::test]
async fn a_form_of_another_site_is_refused_with_the_right_proof_in_it() {
    let world = &program().await.world;
    let (mut person, id) = Person::member(world).await;
    let mut elsewhere = Person::of(world, &id).await;
    let csrf = person.csrf().await;
    for from in FOREIGN {
        let answer = send(&mut person, Some(&csrf), from).await;
        assert_eq!(answer.status, 403, "{from:?}: {}", answer.text());
    }
    assert!(elsewhere.is_signed_in().await, "nothing was done");
}

#[tokio::test]
async fn a_form_without_the_proof_of_this_very_session_is_refused() {
    let world = &program().await.world;
    let (mut person, id) = Person::member(world).await;
    let mut elsewhere = Person::of(world, &id).await;
    let (own, own_elsewhere) = (person.csrf().await, elsewhere.csrf().await);
    let (_, others) = other_session(world).await;
    let same: From = &[("sec-fetch-site", "same-origin")];
    let cut = &own[..own.len() - 1];
    for csrf in [None, Some(""), Some("AAAA"), Some(cut), Some(&others), Some(&own_elsewhere)] {
        let answer = send(&mut person, csrf, same).await;
        assert_eq!(answer.status, 403, "{csrf:?}: {}", answer.text());
    }
    assert!(elsewhere.is_signed_in().await, "nothing was done");
    assert_eq!(send(&mut person, Some(&own), same).await.status, 303);
    assert!(!elsewhere.is_signed_in().await, "the right one does it");
}

#[tokio::test]
async fn the_api_takes_no_change_of_another_site_by_a_session() {
    let world = &program().await.world;
    let mut owner = Person::owner(world).await;
    let path = world.path("workspaces");
    let body = json!({"name": unique("Workspace"), "slug": unique("w")}).to_string();
    for kind in ["application/json", "text/plain", "application/x-www-form-urlencoded"] {
        for from in FOREIGN {
            let request = Request::new("POST", &path).header("content-type", kind).body(body.clone());
            let answer = owner.exchange(marked(request, from)).await;
            // What a page can send without asking first is no JSON, and refused for that as well.
            let is_refused = answer.status == 403 || (answer.status == 415 && kind != "application/json");
            assert!(is_refused, "{kind} {from:?}: {} {}", answer.status, answer.text());
        }
    }
    for method in ["PUT", "PATCH", "DELETE"] {
        let answer = owner.exchange(marked(Request::new(method, &path).body("{}"), FOREIGN[2])).await;
        assert!(matches!(answer.status, 403..=405), "{method}: {}", answer.status);
    }
}

/// Login CSRF: nobody is signed in as somebody else by a page that they happen to visit.
#[tokio::test]
async fn nobody_is_signed_in_by_another_sites_form() {
    let world = &program().await.world;
    let (mut attacker, id) = Person::member(world).await;
    let secrets = attacker.set_password().await;
    let link = sign_in_link(world, &id);
    for from in FOREIGN {
        let mut victim = Person::stranger(world.address);
        let answer = victim.exchange(marked(form(&link, &[("next", "")]), from)).await;
        assert_eq!(answer.status, 403, "{from:?}: {}", answer.text());
        let fields = [
            ("login", secrets.login.as_str()),
            ("password", &secrets.password),
            ("code", &secrets.recovery_codes[0]),
        ];
        let answer = victim.exchange(marked(form("/sign-in/password", &fields), from)).await;
        assert_eq!(answer.status, 403, "{from:?}: {}", answer.text());
        assert_eq!(victim.session(), None);
    }
    let mut person = Person::stranger(world.address);
    assert_eq!(person.send(&link, &[]).await.status, 303, "nor was anything used up");
    let answer = person.sign_in(&secrets, &secrets.recovery_codes[0], "").await;
    assert_eq!(answer.status, 303, "{}", answer.text());
}
