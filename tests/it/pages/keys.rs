//! Keys at a browser without a script: rotation with both keys side by side, limits, the receipt.

use serde_json::json;

use super::signed_in::{admin, member};
use crate::world::{Ask, Scene, World};

#[tokio::test]
async fn a_key_is_rotated_under_traffic_without_a_failed_call() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let mut owner = member(world, &scene.acting.owner).await;
    let (org, old) = (&world.organization, &scene.acting.key);
    let ask = async |credential: &str| {
        world.check(Ask { credential, server: &scene.server, tool: "search_notes", arguments: None }).await["decision"]
            == true
    };
    assert!(ask(&old.token).await);
    let form =
        owner.open(&format!("/o/{org}/keys/{}/rotate", old.id)).await.says("When does the old key end?");
    let shown = owner.send(&form, "/o/", &[("grace", "3600")]).await.says("Save this key now");
    let shown = shown.says("The old key still counts and ends in an hour.");
    let new = shown.between("<output id=\"secret-1\" aria-labelledby=\"k-1\">", "</output>");
    assert!(ask(&old.token).await && ask(&new).await);

    let both = owner.send(&shown, "/o/", &[]).await.says("Both keys count until the old one ends");
    let longer = owner.send(&both, &format!("/o/{org}/keys/{}/extend", old.id), &[("by", "86400")]).await;
    longer.says("Extended.");
    let ended = owner.send(&both, &format!("/o/{org}/keys/{}/end", old.id), &[]).await.says("Ended.");
    ended.hides("Both keys count until the old one ends");
    assert!(!ask(&old.token).await && ask(&new).await);
    // Once more: harmless.
    owner.send(&both, &format!("/o/{org}/keys/{}/end", old.id), &[]).await.says("It has ended already.");
}

#[tokio::test]
async fn revoking_a_key_shows_the_receipt() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let mut owner = member(world, &scene.acting.owner).await;
    let (org, key) = (&world.organization, &scene.acting.key);
    let form = owner.open(&format!("/o/{org}/keys/{}/revoke", key.id)).await.says("never counts again");
    let receipt = owner.send(&form, "/o/", &[("reason", "It was in a log.")]).await;
    receipt.says("is refused everywhere").says("After this receipt no node answers from the state before.");
    assert_eq!(scene.check("search_notes", &json!({})).await["reason"], "credential_revoked");
    owner.send(&form, "/o/", &[]).await.says("It was revoked already.").says("It was in a log.");
}

#[tokio::test]
async fn limits_are_read_field_by_field_and_hold() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let mut owner = member(world, &scene.acting.owner).await;
    let (org, key) = (&world.organization, &scene.acting.key);
    let form = owner.open(&format!("/o/{org}/keys/{}/limits", key.id)).await;
    let again = owner
        .send(&form, "/o/", &[("addresses", "10.0.0.0/8\nnowhere"), ("max_uses", "0")])
        .await
        .answers(422);
    let again = again.says("nowhere is no address range").says("1 or more").says("10.0.0.0/8");
    owner
        .send(&again, "/o/", &[("addresses", "192.0.2.0/24"), ("max_uses", "")])
        .await
        .says("only from 192.0.2.0/24");
    assert_eq!(scene.check("search_notes", &json!({})).await["reason"], "address_not_allowed");
}

#[tokio::test]
async fn administrators_rotate_many_with_a_reason() {
    let own = crate::world::Own::start().await;
    let scene = Scene::set(&own.world).await;
    let mut admin = admin(&own.world).await;
    let org = &own.world.organization;
    let form = admin.open(&format!("/o/{org}/keys/rotate")).await.answers(200);
    let filter = [("kind", "agent"), ("owner", scene.acting.owner.as_str()), ("grace", "3600")];
    admin.send(&form, "/o/", &filter).await.answers(422).says("A reason is needed");
    let mut filled = filter.to_vec();
    filled.push(("reason", "A laptop was lost."));
    let shown =
        admin.send(&form, "/o/", &filled).await.says("Save this key now").says(&scene.acting.agent_name);
    admin.open(&shown.path).await.says("This key cannot be shown again");
    assert_eq!(scene.check("search_notes", &json!({})).await["decision"], true);
}

#[tokio::test]
async fn management_keys_are_ones_own() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let mut owner = member(world, &scene.acting.owner).await;
    let org = &world.organization;
    owner.open(&format!("/o/{org}/settings/api-keys")).await.says("You have none.");
    let form = owner.open(&format!("/o/{org}/keys/new")).await.says("It acts for you");
    let shown = owner.send(&form, "/o/", &[("name", "Script")]).await.says("ans_pk_");
    let token = shown.between("<output id=\"secret-1\" aria-labelledby=\"k-1\">", "</output>");
    let answer = testkit::http::Request::get(&world.path("agents")).bearer(&token).send(world.address).await;
    assert_eq!(answer.json()["items"].as_array().map(Vec::len), Some(1));
    owner.open(&format!("/o/{org}/settings/api-keys")).await.says("Script");
}
