//! One organization's credentials with another one's ids, on every route that there is: as if they did not exist.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use testkit::http::{Request, Response};

use crate::world::{Scene, World, asked, text, unique};

/// An id that is nobody's.
const NOBODY: &str = "00000000-0000-7000-8000-000000000000";
/// A key's public id that is nobody's.
const NO_KEY: &str = "000000000000";

/// A route of the management API.
#[derive(Debug)]
struct Route {
    method: String,
    path: String,
    body: Option<Value>,
}

/// The document that the program tells of itself.
async fn openapi(world: &World) -> Value {
    let response = Request::get("/openapi.json").send(world.address).await;
    assert_eq!(response.status, 200, "{}", response.text());
    response.json()
}

/// Every route of an organization, with a body that would be taken.
fn routes(openapi: &Value) -> Vec<Route> {
    let paths = openapi["paths"].as_object().expect("paths");
    let ours = paths.iter().filter(|(path, _)| path.starts_with("/v1/orgs/{org}"));
    let each = ours.flat_map(|(path, methods)| {
        let methods = methods.as_object().expect("methods").iter();
        let methods = methods.filter(|(_, operation)| operation["responses"].is_object());
        methods.map(move |(method, operation)| {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            let body = (!schema.is_null()).then(|| example(openapi, schema, ""));
            Route { method: method.to_uppercase(), path: path.clone(), body }
        })
    });
    each.collect()
}

/// The least that a schema takes.
pub(crate) fn example(openapi: &Value, schema: &Value, name: &str) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let pointer = reference.trim_start_matches('#');
        return example(openapi, openapi.pointer(pointer).expect("a schema that is there"), name);
    }
    if let Some(first) = ["oneOf", "anyOf", "allOf"].iter().find_map(|kind| schema[*kind].get(0)) {
        return example(openapi, first, name);
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("object");
    match (kind, name) {
        ("object", _) => {
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let field = |name: &str| (name.to_owned(), example(openapi, &schema["properties"][name], name));
            Value::Object(required.map(field).collect::<Map<_, _>>())
        }
        ("array", _) => json!([]),
        ("boolean", _) => json!(false),
        ("integer" | "number", _) => json!(1),
        (_, "slug") => json!(unique("slug")),
        (_, "risk") => json!("read"),
        (_, "role") if schema["format"] != "uuid" => json!("member"),
        (_, "credential_mode") => json!("shared"),
        (_, "identity_mode") => json!("agent"),
        _ if schema["format"] == "uuid" => json!(NOBODY),
        _ => json!("text"),
    }
}

/// An id of each thing that an organization has, by the name of the path parameter.
pub(crate) async fn ids_of(world: &World) -> BTreeMap<&'static str, String> {
    let scene = Scene::set(world).await;
    let (robot, _) = scene.robot().await;
    let (gateway, _) = world.gateway(&json!({})).await;
    let decision = text(&scene.check("whoami", &json!({})).await, "decision_id");
    let tools = world.list(&format!("servers/{}/tools", scene.server_id)).await;
    let grants = world.list(&format!("roles/{}/grants", scene.role)).await;
    let narrowing = json!({"blocked": true});
    world.put(&format!("workspaces/{}/overrides/{}", scene.workspace, scene.acting.agent), &narrowing).await;
    let invitation = invitation(world).await;
    BTreeMap::from([
        ("org", world.organization.clone()),
        ("agent", scene.acting.agent.clone()),
        ("key", scene.acting.key.id.clone()),
        ("user", scene.acting.owner.clone()),
        ("workspace", scene.workspace.clone()),
        ("membership", scene.membership.clone()),
        ("server", scene.server_id.clone()),
        ("tool", text(&tools[0], "name")),
        ("role", scene.role.clone()),
        ("grant", text(&grants[0], "id")),
        ("robot", robot),
        ("gateway", gateway),
        ("decision", decision),
        ("invitation", invitation),
        ("identity", asked(world, &scene.acting.owner)),
        (
            "member_invitation",
            text(&world.post("member-invitations", &json!({"role": "member"})).await, "id"),
        ),
    ])
}

