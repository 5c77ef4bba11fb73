//! Gateways: registered, connected with what their page says, watched, held and ended.

use std::process::Command;
use std::time::Duration;

use serde_json::json;
use testkit::gateways::nginx_on;
use testkit::mcp::{Client, Notebook};
use testkit::process::{eventually, run};
use testkit::{paths, ports};

use super::clerk::{Clerk, hidden};
use crate::world::{Scene, World, text, unique};

/// The text of a configuration as the page shows it.
fn snippet(page: &str, id: &str) -> String {
    let start = format!("id=\"text-{id}\"");
    let rest = page.split_once(&start).unwrap_or_else(|| panic!("no {id} on {page}")).1;
    let text = rest.split_once('>').expect("its beginning").1.split_once("</pre>").expect("its end").0;
    let entities = [("&#38;", "&"), ("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'")];
    entities.iter().fold(text.to_owned(), |text, (entity, plain)| text.replace(entity, plain))
}

/// Registers a gateway on the pages; its path and its key, which is shown once.
async fn registered(clerk: &Clerk<'_>, name: &str) -> (String, String) {
    let form = clerk.page("gateways/new").await;
    let slip = hidden(&form, "slip").expect("a slip");
    let made = clerk.post("gateways/new", &[("name", name), ("days", "30"), ("slip", &slip)]).await;
    let shown = clerk.follow(&made).await;
    let key = shown.split_once("ans_gk_").expect("a key").1.split('<').next().expect("its end");
    let there = shown.split_once("/gateways/").expect("the way on").1.split('"').next().expect("an id");
    assert!(!clerk.page(&format!("gateways/{there}")).await.contains(key), "shown once");
    // The same form sent again by impatience makes nothing.
    let again = clerk.post("gateways/new", &[("name", name), ("days", "30"), ("slip", &slip)]).await;
    assert_eq!(again.status, 303);
    (format!("gateways/{there}"), format!("ans_gk_{key}"))
}

#[tokio::test]
async fn nginx_as_the_page_shows_it_stands_before_a_server_and_its_first_call_is_seen() {
    let world = World::shared().await;
    let (scene, notebook) = (Scene::set(world).await, Notebook::start());
    let clerk = Clerk::admin(world).await;
    let (there, key) = registered(&clerk, &unique("Edge")).await;
    let page = clerk.page(&format!("{there}?server={}", scene.server)).await;
    assert!(page.contains("Waiting for its first call") && page.contains("Never asked"), "{page}");

    let listen = ports::loopback(ports::free());
    let filled = snippet(&page, "nginx")
        .replace("ans_gk_…", &key)
        .replace("0.0.0.0:8080", &listen.to_string())
        .replace("127.0.0.1:9000", &notebook.address.to_string());
    let gateway = nginx_on(&filled, listen);
    let token = &scene.acting.key.token;
    let mut client = Client::start();
    let allowed = client.call(&gateway.url(), token, "search_notes", json!({"query": "tea"})).await;
    assert!(allowed.is_success(), "{allowed:?}");
    let denied = client.call(&gateway.url(), token, "delete_note", json!({"title": "x"})).await;
    assert!(!denied.is_success(), "{denied:?}");

    let seen = async || clerk.page(&there).await.contains("id=\"first-call-title\">It asks").then_some(());
    eventually("the first call is on its page", Duration::from_secs(30), seen).await;
    assert!(!clerk.page(&there).await.contains("data-renew"), "nothing is waited for any more");
}

