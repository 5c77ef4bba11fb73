//! A provider of plain OAuth 2.0 with GitHub's shapes: a code, an access token, a user with a number, and addresses of
//! which each says whether it is primary and verified (security.md S1, S5).

use std::net::SocketAddr;

use serde_json::{Value, json};
use testkit::http::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::browser::Browser;
use super::scene::Scene;
use crate::sign_in::Person;
use crate::world::text;

const NEXT: &str = "/o/northwind/workspaces";
const SECRET: &str = "github-secret-that-is-long-enough-0123456789";

/// Starts it. Whoever `login_hint` names is signed in there; their name is the code, and their token.
async fn github() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream));
        }
    });
    address
}

async fn answer(mut stream: TcpStream) {
    let asked = read(&mut stream).await;
    let (head, body) = asked.split_once("\r\n\r\n").unwrap_or((&asked, ""));
    let target = head.split(' ').nth(1).unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let query = |name: &str| field(query, name).unwrap_or_default();
    let bearer = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("authorization").then(|| value.trim_start_matches("Bearer ").to_owned())
    });
    let (status, location, answer) = match path {
        "/login/oauth/authorize" => {
            let (back, state) = (query("redirect_uri"), query("state"));
            let person = query("login_hint");
            (
                "302 Found",
                format!("{back}?code={}&state={state}", person.split('@').next().unwrap_or("")),
                json!({}),
            )
        }
        "/login/oauth/access_token" => {
            let is_us = field(body, "client_secret").as_deref() == Some(SECRET)
                && field(body, "code_verifier").is_some();
            let token = json!({"access_token": field(body, "code"), "token_type": "bearer", "scope": "read:user,user:email"});
            // GitHub says 200 to a code that it does not know, and an error in the body.
            let refused = json!({"error": "bad_verification_code", "error_description": "The code passed is incorrect."});
            ("200 OK", String::new(), if is_us { token } else { refused })
        }
        path => match bearer.as_deref().and_then(|person| said(path, person)) {
            Some(said) => ("200 OK", String::new(), said),
            None => ("401 Unauthorized", String::new(), json!({"message": "Bad credentials"})),
        },
    };
    let answer = answer.to_string();
    let location = if location.is_empty() { location } else { format!("location: {location}\r\n") };
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{location}content-length: {}\r\nconnection: close\r\n\r\n",
        answer.len()
    );
    let _gone = stream.write_all(format!("{head}{answer}").as_bytes()).await;
}

/// A field of a query or a form.
fn field(text: &str, name: &str) -> Option<String> {
    let (_, value) = text.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name)?;
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits: Vec<u8> = rest.by_ref().take(2).collect();
            let digits = String::from_utf8_lossy(&digits).into_owned();
            bytes.push(u8::from_str_radix(&digits, 16).expect("two digits"));
        } else {
            bytes.push(byte);
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// What it says of a person. The address of a profile is whatever its owner typed there.
fn said(path: &str, person: &str) -> Option<Value> {
    let number = 1000 + person.bytes().map(u64::from).sum::<u64>();
    let address = |email: &str, primary: bool, verified: Value| json!({"email": email, "primary": primary, "verified": verified, "visibility": null});
    match path {
        "/user" => {
            Some(json!({"login": person, "id": number, "name": person, "email": "maya@northwind.example"}))
        }
        "/user/emails" => Some(match person {
            "unverified" => json!([address("unverified@northwind.example", true, json!(false))]),
            "text" => json!([address("text@northwind.example", true, json!("true"))]),
            "secondary" => json!([
                address("secondary@elsewhere.example", true, json!(false)),
                address("secondary@northwind.example", false, json!(true)),
            ]),
            _ => json!([
                address(&format!("{person}@users.noreply.example"), false, json!(true)),
                address(&format!("{person}@northwind.example"), true, json!(true)),
            ]),
        }),
        _ => None,
    }
}

async fn read(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(": ")?;
                name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().ok())?
            });
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return text;
        }
    }
}

