//! Many operations in one request.

use serde_json::{Value, json};

use super::{Directory, GROUP, USER, id, user};

const BULK: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

fn bulk(operations: &Value, more: &[(&str, Value)]) -> Value {
    let mut body = json!({"schemas": [BULK], "Operations": operations});
    for (name, value) in more {
        body[*name] = value.clone();
    }
    body
}

fn statuses(answer: &Value) -> Vec<&str> {
    let list = answer["Operations"].as_array().expect("operations");
    list.iter().map(|operation| operation["status"].as_str().expect("a status")).collect()
}

#[tokio::test]
async fn what_one_brings_another_names_in_any_order() {
    let directory = Directory::connected().await;
    let group = json!({"schemas": [GROUP], "displayName": "Engineers", "members": [{"value": "bulkId:m"}, {"value": "bulkId:j"}]});
    let operations = json!([
        {"method": "POST", "path": "/Groups", "bulkId": "g", "data": group},
        {"method": "POST", "path": "/Users", "bulkId": "m", "data": user("Maya")},
        {"method": "post", "path": "/Users", "bulkId": "j", "data": user("Jonas")},
        {"method": "PATCH", "path": "/Users/bulkId:m", "data": super::patch(json!([{"op": "replace", "path": "title", "value": "Head"}]))},
    ]);
    let answer = directory.expect(200, "POST", "/Bulk", Some(&bulk(&operations, &[]))).await;
    assert_eq!(statuses(&answer), ["201", "201", "201", "200"], "{answer}");
    assert_eq!(answer["Operations"][0]["bulkId"], "g");
    let groups = directory.get("/Groups").await;
    assert_eq!(groups["Resources"][0]["members"].as_array().map(Vec::len), Some(2), "{groups}");
    let maya = directory.get("/Users?filter=title%20eq%20%22Head%22").await;
    assert_eq!(maya["totalResults"], 1);
    let location = answer["Operations"][1]["location"].as_str().expect("a location");
    assert!(location.ends_with(id(&maya["Resources"][0])));
}

#[tokio::test]
async fn after_so_many_mistakes_nothing_more_is_done() {
    let directory = Directory::connected().await;
    let bad = json!({"schemas": [USER]});
    let operation =
        |id: &str, data: Value| json!({"method": "POST", "path": "/Users", "bulkId": id, "data": data});
    let operations = json!([
        operation("1", user("Maya")),
        operation("2", bad.clone()),
        operation("3", user("Jonas")),
        operation("4", bad),
        operation("5", user("Ada")),
    ]);
    let answer =
        directory.expect(200, "POST", "/Bulk", Some(&bulk(&operations, &[("failOnErrors", json!(2))]))).await;
    assert_eq!(statuses(&answer), ["201", "400", "201", "400"]);
    assert_eq!(answer["Operations"][1]["response"]["scimType"], "invalidValue");
    assert_eq!(directory.get("/Users").await["totalResults"], 2);
}

#[tokio::test]
async fn what_cannot_be_is_told_for_each_or_for_all() {
    let directory = Directory::connected().await;
    let circular = |own: &str, other: &str| {
        let data = json!({"schemas": [GROUP], "displayName": own, "members": [{"value": format!("bulkId:{other}")}]});
        json!({"method": "POST", "path": "/Groups", "bulkId": own, "data": data})
    };
    let operations = json!([
        circular("a", "b"), circular("b", "a"),
        {"method": "POST", "path": "/Users", "data": user("Maya")},
        {"method": "DELETE", "path": "/Users/bulkId:nobody"},
        {"method": "GET", "path": "/Users"},
        {"method": "POST", "path": "/Nothing", "bulkId": "x", "data": {}},
        {"method": "DELETE", "path": "/Users/a/b"},
    ]);
    let answer = directory.expect(200, "POST", "/Bulk", Some(&bulk(&operations, &[]))).await;
    assert_eq!(statuses(&answer), ["409", "409", "400", "404", "400", "400", "400"], "{answer}");
    assert_eq!(directory.get("/Groups").await["totalResults"], 0);
}

#[tokio::test]
async fn too_much_at_once_is_refused_whole() {
    let directory = Directory::connected().await;
    let many: Vec<Value> =
        (0..1001).map(|n| json!({"method": "DELETE", "path": format!("/Users/{n}")})).collect();
    let said = directory.expect(413, "POST", "/Bulk", Some(&bulk(&json!(many), &[]))).await;
    assert_eq!(said["scimType"], "tooMany");
    for (body, kind) in [
        (json!({"Operations": []}), "invalidSyntax"),
        (json!({"schemas": [BULK]}), "invalidSyntax"),
        (json!({"schemas": [BULK], "Operations": [7]}), "invalidSyntax"),
        (json!({"schemas": [BULK], "Operations": [{"method": "POST"}]}), "invalidSyntax"),
        (json!({"schemas": [BULK], "Operations": [], "failOnErrors": "two"}), "invalidValue"),
    ] {
        let said = directory.expect(400, "POST", "/Bulk", Some(&body)).await;
        assert_eq!(said["scimType"], kind, "{body}");
    }
}
