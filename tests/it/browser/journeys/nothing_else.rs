//! A member who administers nothing does nothing that is not theirs: no page offers it, no address opens it, and no form
//! brings it about.

use serde_json::json;
use testkit::browser::{Seat, Tab};

use super::offered::{Offered, history, is_told_nothing, is_told_who_may};
use super::others::Others;
use super::seats;
use crate::browser::beside_others;
use crate::browser::sitting::signed_in;
use crate::pages::{Clerk, hidden};
use crate::world::{Scene, World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_who_administers_nothing_is_offered_nothing_else_and_gets_nothing_else() {
    let _others = beside_others().await;
    for seat in seats() {
        let world = World::shared().await.neighbour().await;
        let scene = Scene::set(&world).await;
        let others = Others::of(&scene).await;
        journey(&scene, &others, seat).await;
    }
}

async fn journey(scene: &Scene<'_>, others: &Others, seat: Seat) {
    let (world, member) = (scene.world, &scene.acting.owner);
    let tab = signed_in(world, member, seat).await;
    let before = history(world).await;
    offers(scene, others, &tab).await;
    for path in known(scene, others) {
        is_told_who_may(&tab, &format!("/o/{}/{path}", world.organization)).await;
    }
    let secrets = [&*others.acting.agent_name, &*others.acting.key.id];
    for path in unknown(others) {
        is_told_nothing(&tab, &format!("/o/{}/{path}", world.organization), &secrets).await;
    }
    // The same without any page: forms with their own session and its token.
    let clerk = Clerk::of(world, member).await;
    let own = format!("keys/new?agent={}", scene.acting.agent);
    let slip = hidden(&clerk.page(&own).await, "slip").expect("a slip");
    for form in others.open(scene, member, &slip) {
        form.is_refused(world, &clerk, member).await;
    }
    for form in others.hidden(scene, member, &slip) {
        form.finds_nothing(&clerk, &secrets).await;
    }
    assert_eq!(history(world).await, before, "nothing has changed");
    for key in [&scene.acting.key, &others.acting.key] {
        assert_eq!(scene.check_as(&key.token, "search_notes", &json!({})).await["decision"], true);
    }
}

/// Looks at everything that they see.
async fn offers(scene: &Scene<'_>, others: &Others, tab: &Tab) {
    let mut offered = Offered::new(scene.world, tab);
    let (agent, place) = (&scene.acting.agent, format!("/workspaces/{}", scene.workspace_slug));
    for page in ["", "/access", "/keys", "/decisions", "/activity"] {
        offered.look(&format!("/agents/{agent}{page}")).await.says(&scene.acting.agent_name);
    }
    for page in ["", "/people", "/agents", "/workspaces", "/robots", "/tools", "/roles", "/keys"] {
        offered.look(page).await.hides(&others.acting.agent_name);
    }
    for page in ["/explore", "/explore/what", "/audit", "/invitations", "/chart", "/settings"] {
        offered.look(page).await;
    }
    let person = offered.look(&format!("/people/{}", others.acting.owner)).await;
    person.says("Only they, administrators and auditors see").hides(&others.acting.agent_name);
    for page in ["", "/agents", "/servers", "/rules"] {
        offered.look(&format!("{place}{page}")).await;
    }
    let server = format!("/servers/{}", scene.server);
    for page in ["", "/grants", "/review", &format!("/tools/{}", others.tool)] {
        offered.look(&format!("{server}{page}")).await;
    }
    offered.look(&format!("/robots/{}", others.robot)).await;
    offered.look(&format!("/roles/{}", scene.role)).await;
    offered.is_theirs().await;
}

/// What they may know of and not do.
fn known(scene: &Scene<'_>, others: &Others) -> Vec<String> {
    let person = format!("people/{}", others.acting.owner);
    let robot = format!("robots/{}", others.robot);
    let server = format!("servers/{}", scene.server);
    let role = format!("roles/{}", scene.role);
    let place = format!("workspaces/{}", scene.workspace_slug);
    let new = ["people/new", "people/invite", "robots/new", "servers/new", "roles/new", "workspaces/new"];
    let on = |thing: &str, acts: &[&str]| -> Vec<String> {
        acts.iter().map(|act| format!("{thing}/{act}")).collect()
    };
    [
        new.map(ToOwned::to_owned).to_vec(),
        vec!["keys/rotate".to_owned(), "people/invitations".to_owned()],
        on(&person, &["suspend", "remove", "remove/check?agents=nobody", "hand-over", "sessions/end"]),
        on(&robot, &["edit", "pause", "delete"]),
        on(&server, &["edit", "remove", "import", "tools/new"]),
        on(&role, &["edit", "remove", "grants/new"]),
        on(&place, &["add", &format!("members/{}/remove", others.acting.owner)]),
        on(&place, &[&format!("servers/{}/detach", scene.server_id)]),
        on(&format!("agents/{}", scene.acting.agent), &[&format!("narrow/{}", scene.workspace_slug)]),
    ]
    .concat()
}

/// What they may not even know of.
fn unknown(others: &Others) -> Vec<String> {
    let agent = format!("agents/{}", others.acting.agent);
    let key = format!("keys/{}", others.acting.key.id);
    let gateway = format!("gateways/{}", others.gateway);
    let acts = ["", "/keys", "/edit", "/scope", "/invite", "/pause", "/hand-over", "/rotate", "/revoke"];
    let agents = acts.iter().map(|act| format!("{agent}{act}"));
    let keys = ["", "/limits", "/rotate", "/revoke"].iter().map(|act| format!("{key}{act}"));
    let gateways = ["", "/edit", "/pause", "/revoke"].iter().map(|act| format!("{gateway}{act}"));
    let settings = ["general", "danger", "danger/stop", "danger/delete", "danger/copy", "danger/transfer"];
    let settings = settings.iter().map(|page| format!("settings/{page}"));
    let lists = ["gateways", "gateways/new"].map(ToOwned::to_owned).into_iter();
    let new_key = std::iter::once(format!("keys/new?agent={}", others.acting.agent));
    agents.chain(keys).chain(gateways).chain(settings).chain(lists).chain(new_key).collect()
}