/// Connects it by API, as its endpoints are not asked for on the pages, and tests it.
async fn connected(scene: &Scene, at: SocketAddr) -> String {
    let world = scene.world();
    let mut person = Person::owner(world).await;
    let mut api = async |method: &str, path: String, body: Value| {
        let request = Request::new(method, &path).header("sec-fetch-site", "same-origin").json(&body);
        let answer = person.exchange(request).await;
        assert!(matches!(answer.status, 200 | 201), "{path}: {}", answer.text());
        answer.json()
    };
    let terms = json!({
        "issuer": format!("http://{at}"),
        "client_id": "answerable",
        "client_authentication": "post",
        "scopes": ["read:user", "user:email"],
        "endpoints": {
            "authorization": format!("http://{at}/login/oauth/authorize"),
            "token": format!("http://{at}/login/oauth/access_token"),
            "user": format!("http://{at}/user"),
            "emails": format!("http://{at}/user/emails"),
        },
        "just_in_time": true,
    });
    let made = api("POST", world.path("connections"), json!({"name": "GitHub", "terms": terms})).await;
    let id = text(&made, "id");
    api("PUT", world.path(&format!("connections/{id}/secret")), json!({"client_secret": SECRET})).await;
    id
}

#[tokio::test]
async fn a_person_comes_in_by_their_number_and_a_verified_primary_address() {
    let at = github().await;
    let scene = Scene::start_beside(&[at]).await;
    let id = connected(&scene, at).await;
    let mut owner = scene.owner().await;
    let page = owner.test(&id, "maya@northwind.example").await;
    assert!(page.text.contains("The test has passed"), "{} {}", page.status, page.text);
    owner.prove("northwind.example").await;
    let before = scene.world().list("members").await.len();

    let come = async |browser: &mut Browser, who: &str| {
        let way = format!(
            "/sso/continue?connection={id}&address={who}%40any.example&next=%2Fo%2Fnorthwind%2Fworkspaces"
        );
        browser.go(&scene.url(&way)).await
    };
    let mut browser = Browser::default();
    let page = come(&mut browser, "octavia").await;
    assert_eq!((page.path.as_str(), page.status), (NEXT, 200), "{}", page.text);
    let people = scene.world().list("members").await;
    let newcomer = people.iter().find(|person| person["email"] == "octavia@northwind.example");
    assert_eq!(newcomer.map(|person| person["role"].as_str()), Some(Some("guest")), "{people:?}");
    assert_eq!(come(&mut Browser::default(), "octavia").await.status, 200);
    assert_eq!(scene.world().list("members").await.len(), before + 1, "the same person again");

    // Signing out leads to no provider: plain OAuth has no word for it.
    let way = format!("/sign-out/provider?connection={id}");
    let answer = browser.get(&scene.url(&way)).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/sign-in")));
    // Nor has it one for proving oneself anew.
    let way = format!("/sso/continue?connection={id}&for=step_up&next=%2F");
    let page = browser.go(&scene.url(&way)).await;
    assert!(page.text.contains("cannot confirm that it is you"), "{} {}", page.status, page.text);
}

/// Zitadel CVE-2026-56666, open-mercato 3905: the address of the profile, one that is not verified, the word "true" in
/// quotes and one that is not the primary take nobody in, and link nobody.
#[tokio::test]
async fn an_address_that_is_not_verified_takes_nobody_in() {
    let at = github().await;
    let scene = Scene::start_beside(&[at]).await;
    let id = connected(&scene, at).await;
    let mut owner = scene.owner().await;
    owner.test(&id, "maya@northwind.example").await;
    owner.prove("northwind.example").await;
    let before = scene.world().list("members").await.len();
    for who in ["unverified", "text", "secondary"] {
        let mut browser = Browser::default();
        let way = format!("/sso/continue?connection={id}&address={who}%40any.example");
        let page = browser.go(&scene.url(&way)).await;
        assert!(page.text.contains("ask for an invitation"), "{who}: {} {}", page.status, page.text);
        assert!(!browser.holds(scene.world().address, "__Host-answerable"), "{who}");
    }
    assert_eq!(scene.world().list("members").await.len(), before);
}
