//! What an identity provider tells between two sign-ins: signals of a transmitter not written here, and universal logout.

use std::process::Stdio;
use std::time::SystemTime;

use serde_json::{Value, json};
use testkit::http::{Request, Response};
use testkit::paths::{part, repository};
use testkit::ports;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use super::session::Session;
use super::{Directory, id};
use crate::world::{Own, World, reason, text, unique};

pub(super) const ISSUER: &str = "https://login.northwind.example";
pub(super) const AUDIENCE: &str = "https://answerable.example/northwind";
const CAEP: &str = "https://schemas.openid.net/secevent/caep/event-type/";
pub(super) const RISC: &str = "https://schemas.openid.net/secevent/risc/event-type/";

/// The transmitter, and the moment it counts from.
pub(super) struct Transmitter {
    orders: ChildStdin,
    tokens: Lines<BufReader<ChildStdout>>,
    _child: Child,
}

impl Transmitter {
    pub(super) async fn start(port: u16) -> Self {
        let mut child = Command::new(part("venv/bin/python"))
            .arg(repository("tests/parts/signal_transmitter.py"))
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("it starts");
        let orders = child.stdin.take().expect("its input");
        let mut tokens = BufReader::new(child.stdout.take().expect("its output")).lines();
        assert_eq!(tokens.next_line().await.expect("it speaks").as_deref(), Some("ready"));
        Self { orders, tokens, _child: child }
    }

    /// A token as ordered.
    pub(super) async fn token(&mut self, order: &Value) -> String {
        self.orders.write_all(format!("{order}\n").as_bytes()).await.expect("it listens");
        self.tokens.next_line().await.expect("it answers").expect("a token")
    }
}

/// Seconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "a signal says when it was issued, and the program holds the real clock"
)]
fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.expect("a clock after 1970").as_secs()
}

/// What a token says of a person.
pub(super) fn claims(subject: &Value, event: &str) -> Value {
    json!({"iss": ISSUER, "aud": AUDIENCE, "iat": now(), "jti": unique("signal"), "sub_id": subject, "events": {event: {}}})
}

/// A program that may ask for keys on loopback, with a directory and a stream.
struct Stage {
    own: Own,
    token: String,
    push: String,
    /// What the transmitter shows beside each signal.
    bearer: String,
    transmitter: Transmitter,
}

impl Stage {
    async fn set() -> Self {
        let port = ports::free();
        let own = Own::start_with(&[("ANSWERABLE_EGRESS__ALLOW", &format!("127.0.0.1:{port}"))]).await;
        let token = super::session::directory_key(&own.world).await;
        let stream = json!({"name": "Okta", "issuer": ISSUER, "audience": AUDIENCE, "jwks_url": format!("http://127.0.0.1:{port}/keys")});
        let refused = own.world.manage("POST", "signal-streams", Some(&stream)).await;
        assert_eq!(refused.json()["reason"], "signed_in_only", "{}", refused.text());
        let made = Session::of_owner(&own.world).await.send("POST", "signal-streams", &stream).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let bearer = text(&made.json(), "push_token");
        let listed = own.world.get("signal-streams").await;
        assert!(!listed.to_string().contains(&bearer), "it is told once: {listed}");
        let url = text(&made.json(), "push_url");
        let push = url.split_once("/t/").map(|(_, rest)| format!("/t/{rest}")).expect("an address");
        let transmitter = Transmitter::start(port).await;
        Self { own, token, push, bearer, transmitter }
    }

    fn world(&self) -> &World {
        &self.own.world
    }

    /// The directory of the same organization.
    async fn directory(&self) -> Directory {
        Directory { world: self.world().moved_to(self.world().address).await, token: self.token.clone() }
    }

    async fn push(&self, token: &str) -> Response {
        Request::new("POST", &self.push)
            .header("content-type", "application/secevent+jwt")
            .bearer(&self.bearer)
            .body(token)
            .send(self.world().address)
            .await
    }

    async fn signal(&mut self, order: &Value) -> Response {
        let token = self.transmitter.token(order).await;
        self.push(&token).await
    }
}

