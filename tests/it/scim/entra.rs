//! As Entra provisions: texts for true and false, verbs in capitals, whole paths as names, members without brackets.

use serde_json::json;

use super::{Directory, ENTERPRISE, USER, at, id};

#[tokio::test]
async fn a_user_is_created_with_the_enterprise_extension_and_changed_by_paths() {
    let directory = Directory::connected().await;
    let manager = directory.person("Ada").await;
    let told = json!({
        "schemas": [USER, ENTERPRISE],
        "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
        "userName": "Test_User_ab6490ee@northwind.example",
        "active": true,
        "displayName": "lennay",
        "emails": [{"primary": true, "type": "work", "value": "Test_User_fd0ea19b@northwind.example"}],
        "meta": {"resourceType": "User"},
        "name": {"formatted": "givenName familyName", "familyName": "familyName", "givenName": "givenName"},
        "roles": [],
        ENTERPRISE: {"department": "Ledger", "manager": {"value": id(&manager)}},
    });
    let created = directory.expect(201, "POST", "/Users", Some(&told)).await;
    assert_eq!(created["schemas"], json!([USER, ENTERPRISE]));
    assert_eq!(created[ENTERPRISE]["manager"]["value"], manager["id"]);

    let by = "/Users?filter=externalId%20eq%20%220a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef%22";
    assert_eq!(id(&directory.get(by).await["Resources"][0]), id(&created));

    let changed = directory
        .patch(
            &at(&created),
            json!([
                {"op": "Replace", "path": "emails[type eq \"work\"].value", "value": "new@northwind.example"},
                {"op": "Replace", "path": "name.familyName", "value": "Chen"},
                {"op": "Add", "path": format!("{ENTERPRISE}:costCenter"), "value": "7"},
                {"op": "Replace", "path": format!("{ENTERPRISE}:manager"), "value": id(&created)},
                {"op": "Add", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "+49 30 1"},
            ]),
        )
        .await;
    assert_eq!(changed["emails"][0]["value"], "new@northwind.example");
    assert_eq!(changed["name"]["familyName"], "Chen");
    assert_eq!(changed["phoneNumbers"], json!([{"type": "mobile", "value": "+49 30 1"}]));
    let extension = json!({"department": "Ledger", "costCenter": "7", "manager": {"value": id(&created)}});
    assert_eq!(changed[ENTERPRISE], extension);
    let without_path = json!([{"op": "Add", "value": {"name.givenName": "Len", format!("{ENTERPRISE}:department"): "Audit"}}]);
    let changed = directory.patch(&at(&created), without_path).await;
    assert_eq!(
        (&changed["name"]["givenName"], &changed[ENTERPRISE]["department"]),
        (&json!("Len"), &json!("Audit"))
    );
    let member = directory.world.get(&format!("members/{}", id(&created))).await;
    assert_eq!((&member["name"], &member["email"]), (&json!("lennay"), &json!("new@northwind.example")));
}

/// Unassigned: `active` becomes "False"; assigned again: the same id; deleted for good 30 days later.
#[tokio::test]
async fn a_user_is_unassigned_assigned_again_and_deleted() {
    let directory = Directory::connected().await;
    let created = directory.person("Maya").await;
    let member = format!("members/{}", id(&created));
    for (value, state) in [("False", "suspended"), ("True", "active"), ("false", "suspended")] {
        let operations = json!([{"op": "Replace", "path": "active", "value": value}]);
        directory.patch(&at(&created), operations).await;
        assert_eq!(directory.world.get(&member).await["state"], state);
    }
    directory.expect(204, "DELETE", &at(&created), None).await;
    directory.expect(404, "GET", &at(&created), None).await;
    assert_eq!(directory.world.manage("GET", &member, None).await.status, 404);
    let again = directory.person("Maya").await;
    assert_ne!(again["id"], created["id"], "who was deleted does not come back by the same name");
}

#[tokio::test]
async fn a_group_is_looked_for_without_its_members_and_changed_in_both_shapes() {
    let directory = Directory::connected().await;
    let (maya, jonas) = (directory.person("Maya").await, directory.person("Jonas").await);
    let told = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group", "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
        "externalId": "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159",
        "displayName": "Platform",
        "meta": {"resourceType": "Group"},
    });
    let group = directory.expect(201, "POST", "/Groups", Some(&told)).await;
    let add =
        json!([{"op": "Add", "path": "members", "value": [{"value": id(&maya)}, {"value": id(&jonas)}]}]);
    directory.patch(&at(&group), add).await;
    let by = "/Groups?excludedAttributes=members&filter=displayName%20eq%20%22Platform%22";
    let found = directory.get(by).await;
    assert_eq!(found["totalResults"], 1);
    assert!(found["Resources"][0].get("members").is_none());
    let remove = json!([{"op": "Remove", "path": "members", "value": [{"value": id(&maya)}]}]);
    let one = directory.patch(&at(&group), remove).await;
    assert_eq!(one["members"].as_array().map(Vec::len), Some(1));
    let whole = directory.get(&format!("{}?excludedAttributes=members", at(&group))).await;
    assert!(whole.get("members").is_none());
    let is_in =
        format!("/Groups?filter=id%20eq%20%22{}%22%20and%20members%20eq%20%22{}%22", id(&group), id(&jonas));
    assert_eq!(directory.get(&is_in).await["totalResults"], 1);
}
