//! The list of agents: each filter and each order is an address, they combine, and pages follow each other.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use testkit::process::eventually;

use super::clerk::Clerk;
use crate::world::{Scene, World, text, unique};

/// The names on a page of the list, in order.
fn names(page: &str) -> Vec<String> {
    let rows = page.split("<th scope=\"row\">").skip(1);
    let name = |row: &str| {
        row.split("class=\"name\"").nth(1)?.split('>').nth(1)?.split('<').next().map(ToOwned::to_owned)
    };
    rows.filter_map(name).collect()
}

/// The address that the button to the next page leads to, below the organization's.
fn next(page: &str) -> Option<String> {
    let (before, _) = page.split_once("\">Next 50")?;
    let (_, address) = before.rsplit_once("href=\"")?;
    let (_, rest) = address.split_once("/agents")?;
    Some(format!("agents{}", rest.replace("&#38;", "&").replace("&amp;", "&")))
}

#[tokio::test]
async fn filters_leave_what_they_say_and_combine() {
    let world = World::shared().await.neighbour().await;
    let scene = Scene::set(&world).await;
    let admin = Clerk::admin(&world).await;
    let (called, owner) = (&scene.acting.agent_name, &scene.acting.owner);
    let stranger = world.person(&unique("Stranger")).await;
    let keyless = unique("Keyless");
    world.agent(&keyless, owner, &json!([])).await;
    let ending = unique("Ending");
    let agent = world.agent(&ending, &stranger, &json!([])).await;
    let now: DateTime<Utc> =
        text(&world.get(&format!("agents/{agent}")).await, "created_at").parse().expect("a time");
    let soon = json!({"expires_at": now + TimeDelta::days(10)});
    world.limited_key("agent", &agent, &soon).await;
    let held = unique("Held");
    let agent = world.agent(&held, owner, &json!([])).await;
    world.post(&format!("agents/{agent}/pause"), &json!({"reason": "for a test"})).await;

    assert_eq!(scene.check("search_notes", &json!({})).await["decision"], true);
    let used = async || {
        let seen = names(&admin.page("agents?used=never").await);
        (!seen.contains(called)).then_some(())
    };
    eventually("its first call is noted", Duration::from_secs(30), used).await;

    let place = &scene.workspace;
    for (query, left) in [
        ("used=never".to_owned(), vec![&held, &ending, &keyless]),
        ("credential=none".to_owned(), vec![&held, &keyless]),
        ("credential=key".to_owned(), vec![&ending, called]),
        ("credential=soon".to_owned(), vec![&ending]),
        ("state=paused".to_owned(), vec![&held]),
        (format!("owner={stranger}"), vec![&ending]),
        (format!("workspace={place}"), vec![&held, &keyless, called]),
        (format!("workspace={place}&credential=none&state=live&used=never"), vec![&keyless]),
        (format!("q={}&owner={owner}", &keyless[..5]), vec![&keyless]),
        // Whose key is new may not have come to its place yet; who has none is quiet.
        ("used=quiet".to_owned(), vec![&keyless]),
        ("quiet=1".to_owned(), vec![&keyless]),
        ("sort=seen&state=live".to_owned(), vec![called, &ending, &keyless]),
        ("sort=state".to_owned(), vec![&held, &ending, &keyless, called]),
    ] {
        let page = admin.page(&format!("agents?{query}")).await;
        let found = names(&page);
        assert_eq!(found, left.into_iter().cloned().collect::<Vec<_>>(), "{query}: {page}");
    }
    let kept = admin.page("agents?used=never&sort=-name&credential=none").await;
    assert!(kept.contains("name=\"sort\" value=\"-name\""), "the form keeps the order: {kept}");
    assert!(kept.contains("<option value=\"never\" selected>"), "and shows what is asked: {kept}");
    assert!(kept.contains("aria-sort=\"descending\""), "{kept}");
}

#[tokio::test]
async fn pages_follow_each_other_in_every_order() {
    let world = World::shared().await.neighbour().await;
    let admin = Clerk::admin(&world).await;
    for at in 0..60 {
        // Equal names among them, and some that differ by case alone.
        let name = format!("{} helper {}", if at % 2 == 0 { "Late" } else { "late" }, at / 4);
        world.post("agents", &json!({"name": name})).await;
    }
    for sort in ["", "name", "-name", "state", "seen", "-seen"] {
        let mut page = admin.page(&format!("agents?q=helper&sort={sort}")).await;
        let mut all = names(&page);
        assert_eq!(all.len(), 50, "{sort}");
        let address = next(&page).unwrap_or_else(|| panic!("{sort}: no next page: {page}"));
        assert!(address.contains("q=helper"), "the filter is kept: {address}");
        page = admin.page(&address).await;
        assert_eq!(next(&page), None, "{sort}");
        all.extend(names(&page));
        assert_eq!(all.len(), 60, "{sort}");
        let lower: Vec<String> = all.iter().map(|name| name.to_lowercase()).collect();
        match sort {
            "name" => assert!(lower.is_sorted(), "{all:?}"),
            "-name" => assert!(lower.iter().rev().is_sorted(), "{all:?}"),
            _ => {}
        }
        all.sort();
        let mut wanted: Vec<String> = (0..60)
            .map(|at| format!("{} helper {}", if at % 2 == 0 { "Late" } else { "late" }, at / 4))
            .collect();
        wanted.sort();
        assert_eq!(all, wanted, "{sort}: everybody, and nobody twice");
    }
}