/// An invitation of an agent of the first owner's own: nobody else may invite it.
async fn invitation(world: &World) -> String {
    let slug = unique("explicit");
    let explicit = json!({"slug": slug, "name": slug, "access_mode": "explicit"});
    let workspace = text(&world.post("workspaces", &explicit).await, "id");
    let agent = world.post("agents", &json!({"name": unique("Own")})).await;
    let role = world.role(&[]).await;
    world.join(&workspace, &text(&agent["owner"], "id"), &role).await;
    let invited = json!({"agent": agent["id"]});
    text(&world.post(&format!("workspaces/{workspace}/invitations"), &invited).await, "id")
}

/// The path with its parameters filled in; those that are missing stand for nobody.
fn fill(path: &str, ids: &BTreeMap<&str, String>) -> String {
    let mut filled = path.to_owned();
    while let Some((before, rest)) = filled.split_once('{') {
        let (name, after) = rest.split_once('}').expect("a closed brace");
        let id = ids.get(name).map_or(if name == "key" { NO_KEY } else { NOBODY }, String::as_str);
        filled = format!("{before}{id}{after}");
    }
    filled
}

async fn send(world: &World, route: &Route, path: &str) -> Response {
    let request = Request::new(&route.method, path).bearer(&world.api_key);
    let request = match &route.body {
        Some(body) => request.json(body),
        None => request,
    };
    request.send(world.address).await
}

/// What moves by itself: uses of a key and sights of a gateway are written down a while after they happened.
const MOVING: [&str; 6] =
    ["last_used_at", "last_used_from", "last_seen_at", "silent_for_seconds", "allowed", "denied"];

/// Everything of an organization that a foreign hand could have changed.
async fn standing(world: &World) -> Vec<Value> {
    let mut all = Vec::new();
    for noun in ["agents", "keys", "members", "workspaces", "servers", "roles", "robots", "gateways"] {
        all.extend(world.list(noun).await.into_iter().map(|mut item| {
            for field in MOVING {
                item.as_object_mut().expect("an object").remove(field);
            }
            item
        }));
    }
    all.push(json!(world.changes("").await));
    all
}

#[tokio::test]
async fn nothing_of_another_organization_is_there() {
    let own = World::shared().await;
    let (mine, other) = (own.neighbour().await, own.neighbour().await);
    let foreign = ids_of(&other).await;
    let before = standing(&other).await;
    let routes = routes(&openapi(&mine).await);
    assert!(routes.len() > 40, "the whole management API: {}", routes.len());

    let here = BTreeMap::from([("org", mine.organization.clone())]);
    let theirs_here: BTreeMap<_, _> =
        foreign.iter().map(|(name, id)| (*name, id.clone())).chain(here.clone()).collect();
    let nowhere = BTreeMap::from([("org", unique("nowhere"))]);
    let mut missed = 0;
    for route in &routes {
        // Their ids under our name, beside ids that are nobody's.
        let (theirs, nobodys) = (fill(&route.path, &theirs_here), fill(&route.path, &here));
        if theirs != nobodys {
            let (theirs, nobodys) = (send(&mine, route, &theirs).await, send(&mine, route, &nobodys).await);
            assert_eq!(alike(&theirs), alike(&nobodys), "{route:?}");
            // What is for signed-in people alone is refused to every key before anything is looked for.
            let for_no_key = theirs.status == 403 && theirs.text().contains("signed_in_only");
            assert!(
                for_no_key || matches!(theirs.status, 400 | 404 | 428),
                "{route:?}: {} {}",
                theirs.status,
                theirs.text()
            );
            missed += usize::from(theirs.status == 404);
        }
        // Their ids under their own name, beside an organization that is nobody's.
        let (theirs, nobodys) = (fill(&route.path, &foreign), fill(&route.path, &nowhere));
        let (theirs, nobodys) = (send(&mine, route, &theirs).await, send(&mine, route, &nobodys).await);
        assert_eq!(theirs.status, 404, "{route:?}: {}", theirs.text());
        assert_eq!((theirs.status, theirs.body), (nobodys.status, nobodys.body), "{route:?}");
    }
    assert!(missed > 30, "most routes name a thing, and it is not there: {missed}");
    assert_eq!(standing(&other).await, before, "and nothing of theirs has changed");
}

