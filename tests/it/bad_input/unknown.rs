//! A thing that does not exist and one that is forbidden look alike to whoever asks; the evidence tells them apart.

use serde_json::{Value, json};
use testkit::http::Request;

use crate::world::{Scene, World, text};

/// The names of a thing that is forbidden and of one that is not there, with what differs in the answer taken off.
fn without_ids(answer: &Value, names: [&str; 2]) -> String {
    let mut answer = answer.clone();
    for field in ["decision_id", "revision"] {
        if answer.get(field).is_some() {
            answer[field] = json!("-");
        }
    }
    let data = &mut answer["error"]["data"];
    if data.is_object() {
        data["decision_id"] = json!("-");
    }
    if answer["error"].is_null() {
        answer.as_object_mut().expect("an object").remove("error");
    }
    names.iter().fold(answer.to_string(), |text, name| text.replace(name, "NAME"))
}

/// What an agent of the scene is forbidden, beside what does not exist: (server, tool, workspace) twice.
fn pairs(scene: &Scene<'_>, elsewhere: &Elsewhere) -> Vec<[(String, String, Option<String>); 2]> {
    let own = scene.server.clone();
    let ask = |server: &str, tool: &str, workspace: Option<&str>| {
        (server.to_owned(), tool.to_owned(), workspace.map(str::to_owned))
    };
    vec![
        // A tool outside the scope, and in it but not granted.
        [ask(&own, "delete_note", None), ask(&own, "delete_nothing", None)],
        // A server in a workspace where the owner is not.
        [ask(&elsewhere.server, "search_notes", None), ask("no-such-server", "search_notes", None)],
        [
            ask(&elsewhere.server, "search_notes", Some(&elsewhere.workspace)),
            ask("no-such-server", "search_notes", Some(&elsewhere.workspace)),
        ],
        // The right server, in a workspace that does not offer it.
        [
            ask(&own, "search_notes", Some(&elsewhere.workspace)),
            ask(&own, "search_notes", Some("no-such-place")),
        ],
    ]
}

struct Elsewhere {
    workspace: String,
    server: String,
}

async fn elsewhere(world: &World) -> Elsewhere {
    let (id, workspace) = world.workspace().await;
    let (_, server) = world.server(&id, "shared", &[("search_notes", "read")]).await;
    Elsewhere { workspace, server }
}

#[tokio::test]
async fn a_check_does_not_tell_what_exists() {
    let scene = Scene::set(World::shared().await).await;
    let elsewhere = elsewhere(scene.world).await;
    for [forbidden, unknown] in pairs(&scene, &elsewhere) {
        let ask = async |(server, tool, workspace): &(String, String, Option<String>)| {
            let mut body = json!({
                "credential": scene.acting.key.token, "server": server, "method": "tools/call", "tool": tool,
                "arguments": {},
            });
            if let Some(workspace) = workspace {
                body["workspace"] = json!(workspace);
            }
            let response = scene.world.ask("/v1/check?explain=true", &body).await;
            assert_eq!(response.status, 200, "{}", response.text());
            response.json()
        };
        let (first, second) = (ask(&forbidden).await, ask(&unknown).await);
        let look = |answer: &Value, asked: &(String, String, Option<String>)| {
            let place = asked.2.as_deref().unwrap_or("\u{0}");
            without_ids(answer, [&asked.0, place])
        };
        assert_eq!(first["decision"], false, "{forbidden:?}");
        assert_eq!(look(&first, &forbidden), look(&second, &unknown), "{forbidden:?} {unknown:?}");
        let told = |answer: &Value| text(answer, "decision_id");
        let (first, second) =
            (scene.world.decision(&told(&first)).await, scene.world.decision(&told(&second)).await);
        assert_ne!(first["reason"], second["reason"], "the evidence tells them apart: {forbidden:?}");
    }
}

#[tokio::test]
async fn forward_auth_does_not_tell_either() {
    let scene = Scene::set(World::shared().await).await;
    let elsewhere = elsewhere(scene.world).await;
    let ask = async |server: &str, tool: &str| {
        let request = Request::get(&format!("/v1/forward-auth/{server}"))
            .header("x-answerable-gateway", &scene.world.gateway_key)
            .bearer(&scene.acting.key.token)
            .header("x-original-method", "POST")
            .header("mcp-protocol-version", "2026-07-28")
            .header("mcp-method", "tools/call")
            .header("mcp-name", tool);
        let response = request.send(scene.world.address).await;
        let reason = response.header("x-answerable-reason").map(str::to_owned);
        (response.status, reason, without_ids(&response.json(), [server, tool]))
    };
    assert_eq!(ask(&scene.server, "delete_note").await, ask(&scene.server, "nothing").await);
    assert_eq!(ask(&elsewhere.server, "search_notes").await, ask("no-such-server", "search_notes").await);
}

/// What is seen is what may be called from there, and the evidence says where that was.
#[tokio::test]
async fn what_is_visible_hangs_on_where_it_is_asked_from() {
    let scene = Scene::set(World::shared().await).await;
    let world = scene.world;
    let limits = json!({"limits": {"addresses": ["192.0.2.0/24"]}});
    let key = world.limited_key("agent", &scene.acting.agent, &limits).await;
    let run = "0192f0c1-2345-7000-8000-000000000001";
    let visible = async |context: serde_json::Value| {
        let body = json!({
            "credential": key.token, "server": scene.server, "context": context, "run_id": run,
            "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        });
        let response = world.ask("/v1/tools/visible", &body).await;
        assert_eq!(response.status, 200, "{}", response.text());
        response.json()
    };
    let inside = visible(json!({"ip": "192.0.2.7"})).await;
    assert_eq!(inside["tools"], json!(["search_notes", "transfer", "whoami"]));
    for elsewhere in [json!({"ip": "198.51.100.7"}), json!({}), json!(null)] {
        let seen = visible(elsewhere.clone()).await;
        assert_eq!((&seen["decision"], &seen["tools"]), (&json!(false), &json!([])), "{elsewhere}");
    }
    let kept = world.decision(inside["decision_id"].as_str().expect("an id")).await;
    assert_eq!((&kept["run_id"], &kept["address"]), (&json!(run), &json!("192.0.2.7")), "{kept}");
    assert_eq!(kept["trace_id"], "0af7651916cd43dd8448eb211c80319c", "{kept}");
}

#[tokio::test]
async fn only_tools_that_may_be_called_are_visible() {
    let scene = Scene::set(World::shared().await).await;
    let elsewhere = elsewhere(scene.world).await;
    let visible = async |server: &str| {
        let body = json!({"credential": scene.acting.key.token, "server": server});
        let response = scene.world.ask("/v1/tools/visible", &body).await;
        assert_eq!(response.status, 200, "{}", response.text());
        response.json()
    };
    assert_eq!(visible(&scene.server).await["tools"], json!(["search_notes", "transfer", "whoami"]));
    assert_eq!(visible(&scene.personal).await["tools"], json!([]));
    let (forbidden, unknown) = (visible(&elsewhere.server).await, visible("no-such-server").await);
    assert_eq!(forbidden["tools"], json!([]));
    assert_eq!(
        without_ids(&forbidden, [&elsewhere.server, "\0"]),
        without_ids(&unknown, ["no-such-server", "\0"])
    );
}