#[tokio::test]
async fn a_signal_ends_sessions_or_deactivates_as_it_says() {
    let mut stage = Stage::set().await;
    let directory = stage.directory().await;
    let maya = directory.person("Maya").await;
    let subject = json!({"format": "iss_sub", "iss": ISSUER, "sub": maya["externalId"]});
    let session = Session::of(&directory.world, id(&maya)).await;
    let looks = async || session.send("GET", "agents", &Value::Null).await.status;
    let agent = directory.world.agent("Helper", id(&maya), &json!([])).await;
    let standing = async || text(&directory.world.get(&format!("agents/{agent}")).await, "state");
    assert_eq!(looks().await, 200);

    let revoked = json!({"claims": claims(&subject, &format!("{CAEP}session-revoked")), "alg": "ES256"});
    let taken = stage.signal(&revoked).await;
    assert_eq!(taken.status, 202, "{}", taken.text());
    assert_eq!(looks().await, 401, "the session has ended");
    assert_eq!(standing().await, "live", "and nothing else");

    let disabled = claims(&subject, &format!("{RISC}account-disabled"));
    assert_eq!(stage.signal(&json!({"claims": disabled})).await.status, 202);
    assert_eq!(standing().await, "unowned");
    let member = directory.world.get(&format!("members/{}", id(&maya))).await;
    assert_eq!(member["state"], "suspended");
    assert!(member.to_string().contains("account-disabled"), "the evidence says why: {member}");

    // Sent again, also after the person is back, it does nothing: a signal counts once.
    let on = json!([{"op": "replace", "path": "active", "value": true}]);
    directory.patch(&super::at(&maya), on).await;
    assert_eq!(stage.signal(&json!({"claims": disabled})).await.status, 202);
    assert_eq!(directory.world.get(&format!("members/{}", id(&maya))).await["state"], "active");
}

#[tokio::test]
async fn a_signal_that_is_not_the_transmitters_is_refused() {
    let mut stage = Stage::set().await;
    let directory = stage.directory().await;
    let maya = directory.person("Maya").await;
    let subject = json!({"format": "email", "email": "maya@northwind.example"});
    let good = || claims(&subject, &format!("{RISC}account-disabled"));
    let with = |name: &str, value: Value| {
        let mut claims = good();
        claims[name] = value;
        claims
    };
    let without = |name: &str| {
        let mut claims = good();
        claims.as_object_mut().expect("claims").remove(name);
        claims
    };
    let old = now() - 8 * 86_400;
    let two = json!({format!("{RISC}account-disabled"): {}, format!("{CAEP}session-revoked"): {}});
    let orders = [
        json!({"claims": good(), "key": "other"}),
        json!({"claims": good(), "alg": "HS256"}),
        json!({"claims": good(), "alg": "none"}),
        json!({"claims": good(), "typ": "JWT"}),
        json!({"claims": good(), "typ": "logout+jwt"}),
        json!({"claims": with("iss", json!(format!("{ISSUER}/")))}),
        json!({"claims": with("aud", json!("somebody else"))}),
        json!({"claims": without("aud")}),
        json!({"claims": without("iss")}),
        json!({"claims": without("jti")}),
        json!({"claims": without("iat")}),
        json!({"claims": without("events")}),
        json!({"claims": with("events", two)}),
        json!({"claims": with("iat", json!(old))}),
        json!({"claims": with("iat", json!(old + 16 * 86_400))}),
    ];
    for order in &orders {
        let refused = stage.signal(order).await;
        assert_eq!(refused.status, 400, "{order}: {}", refused.text());
        assert_eq!(refused.json()["err"], "authentication_failed", "{order}");
    }
    for garbage in ["", "a.b.c", "not a token"] {
        assert_eq!(stage.push(garbage).await.status, 400);
    }
    let token = stage.transmitter.token(&json!({"claims": good()})).await;
    let elsewhere = stage.push.rsplit_once('/').map(|(path, _)| path.to_owned()).expect("a path");
    for path in
        [format!("{elsewhere}/00000000-0000-7000-8000-000000000000"), stage.push.replace("/t/", "/t/no-")]
    {
        let request = Request::new("POST", &path)
            .header("content-type", "application/secevent+jwt")
            .body(token.as_str());
        assert_eq!(request.send(directory.world.address).await.status, 404);
    }
    // The transmitter's own signature without the token of the stream, or with another, is somebody who found a signal.
    for bearer in [None, Some(""), Some("sst_0"), Some(directory.token.as_str())] {
        let request = Request::new("POST", &stage.push).header("content-type", "application/secevent+jwt");
        let request = bearer.map_or_else(|| request.clone(), |bearer| request.clone().bearer(bearer));
        let refused = request.body(token.as_str()).send(directory.world.address).await;
        assert_eq!((refused.status, refused.json()["err"].as_str()), (400, Some("authentication_failed")));
    }
    let member = directory.world.get(&format!("members/{}", id(&maya))).await;
    assert_eq!(member["state"], "active", "none of it did anything");
    // The owner, whom the directory did not bring, is out of the transmitter's reach.
    let owners = directory.world.list("members?role=owner").await;
    let subject = json!({"format": "opaque", "id": owners[0]["id"]});
    let claims = claims(&subject, &format!("{RISC}account-disabled"));
    assert_eq!(stage.signal(&json!({"claims": claims})).await.status, 202);
    assert_eq!(directory.world.list("members?role=owner").await[0]["state"], "active");
}