#[tokio::test]
async fn programs_as_the_page_shows_them_ask_and_are_answered() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let clerk = Clerk::admin(world).await;
    let (there, key) = registered(&clerk, &unique("Own server")).await;
    let page = clerk.page(&format!("{there}?server={}", scene.server)).await;
    let (agent, server) = (&scene.acting.key.token, format!("http://{}", world.address));
    let filled = |id: &str| {
        let text = snippet(&page, id).replace("ans_gk_…", &key).replace("ans_ak_…", agent);
        assert!(text.contains(&server), "{text}");
        text
    };
    for (tool, python, node) in [
        ("whoami", "True granted", "true granted"),
        ("delete_note", "False outside_scope", "false outside_scope"),
    ] {
        let asked = format!("{}\nprint(*check(\"{agent}\", \"{tool}\", {{}}))", filled("python"));
        let printed = run(Command::new(paths::part("venv/bin/python")).args(["-c", &asked]));
        assert_eq!(printed.trim(), python);
        // The types are for whoever reads it; without them it is the JavaScript that runs.
        let plain = filled("typescript").replace("export ", "").replace(
            "(credential: string, tool: string, args: object): Promise<{ allowed: boolean; reason: string }>",
            "(credential, tool, args)",
        );
        let asked = format!(
            "{plain}\ncheck(\"{agent}\", \"{tool}\", {{}}).then((it) => console.log(it.allowed, it.reason));"
        );
        let printed = run(Command::new(paths::program("node")).args(["-e", &asked]));
        assert_eq!(printed.trim(), node);
        let asked = filled("curl").replace("the_tool", tool);
        let printed = run(Command::new("sh").args(["-c", &asked]));
        assert!(
            printed.contains(&format!("\"decision\":{}", node.split(' ').next().expect("a word"))),
            "{printed}"
        );
        let asked = filled("http").replace("the_tool", tool);
        let printed = run(Command::new("sh").args(["-c", &asked]));
        let status = if tool == "whoami" { "200" } else { "403" };
        assert!(printed.starts_with(&format!("HTTP/1.1 {status}")), "{printed}");
    }
}

#[tokio::test]
async fn a_gateway_is_changed_held_and_ended() {
    let world = World::shared().await;
    let clerk = Clerk::admin(world).await;
    let name = unique("<b>Köln & ماكس</b>");
    let (there, _) = registered(&clerk, &name).await;
    let list = clerk.page("gateways").await;
    assert!(list.contains("&#60;b&#62;Köln &#38; ماكس") && !list.contains("<b>Köln"), "{list}");

    assert_eq!(clerk.post("gateways/new", &[("name", "")]).await.status, 422);
    let version = hidden(&clerk.page(&format!("{there}/edit")).await, "version").expect("a version");
    world.patch(&there, &json!({"allows_unseen_tools": true})).await;
    let late = clerk.post(&format!("{there}/edit"), &[("name", "Late"), ("version", &version)]).await;
    assert_eq!(late.status, 409, "{}", late.text());
    let version = hidden(&clerk.page(&format!("{there}/edit")).await, "version").expect("a version");
    assert_eq!(
        clerk.post(&format!("{there}/edit"), &[("name", &name), ("version", &version)]).await.status,
        303
    );
    assert_eq!(world.get(&there).await["allows_unseen_tools"], false);

    assert_eq!(clerk.post(&format!("{there}/pause"), &[("reason", "")]).await.status, 422);
    assert_eq!(clerk.post(&format!("{there}/pause"), &[("reason", "odd calls")]).await.status, 303);
    assert!(clerk.page(&there).await.contains("odd calls"));
    assert_eq!(clerk.post(&format!("{there}/resume"), &[]).await.status, 303);
    let mistyped = clerk.post(&format!("{there}/revoke"), &[("reason", "over"), ("confirm", "x")]).await;
    assert_eq!(mistyped.status, 422);
    for _ in 0..2 {
        let revoked = clerk.post(&format!("{there}/revoke"), &[("reason", "over"), ("confirm", &name)]).await;
        assert_eq!(revoked.status, 303, "{}", revoked.text());
    }
    assert_eq!(text(&world.get(&there).await, "state"), "revoked");
    assert!(!clerk.page("gateways").await.contains(&there));
    assert!(clerk.page("gateways?state=revoked").await.contains(&there));
}

/// security.md: an auditor reads everything and changes nothing; for members there are no gateways.
#[tokio::test]
async fn an_auditor_reads_gateways_and_a_member_finds_none() {
    let world = World::shared().await;
    let (gateway, _) = world.gateway(&json!({})).await;
    let auditor = Clerk::of(world, &world.person_as(&unique("Auditor"), "auditor").await).await;
    let there = format!("gateways/{gateway}");
    let page = auditor.page(&there).await;
    assert!(page.contains("aria-disabled") && page.contains("Connect it"), "{page}");
    for act in ["pause", "resume", "revoke", "edit"] {
        let named = text(&world.get(&there).await, "name");
        let answer = auditor
            .post(&format!("{there}/{act}"), &[("reason", "x"), ("confirm", &named), ("name", "x")])
            .await;
        assert_eq!(answer.status, 403, "{act}");
    }
    assert_eq!(text(&world.get(&format!("gateways/{gateway}")).await, "state"), "active");
    let member = Clerk::of(world, &world.person(&unique("Member")).await).await;
    for path in [there.as_str(), "gateways", "gateways/new"] {
        assert_eq!(member.get(path).await.status, 404, "{path}");
    }
}
