//! The page of the directory, without a script: the address, the keys, what groups give, what was refused.

use serde_json::json;

use super::{Directory, GROUP, id};
use crate::pages::Clerk;

const PAGE: &str = "settings/directory";

#[tokio::test]
async fn a_group_is_let_give_something_and_no_longer() {
    let directory = Directory::connected().await;
    let maya = directory.person("Maya").await;
    let group = directory.group("Engineers", &[id(&maya)]).await;
    directory.expect(400, "POST", "/Groups", Some(&json!({"schemas": [GROUP], "note": "hush"}))).await;
    let owner = Clerk::admin(&directory.world).await;
    let page = owner.page(PAGE).await;
    for what in ["/scim/v2", "Okta", "Engineers", "nothing", "displayName", "POST /scim/v2/Groups"] {
        assert!(page.contains(what), "`{what}` is not on the page:\n{page}");
    }
    assert!(!page.contains(&directory.token), "a key is shown once, when it is made");

    let give = format!("{PAGE}/groups/{}/give", id(&group));
    owner.page(&give).await;
    assert_eq!(owner.post(&give, &[("gives", "")]).await.status, 422);
    let given = owner.post(&give, &[("gives", "Auditor")]).await;
    let page = owner.follow(&given).await;
    assert!(page.contains("Auditor of the organization"), "{page}");
    let role = async || directory.world.get(&format!("members/{}", id(&maya))).await["role"].clone();
    assert_eq!(role().await, "auditor");

    let start = format!("/o/{}/", directory.world.organization);
    let action = page.split("action=\"").filter_map(|rest| rest.split('"').next());
    let remove = action.filter_map(|to| to.strip_prefix(&start)).find(|to| to.contains("/mappings/"));
    let remove = remove.expect("a form to take it back").to_owned();
    let removed = owner.post(&remove, &[]).await;
    assert!(owner.follow(&removed).await.contains("no longer has it"));
    assert_eq!(role().await, "member");
}

#[tokio::test]
async fn whoever_may_not_see_the_directory_finds_no_page() {
    let directory = Directory::connected().await;
    let maya = directory.person("Maya").await;
    let member = Clerk::of(&directory.world, id(&maya)).await;
    assert_eq!(member.get(PAGE).await.status, 404);
}
