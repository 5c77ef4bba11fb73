//! Whatever a directory sends: a SCIM error that says what is wrong, and nothing half-done.

use serde_json::{Value, json};
use testkit::http::Request;

use super::{Directory, GROUP, USER, at, id, patch, user};

/// What stands of an organization's directory and members.
async fn standing(directory: &Directory) -> (Value, Value, u64) {
    let users = directory.get("/Users").await;
    let groups = directory.get("/Groups").await;
    let revision =
        directory.world.changes("").await.iter().filter_map(|change| change["revision"].as_u64()).max();
    (users, groups, revision.unwrap_or(0))
}

/// The error has the shape of the standard, and the kind of mistake.
#[track_caller]
fn is_error(said: &Value, status: u16, kind: Option<&str>, of: &str) {
    assert_eq!(said["schemas"], json!(["urn:ietf:params:scim:api:messages:2.0:Error"]), "{of}: {said}");
    assert_eq!(said["status"], status.to_string(), "{of}: {said}");
    assert_eq!(said["scimType"].as_str(), kind, "{of}: {said}");
    assert!(said["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{of}: {said}");
}

#[tokio::test]
async fn bodies_that_are_no_resource_leave_nothing() {
    let directory = Directory::connected().await;
    directory.person("Maya").await;
    let before = standing(&directory).await;
    let long = "x".repeat(5000);
    let with = |name: &str, value: Value| {
        let mut user = user("Jonas");
        user[name] = value;
        user
    };
    let cases: Vec<(Value, &str)> = vec![
        (json!([]), "invalidSyntax"),
        (json!("user"), "invalidSyntax"),
        (json!({"userName": "jonas"}), "invalidSyntax"),
        (json!({"schemas": ["urn:unknown:User"], "userName": "jonas"}), "invalidSyntax"),
        (json!({"schemas": USER, "userName": "jonas"}), "invalidSyntax"),
        (json!({"schemas": [USER]}), "invalidValue"),
        (with("userName", json!("")), "invalidValue"),
        (with("userName", json!("   ")), "invalidValue"),
        (with("userName", json!(7)), "invalidValue"),
        (with("userName", json!(["a"])), "invalidValue"),
        (with("userName", json!(long)), "invalidValue"),
        (with("userName", json!("a\nb")), "invalidValue"),
        (with("userName", json!("a\u{0}b")), "invalidValue"),
        (with("displayName", json!("a\u{202e}b")), "invalidValue"),
        (with("active", json!("maybe")), "invalidValue"),
        (with("active", json!(1)), "invalidValue"),
        (with("name", json!("Jonas")), "invalidValue"),
        (with("name", json!({"givenName": {"of": "him"}})), "invalidValue"),
        (with("emails", json!({"a": {"b": 1}, "value": 7})), "invalidValue"),
        (with("emails", json!([{"value": "no address"}])), "invalidValue"),
        (
            with("emails", json!([{"value": "a@b", "primary": true}, {"value": "c@d", "primary": true}])),
            "invalidValue",
        ),
        (
            with("roles", Value::Array((0..300).map(|n| json!({"value": n.to_string()})).collect())),
            "invalidValue",
        ),
    ];
    for (body, kind) in &cases {
        let said = directory.expect(400, "POST", "/Users", Some(body)).await;
        is_error(&said, 400, Some(kind), &body.to_string());
    }
    assert_eq!(standing(&directory).await, before);
}

#[tokio::test]
async fn bytes_that_are_no_json_are_told_so() {
    let directory = Directory::connected().await;
    let nested = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    let cases = [
        ("{", 400, Some("invalidSyntax")),
        ("", 400, Some("invalidSyntax")),
        ("{\"userName\":\"a\",\"userName\":\"b\"}", 400, Some("invalidSyntax")),
        (&nested(200), 400, Some("invalidSyntax")),
        (&nested(100_000), 400, Some("invalidSyntax")),
        ("\u{feff}{}", 400, Some("invalidSyntax")),
        (&"x".repeat((1 << 20) + 1), 413, Some("tooMany")),
    ];
    for (body, status, kind) in cases {
        let request = Request::new("POST", "/scim/v2/Users").bearer(&directory.token);
        let request = request.header("content-type", "application/scim+json").body(body);
        let answer = request.send(directory.world.address).await;
        assert_eq!(answer.status, status, "{}", answer.text());
        is_error(&answer.json(), status, kind, &body[..body.len().min(40)]);
    }
    let request = Request::new("POST", "/scim/v2/Users").bearer(&directory.token);
    let answer = request.header("content-type", "text/plain").body("{}").send(directory.world.address).await;
    is_error(&answer.json(), 415, None, "text/plain");
}

#[tokio::test]
async fn operations_are_done_whole_or_not_at_all() {
    let directory = Directory::connected().await;
    let maya = directory.person("Maya").await;
    let group = directory.group("Engineers", &[id(&maya)]).await;
    let before = standing(&directory).await;
    let nobody = "00000000-0000-7000-8000-000000000000";
    let good = json!({"op": "replace", "path": "title", "value": "Head"});
    let people = [
        (json!([good, {"op": "replace", "path": "nothing", "value": 1}]), "invalidPath"),
        (json!([good, {"op": "replace", "path": "active", "value": "off"}]), "invalidValue"),
        (json!([good, {"op": "remove", "path": "userName"}]), "invalidValue"),
        (json!([good, {"op": "replace", "path": "id", "value": nobody}]), "mutability"),
        (json!([good, {"op": "remove"}]), "noTarget"),
        (
            json!([good, {"op": "replace", "path": "emails[type eq \"fax\"].value", "value": "a@b"}]),
            "noTarget",
        ),
        (json!([good, {"op": "replace", "path": "emails[type eq", "value": "a@b"}]), "invalidPath"),
        (json!([good, {"op": "frobnicate"}]), "invalidSyntax"),
        (json!(vec![good.clone(); 1001]), "tooMany"),
    ];
    for (operations, kind) in people {
        let of = operations.to_string();
        let said = directory.expect(400, "PATCH", &at(&maya), Some(&patch(operations))).await;
        is_error(&said, 400, Some(kind), &of[..of.len().min(200)]);
    }
    let rename = json!({"op": "replace", "path": "displayName", "value": "Builders"});
    let groups = [
        (json!([rename, {"op": "add", "path": "members", "value": [{"value": nobody}]}]), "invalidValue"),
        (json!([rename, {"op": "add", "path": "members", "value": [{"value": "nobody"}]}]), "invalidValue"),
        (
            json!([rename, {"op": "add", "path": "members", "value": [{"value": id(&group), "type": "Group"}]}]),
            "invalidValue",
        ),
        (json!([rename, {"op": "add", "path": "members", "value": [7]}]), "invalidValue"),
        (json!([rename, {"op": "remove", "path": "displayName"}]), "invalidValue"),
    ];
    for (operations, kind) in groups {
        let of = operations.to_string();
        let said = directory.expect(400, "PATCH", &at(&group), Some(&patch(operations))).await;
        is_error(&said, 400, Some(kind), &of);
    }
    assert_eq!(standing(&directory).await, before);
}

#[tokio::test]
async fn questions_that_mean_nothing_are_told_so() {
    let directory = Directory::connected().await;
    let cases = [
        ("/Users?filter=userName", "invalidFilter"),
        ("/Users?filter=userName%20is%20%22a%22", "invalidFilter"),
        ("/Users?filter=nothing%20eq%20%22a%22", "invalidFilter"),
        ("/Users?filter=emails%5Bnothing%20eq%201%5D", "invalidFilter"),
        ("/Users?filter=displayName%20eq%20bob", "invalidFilter"),
        ("/Groups?filter=userName%20eq%20%22a%22", "invalidFilter"),
        (&format!("/Users?filter={}a%20pr", "(".repeat(100)), "invalidFilter"),
        ("/Users?sortBy=nothing", "invalidPath"),
        ("/Users?sortBy=userName&sortOrder=sideways", "invalidValue"),
        ("/Users?count=many", "invalidValue"),
        ("/Users?startIndex=1.5", "invalidValue"),
        ("/Users?attributes=userName&excludedAttributes=emails", "invalidValue"),
    ];
    for (path, kind) in cases {
        let said = directory.expect(400, "GET", path, None).await;
        is_error(&said, 400, Some(kind), path);
    }
    for path in ["/Nothing", "/Users/not-an-id", "/Groups/7", "/Users/00000000-0000-7000-8000-000000000000"] {
        is_error(&directory.expect(404, "GET", path, None).await, 404, None, path);
    }
    for (method, path) in
        [("PUT", "/Users"), ("DELETE", "/Schemas"), ("PATCH", "/ServiceProviderConfig"), ("GET", "/Bulk")]
    {
        is_error(&directory.expect(405, method, path, Some(&json!({}))).await, 405, None, path);
    }
    is_error(&directory.expect(501, "GET", "/Me", None).await, 501, None, "/Me");
    is_error(&directory.expect(403, "GET", "/Schemas?filter=id%20pr", None).await, 403, None, "/Schemas");
}

#[tokio::test]
async fn only_the_directorys_own_key_opens_it() {
    let directory = Directory::connected().await;
    let world = &directory.world;
    let wrong = [&world.api_key, &world.gateway_key, "ans_sc_x", "", &format!("{}x", directory.token)];
    for token in wrong {
        let answer = Request::get("/scim/v2/Users").bearer(token).send(world.address).await;
        is_error(&answer.json(), 401, None, token);
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    }
    // Nor does it open anything else.
    for path in ["members", "agents", "keys", "directory"] {
        let request = Request::get(&world.path(path)).bearer(&directory.token);
        let answer = request.send(world.address).await;
        assert!(answer.status == 403 || answer.json()["items"] == json!([]), "{path}: {}", answer.text());
    }
    let body = json!({"schemas": [GROUP], "displayName": "x"});
    let answer = Request::post("/scim/v2/Groups", &body).send(world.address).await;
    assert_eq!(answer.status, 401);
}
