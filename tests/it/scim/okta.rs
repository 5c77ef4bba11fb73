//! As Okta provisions: looks for the user, creates, updates by PUT, deactivates by PATCH, pushes groups.

use serde_json::{Value, json};

use super::{Directory, USER, at, id, user};

#[tokio::test]
async fn a_user_comes_changes_goes_and_comes_back() {
    let directory = Directory::connected().await;
    let looked_for = "/Users?filter=userName%20eq%20%22maya%40northwind.example%22&startIndex=1&count=100";
    assert_eq!(directory.get(looked_for).await["totalResults"], 0);

    let created = directory.person("Maya").await;
    assert_eq!(created["userName"], "maya@northwind.example");
    assert_eq!(created["active"], true);
    assert_eq!(created["meta"]["resourceType"], "User");
    let location = created["meta"]["location"].as_str().expect("a location").to_owned();
    assert!(location.ends_with(&format!("/scim/v2{}", at(&created))), "{location}");
    let found = directory.get(looked_for).await;
    assert_eq!((&found["totalResults"], id(&found["Resources"][0])), (&json!(1), id(&created)));

    let twice = directory.send("POST", "/Users", Some(&user("Maya"))).await;
    assert_eq!(twice.status, 409, "{}", twice.text());
    assert_eq!(twice.json()["scimType"], "uniqueness");

    let mut told = created.clone();
    told["name"]["familyName"] = json!("Chen-Weber");
    told["displayName"] = json!("Maya Chen-Weber");
    told["title"] = json!("Head of Ledgers");
    let replaced = directory.expect(200, "PUT", &at(&created), Some(&told)).await;
    assert_eq!(replaced["title"], "Head of Ledgers");
    assert_eq!(directory.world.get(&format!("members/{}", id(&created))).await["name"], "Maya Chen-Weber");

    let off = json!([{"op": "replace", "value": {"active": false}}]);
    assert_eq!(directory.patch(&at(&created), off).await["active"], false);
    let member = directory.world.get(&format!("members/{}", id(&created))).await;
    assert_eq!(member["state"], "suspended");
    let on = json!([{"op": "replace", "value": {"active": true}}]);
    assert_eq!(directory.patch(&at(&created), on).await["id"], created["id"], "the same person");
    assert_eq!(directory.world.get(&format!("members/{}", id(&created))).await["state"], "active");
}

/// Okta sends a password where it is told to synchronize one, and attributes that nobody has.
#[tokio::test]
async fn what_is_not_known_is_ignored_and_a_password_is_kept_nowhere() {
    let directory = Directory::connected().await;
    let mut told = user("Maya");
    told["password"] = json!("correct horse battery");
    told["favouriteColour"] = json!("blue");
    told["urn:okta:northwind:1.0:user:custom"] = json!({"shoeSize": 41});
    let created = directory.expect(201, "POST", "/Users", Some(&told)).await;
    for unknown in ["password", "favouriteColour", "urn:okta:northwind:1.0:user:custom"] {
        assert_eq!(created[unknown], Value::Null);
    }
    let changes = json!(directory.world.changes("").await).to_string();
    assert!(!changes.contains("battery"), "not in the evidence either");
}

#[tokio::test]
async fn a_replacement_that_does_not_say_whether_does_not_bring_back() {
    let directory = Directory::connected().await;
    let created = directory.person("Maya").await;
    directory.patch(&at(&created), json!([{"op": "replace", "path": "active", "value": false}])).await;
    let told = json!({"schemas": [USER], "userName": "maya@northwind.example"});
    let replaced = directory.expect(200, "PUT", &at(&created), Some(&told)).await;
    assert_eq!(replaced["active"], false);
    assert_eq!(replaced["emails"], Value::Null, "what is not sent is no longer there");
}

#[tokio::test]
async fn groups_are_pushed() {
    let directory = Directory::connected().await;
    let (maya, jonas) = (directory.person("Maya").await, directory.person("Jonas").await);
    let group = directory.group("Engineers", &[id(&maya)]).await;
    let add = json!([{"op": "add", "path": "members", "value": [{"value": id(&jonas), "display": "jonas"}]}]);
    let both = directory.patch(&at(&group), add).await;
    assert_eq!(both["members"].as_array().map(Vec::len), Some(2), "{both}");
    let remove = json!([{"op": "remove", "path": format!("members[value eq \"{}\"]", id(&maya))}]);
    let one = directory.patch(&at(&group), remove).await;
    assert_eq!(one["members"][0]["value"], jonas["id"]);
    let renamed = json!([{"op": "replace", "value": {"id": id(&group), "displayName": "Builders"}}]);
    assert_eq!(directory.patch(&at(&group), renamed).await["displayName"], "Builders");
    let shown = directory.get(&at(&jonas)).await;
    assert_eq!(shown["groups"][0]["display"], "Builders");
    directory.expect(204, "DELETE", &at(&group), None).await;
    assert_eq!(directory.get(&at(&jonas)).await["groups"], Value::Null);
}
