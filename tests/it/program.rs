//! The commands, as an operator or a script runs them.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::{Value, json};
use testkit::answerable::command;
use testkit::directory::Directory;
use testkit::http::Request;
use testkit::process::run;

use crate::world::{Own, Scene, World, migrate, with};

/// What a command printed, on both outputs, and whether it succeeded.
fn said(command: &mut Command) -> (bool, String) {
    let output = command.output().expect("the program");
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn every_command_says_what_it_does() {
    for subcommand in ["demo", "serve", "migrate", "doctor", "openapi", "check", "admin"] {
        let help = run(command().args([subcommand, "--help"]));
        assert!(help.lines().next().is_some_and(|line| !line.is_empty()), "{subcommand}: {help}");
        assert!(help.contains("Usage: answerable") && help.contains("--config"), "{subcommand}: {help}");
    }
    let help = run(command().arg("--help"));
    for subcommand in ["demo", "serve", "migrate", "doctor", "openapi", "check", "admin"] {
        assert!(help.contains(&format!("\n  {subcommand}")), "{subcommand}: {help}");
    }
    let version = run(command().arg("--version"));
    assert_eq!(version.trim(), concat!("answerable ", env!("CARGO_PKG_VERSION")));
    let (succeeded, text) = said(command().arg("dance"));
    assert!(!succeeded && text.contains("dance"), "{text}");
}

fn openapi() -> Value {
    serde_json::from_str(&run(command().arg("openapi"))).expect("JSON")
}

#[test]
fn the_document_is_whole() {
    let document = openapi();
    assert!(
        document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")),
        "{}",
        document["openapi"]
    );
    let mut operations = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let what = format!("{} {path}", method.to_uppercase());
            assert!(operation["responses"].as_object().is_some_and(|all| !all.is_empty()), "{what}");
            let told = operation["summary"].as_str().or(operation["description"].as_str());
            assert!(told.is_some_and(|told| !told.trim().is_empty()), "{what} says what it does");
            let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
            assert!(!id.is_empty() && operations.insert(id), "{what} has an operation id of its own");
            for parameter in path.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                let named = operation["parameters"].as_array().into_iter().flatten();
                let named = named.filter(|one| one["in"] == "path").any(|one| one["name"] == parameter);
                assert!(named, "{what} describes `{parameter}`");
            }
        }
    }
    references(&document, &document);
    for path in [
        "/v1/check",
        "/v1/check/batch",
        "/v1/tools/visible",
        "/access/v1/evaluation",
        "/v1/leaks",
        "/v1/orgs",
    ] {
        assert!(document["paths"][path].is_object(), "{path}");
    }
}

/// Every reference leads somewhere.
fn references(document: &Value, part: &Value) {
    match part {
        Value::Object(map) => {
            if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
                let pointer = reference.strip_prefix('#').expect("a reference into the document");
                assert!(document.pointer(pointer).is_some(), "{reference}");
            }
            map.values().for_each(|value| references(document, value));
        }
        Value::Array(items) => items.iter().for_each(|value| references(document, value)),
        _ => {}
    }
}

/// What is documented is there, with just these methods; what is served is what is printed.
#[tokio::test]
async fn the_document_and_the_routes_are_the_same() {
    let (world, document) = (World::shared().await, openapi());
    let served = Request::get("/openapi.json").send(world.address).await;
    assert_eq!(served.json(), document);
    let paths = document["paths"].as_object().expect("paths");
    for path in paths.keys() {
        let filled = path.replace("{org}", &world.organization);
        let filled = filled.split('/').map(|part| if part.starts_with('{') { "nothing" } else { part });
        let filled = filled.collect::<Vec<_>>().join("/");
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            // Without a credential, so that a thing that is not there is not taken for an address that is none.
            let request = Request::new(method, &filled);
            let request = if method == "GET" { request } else { request.json(&json!({"no such field": 1})) };
            let response = request.send(world.address).await;
            let is_there = !matches!(response.status, 404 | 405);
            let is_documented =
                paths.iter().any(|(path, all)| fits(path, &filled) && all[method.to_lowercase()].is_object());
            assert_eq!(is_there, is_documented, "{method} {path}: {} {}", response.status, response.text());
        }
    }
}

/// Whether an address is one of those that a documented path stands for.
fn fits(path: &str, address: &str) -> bool {
    let (path, address): (Vec<_>, Vec<_>) = (path.split('/').collect(), address.split('/').collect());
    path.len() == address.len()
        && path.iter().zip(address).all(|(part, given)| part.starts_with('{') || *part == given)
}

#[test]
fn the_example_settings_are_understood() {
    let example = testkit::paths::repository("deploy/answerable.toml");
    let (_, text) = said(command().arg("doctor").arg("--config").arg(example));
    assert!(text.contains("ok    settings"), "{text}");
}

