//! What the organization sees of its directory's connection.

use serde_json::json;

use super::Directory;

#[tokio::test]
async fn the_last_sync_and_what_was_refused_are_shown_without_secrets() {
    let directory = Directory::connected().await;
    let before = directory.world.get("directory").await;
    assert_eq!((&before["last_sync"], &before["failures"]), (&json!(null), &json!([])));
    assert!(before["base_url"].as_str().is_some_and(|url| url.ends_with("/scim/v2")), "{before}");
    assert_eq!(before["keys"][0]["holder"]["kind"], "directory");

    directory.person("Maya").await;
    let bad =
        json!({"schemas": ["urn:unknown"], "userName": "x", "password": "hunter2", "note": directory.token});
    directory.expect(400, "POST", "/Users", Some(&bad)).await;
    directory.expect(404, "GET", "/Users/nobody", None).await;
    let after = directory.world.get("directory").await;
    assert_eq!((&after["n_users"], &after["n_groups"]), (&json!(1), &json!(0)));
    assert!(after["last_sync"].is_string(), "{after}");
    let failures = after["failures"].as_array().expect("failures");
    assert_eq!(failures.len(), 1, "looking for somebody who is not there is no failure: {after}");
    let failure = &failures[0];
    assert_eq!((&failure["method"], &failure["path"]), (&json!("POST"), &json!("/scim/v2/Users")));
    assert_eq!((&failure["status"], &failure["scim_type"]), (&json!(400), &json!("invalidSyntax")));
    let request = failure["request"].as_str().expect("the request");
    assert!(request.contains("urn:unknown"), "{request}");
    assert!(!request.contains("hunter2") && !request.contains(&directory.token), "{request}");
}
