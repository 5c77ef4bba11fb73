//! Another organization's people and groups, by their ids: as if they did not exist.

use serde_json::{Value, json};

use super::{Directory, GROUP, at, id, patch};

#[tokio::test]
async fn nothing_of_another_organization_is_there() {
    let (mine, theirs) = (Directory::connected().await, Directory::connected().await);
    let person = theirs.person("Maya").await;
    let group = theirs.group("Engineers", &[id(&person)]).await;
    let own = mine.group("Mine", &[]).await;
    let nobody = "00000000-0000-7000-8000-000000000000";
    let before = (theirs.get("/Users").await, theirs.get("/Groups").await, theirs.world.changes("").await);

    let off = patch(json!([{"op": "replace", "path": "active", "value": false}]));
    let out = patch(json!([{"op": "remove", "path": "members"}]));
    for (resource, kind, body) in [(&person, "Users", &off), (&group, "Groups", &out)] {
        for (method, body) in
            [("GET", None), ("PUT", Some(resource)), ("PATCH", Some(body)), ("DELETE", None)]
        {
            let there = mine.send(method, &at(resource), body).await;
            let nowhere = mine.send(method, &format!("/{kind}/{nobody}"), body).await;
            assert_eq!(there.status, 404, "{method} {}", there.text());
            assert_eq!(there.body, nowhere.body, "{method}");
        }
        for (path, count) in [("/Users", 0), ("/Groups", 1)] {
            let filter = format!("{path}?filter=id%20eq%20%22{}%22", id(resource));
            assert_eq!(mine.get(&filter).await["totalResults"], 0);
            assert_eq!(mine.get(path).await["totalResults"], count);
        }
    }
    let join = |id: &str| patch(json!([{"op": "add", "path": "members", "value": [{"value": id}]}]));
    let refused: Value = mine.expect(400, "PATCH", &at(&own), Some(&join(id(&person)))).await;
    let unknown: Value = mine.expect(400, "PATCH", &at(&own), Some(&join(nobody))).await;
    let without = |said: &Value, id: &str| said.to_string().replace(id, "ID");
    assert_eq!(without(&refused, id(&person)), without(&unknown, nobody));
    // The same names do no harm: uniqueness ends at the organization.
    mine.person("Maya").await;
    let body = json!({"schemas": [GROUP], "displayName": "Engineers", "externalId": group["externalId"]});
    mine.expect(201, "POST", "/Groups", Some(&body)).await;
    let after = (theirs.get("/Users").await, theirs.get("/Groups").await, theirs.world.changes("").await);
    assert_eq!(after, before);
}