#[test]
fn doctor_says_what_is_well_and_what_is_not() {
    let data = Directory::new();
    let url = format!("sqlite://{}?mode=rwc", data.join("a.sqlite").display());
    let port = testkit::ports::free();
    let doctor = |url: &str| {
        let mut doctor = with(url);
        doctor.arg("doctor").env("ANSWERABLE_SERVER__LISTEN", format!("127.0.0.1:{port}"));
        doctor
    };
    let (succeeded, text) = said(&mut doctor(&url));
    assert!(succeeded && text.contains("not there yet"), "{text}");
    assert!(!data.join("a.sqlite").exists(), "looking changes nothing");
    migrate(&url);
    let (succeeded, text) = said(&mut doctor(&url));
    assert!(succeeded && !text.contains("MEND"), "{text}");
    for what in ["settings", "database", "schema", "listen"] {
        assert!(text.contains(&format!("ok    {what}")), "{what}: {text}");
    }
    let (succeeded, text) = said(doctor("mysql://x").env("ANSWERABLE_LOG__FORMAT", "xml"));
    assert!(
        !succeeded && text.contains("MEND") && text.contains("database.url") && text.contains("log.format"),
        "{text}"
    );
    let behind = testkit::postgres::Postgres::shared().database();
    let (succeeded, text) = said(&mut doctor(&behind));
    assert!(!succeeded && text.contains("migrate up"), "{text}");
    let _held = std::net::TcpListener::bind(("127.0.0.1", port)).expect("the port");
    let (succeeded, text) = said(&mut doctor(&url));
    assert!(!succeeded && text.contains("MEND  listen"), "{text}");
}

#[test]
fn migrate_tells_and_does() {
    let data = Directory::new();
    let sqlite = format!("sqlite://{}?mode=rwc", data.join("a.sqlite").display());
    for url in [sqlite, testkit::postgres::Postgres::shared().database()] {
        let migrate = |what: &str| run(with(&url).args(["migrate", what]));
        let missing = migrate("status");
        let count = missing.lines().filter(|line| line.starts_with("missing 00")).count();
        assert!(count > 5, "{missing}");
        let applied = migrate("up");
        assert_eq!(applied.lines().filter(|line| line.starts_with("applied 00")).count(), count, "{applied}");
        for what in ["status", "up"] {
            assert_eq!(migrate(what).trim(), "the schema is up to date", "{what} afterwards");
        }
    }
}

#[tokio::test]
async fn check_prints_the_path_of_a_decision() {
    let scene = Scene::set(World::shared().await).await;
    let check = |arguments: &[&str]| {
        let mut check = command();
        check.arg("check").env("ANSWERABLE_URL", format!("http://{}", scene.world.address));
        check.env("ANSWERABLE_GATEWAY_KEY", &scene.world.gateway_key);
        check.env("ANSWERABLE_AGENT_KEY", &scene.acting.key.token).args(arguments);
        said(&mut check)
    };
    let (allowed, text) = check(&[&scene.server, "search_notes", r#"{"query":"x"}"#]);
    assert!(allowed && text.starts_with("allow"), "{text}");
    for part in
        ["granted", &scene.acting.agent_name, &scene.acting.owner_name, &scene.workspace_slug, "holds grant"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let (allowed, text) = check(&[&scene.server, "transfer", r#"{"amount":101}"#]);
    assert!(!allowed && text.contains("argument_not_allowed") && text.contains("stops grant"), "{text}");
    let (allowed, text) = check(&[&scene.server, "transfer", "{amount"]);
    assert!(!allowed && text.contains("not JSON"), "{text}");
    assert!(!text.contains(&scene.acting.key.token) && !text.contains(&scene.world.gateway_key), "{text}");
}

#[tokio::test]
async fn an_organization_is_created_by_the_operator_alone() {
    let own = Own::start().await;
    let neighbour = own.world.neighbour().await;
    let seen = Request::get("/v1/orgs").bearer(&neighbour.api_key).send(own.world.address).await.json();
    assert_eq!(seen["items"].as_array().map(Vec::len), Some(1), "a key is for one organization: {seen}");
    assert_eq!(seen["items"][0]["slug"], json!(neighbour.organization));
    let again =
        ["admin", "create-organization", "--slug", &neighbour.organization, "--name", "x", "--owner", "x"];
    let (succeeded, text) = said(with(&own.world.database).args(again));
    assert!(!succeeded && text.contains("slug"), "{text}");
    let wrong = ["admin", "create-organization", "--slug", "Not a slug", "--name", "x", "--owner", "x"];
    let (succeeded, text) = said(with(&own.world.database).args(wrong));
    assert!(!succeeded && text.contains("slug"), "{text}");
    let over_the_api =
        Request::post("/v1/orgs", &json!({"slug": "mine", "name": "x"})).bearer(&own.world.api_key);
    assert!(matches!(over_the_api.send(own.world.address).await.status, 403..=405));
}