/// Status and bytes, without the id of the request, which differs by nature.
fn alike(response: &Response) -> (u16, String) {
    if response.status == 404 {
        return (404, response.text());
    }
    let mut document = response.json();
    document.as_object_mut().expect("an object").remove("request_id");
    (response.status, document.to_string())
}

/// Ids of another organization inside a body are as unknown as any.
#[tokio::test]
async fn nothing_of_another_organization_can_be_named_in_a_body() {
    let own = World::shared().await;
    let (mine, other) = (own.neighbour().await, own.neighbour().await);
    let (scene, foreign) = (Scene::set(&mine).await, ids_of(&other).await);
    let agent = &scene.acting.agent;
    let memberships = format!("workspaces/{}/memberships", scene.workspace);
    let grants = format!("roles/{}/grants", scene.role);
    let invitations = format!("workspaces/{}/invitations", scene.workspace);
    let cases: [(&str, &str, &str, Value, &str); 10] = [
        ("POST", "agents", "owner", json!({"name": "x"}), "user"),
        ("POST", &format!("agents/{agent}/hand-over"), "to", json!({}), "user"),
        ("POST", "keys", "agent", json!({"name": "x"}), "agent"),
        ("POST", "keys", "robot", json!({"name": "x"}), "robot"),
        ("POST", "keys", "gateway", json!({"name": "x"}), "gateway"),
        ("POST", &memberships, "user", json!({"role": scene.role}), "user"),
        ("POST", &memberships, "robot", json!({"role": scene.role}), "robot"),
        ("POST", &memberships, "role", json!({"user": scene.acting.owner}), "role"),
        ("POST", &grants, "server", json!({"tools": "*"}), "server"),
        ("POST", &invitations, "agent", json!({}), "agent"),
    ];
    for (method, path, field, body, kind) in cases {
        let try_with = async |id: &str| {
            let mut body = body.clone();
            body[field] = json!(id);
            mine.manage(method, path, Some(&body)).await
        };
        let (theirs, nobodys) = (try_with(&foreign[kind]).await, try_with(NOBODY).await);
        assert!(
            matches!(theirs.status, 400 | 404 | 409),
            "{path} {field}: {} {}",
            theirs.status,
            theirs.text()
        );
        assert_eq!(alike(&theirs), alike(&nobodys), "{path} {field}");
    }
}

/// A gateway asks for its own organization, whoever's credential it is shown.
#[tokio::test]
async fn a_gateway_knows_only_its_own_organization() {
    let own = World::shared().await;
    let (mine, other) = (own.neighbour().await, own.neighbour().await);
    let (scene, foreign) = (Scene::set(&mine).await, Scene::set(&other).await);
    let ask = async |credential: &str, server: &str| {
        let ask = crate::world::Ask { credential, server, tool: "search_notes", arguments: Some(&json!({})) };
        crate::world::reason(&mine.check(ask).await).to_owned()
    };
    let (key, their_key) = (&scene.acting.key.token, &foreign.acting.key.token);
    assert_eq!(ask(key, &scene.server).await, "allow");
    let unknown = ask(key, "no-such-server").await;
    assert_eq!(ask(key, &foreign.server).await, unknown, "their server by its name");
    for server in [&scene.server, &foreign.server] {
        assert_ne!(ask(their_key, server).await, "allow", "{server} with their agent's key");
    }
}
