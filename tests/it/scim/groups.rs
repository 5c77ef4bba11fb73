//! What groups give is decided in the organization, and holds for everybody in them at once.

use serde_json::json;

use super::{Directory, at, id};
use crate::world::{Scene, reason};

#[tokio::test]
async fn a_mapped_group_lets_in_whom_the_directory_puts_into_it() {
    let directory = Directory::connected().await;
    let scene = Scene::set(&directory.world).await;
    let maya = directory.person("Maya").await;
    let scope = json!([{"server": scene.server_id, "tools": "search_notes"}]);
    let agent = directory.world.agent("Helper", id(&maya), &scope).await;
    let key = directory.world.key("agent", &agent).await;
    let ask = async || {
        let answer = scene.check_as(&key.token, "search_notes", &json!({"query": "x"})).await;
        reason(&answer).to_owned()
    };
    let group = directory.group("Engineers", &[]).await;
    let gives = json!({"workspace": scene.workspace_slug, "role": scene.role});
    let mapping = directory.world.post(&format!("groups/{}/mappings", id(&group)), &gives).await;
    assert_eq!(ask().await, "not_granted");

    let join = json!([{"op": "add", "path": "members", "value": [{"value": id(&maya)}]}]);
    directory.patch(&at(&group), join).await;
    assert_eq!(ask().await, "allow");
    let leave = json!([{"op": "remove", "path": "members"}]);
    directory.patch(&at(&group), leave).await;
    assert_eq!(ask().await, "not_granted", "the very next call");

    let shown = directory.world.get(&format!("groups/{}", id(&group))).await;
    assert_eq!(shown["gives"][0]["role"]["id"], json!(scene.role));
    let path = format!("groups/{}/mappings/{}", id(&group), mapping["id"].as_str().expect("an id"));
    assert_eq!(directory.world.delete(&path).await["receipt"]["complete"], true);
    assert_eq!(directory.world.manage("DELETE", &path, None).await.status, 404);
}

#[tokio::test]
async fn a_mapping_says_what_it_gives_or_what_is_wrong_with_it() {
    let directory = Directory::connected().await;
    let group = directory.group("Engineers", &[]).await;
    let path = format!("groups/{}/mappings", id(&group));
    let made = directory.world.post(&path, &json!({"organization_role": "auditor"})).await;
    assert_eq!(made["organization_role"], "auditor");
    for (body, status) in [
        (json!({"organization_role": "auditor"}), 409),
        (json!({"organization_role": "owner"}), 400),
        (json!({"organization_role": "king"}), 400),
        (json!({"workspace": "nowhere", "role": "00000000-0000-7000-8000-000000000000"}), 400),
        (json!({"workspace": "nowhere"}), 400),
        (json!({}), 400),
    ] {
        let answer = directory.world.manage("POST", &path, Some(&body)).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.text());
    }
}