/// Global token revocation: everything that proves the person ends, and they may sign in again.
#[tokio::test]
async fn universal_logout_ends_sessions_and_cuts_agents() {
    let directory = Directory::connected().await;
    let scene = crate::world::Scene::set(&directory.world).await;
    let maya = directory.person("Maya").await;
    directory.world.join(&scene.workspace, id(&maya), &scene.role).await;
    let scope = json!([{"server": scene.server_id, "tools": "search_notes"}]);
    let agent = directory.world.agent("Helper", id(&maya), &scope).await;
    let key = directory.world.key("agent", &agent).await;
    let ask = async || {
        let answer = scene.check_as(&key.token, "search_notes", &json!({"query": "x"})).await;
        reason(&answer).to_owned()
    };
    let session = Session::of(&directory.world, id(&maya)).await;
    assert_eq!(
        (ask().await.as_str(), session.send("GET", "agents", &Value::Null).await.status),
        ("allow", 200)
    );

    let path = format!("/t/{}/global-token-revocation", directory.world.organization);
    let revoke = async |token: &str, body: &Value| {
        Request::post(&path, body).bearer(token).send(directory.world.address).await
    };
    let subject = json!({"sub_id": {"format": "iss_sub", "iss": ISSUER, "sub": maya["externalId"]}});
    let done = revoke(&directory.token, &subject).await;
    assert_eq!(done.status, 204, "{}", done.text());
    assert_eq!(ask().await, "credential_revoked", "the very next call");
    assert_eq!(session.send("GET", "agents", &Value::Null).await.status, 401);
    let member = directory.world.get(&format!("members/{}", id(&maya))).await;
    assert_eq!(member["state"], "active", "whoever can still prove who they are signs in again");
    Session::of(&directory.world, id(&maya)).await;

    for (body, status) in [
        (json!({"subject": {"format": "email", "email": "MAYA@northwind.example"}}), 204),
        (json!({"sub_id": {"format": "opaque", "id": id(&maya)}}), 204),
        (json!({"sub_id": {"format": "email", "email": "nobody@northwind.example"}}), 404),
        (json!({"sub_id": {"format": "phone", "phone": "1"}}), 400),
        (json!({"sub_id": {"format": "email"}}), 400),
        (json!({"sub_id": "maya"}), 400),
        (json!({}), 400),
    ] {
        let answer = revoke(&directory.token, &body).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.text());
    }
    let other = Directory::connected().await;
    assert_eq!(revoke(&other.token, &subject).await.status, 404, "another organization's directory");
    assert_eq!(revoke(&directory.world.api_key, &subject).await.status, 401);
}
