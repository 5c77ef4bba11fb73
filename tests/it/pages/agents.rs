//! Agents, their scope and their invitations, at a browser without a script.

use serde_json::json;

use super::signed_in::{admin, auditor, guest, member};
use super::visitor::{Page, Visitor};
use crate::world::{Ask, Scene, World, unique};

/// Creates an agent on the short pages; gives back the page that shows its key.
async fn created(visitor: &mut Visitor, scene: &Scene<'_>, name: &str, tools: &[&str]) -> Page {
    let org = &scene.world.organization;
    let page = visitor.open(&format!("/o/{org}/agents/new")).await.answers(200);
    let page = visitor.send(&page, "/o/", &[("name", name), ("purpose", "Finds notes.")]).await;
    let page = visitor.send(&page.says("Who answers for it?"), &format!("/o/{org}/agents/new"), &[]).await;
    let picks: Vec<String> =
        tools.iter().map(|tool| format!("{}/{}/{tool}", scene.workspace, scene.server_id)).collect();
    let picks: Vec<(&str, &str)> = picks.iter().map(|value| ("scope", value.as_str())).collect();
    let page = visitor.send(&page.says("What may"), &format!("/o/{org}/agents/new"), &picks).await;
    let page = visitor
        .send(&page.says("prove itself?"), &format!("/o/{org}/agents/new"), &[("key_name", "CI")])
        .await;
    visitor.send(&page.says("Check and create"), &format!("/o/{org}/agents/new"), &[]).await
}

/// The id of the agent that a page of it is about.
fn agent_of(page: &Page) -> String {
    page.path.split("/agents/").nth(1).expect("an agent's page").split('/').next().expect("an id").to_owned()
}

#[tokio::test]
async fn an_owner_creates_an_agent_sees_why_it_is_denied_and_mends_it() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let mut owner = member(world, &scene.acting.owner).await;
    let shown = created(&mut owner, &scene, "Note Finder", &["search_notes"]).await.answers(200);
    let shown = shown.says("Save this key now");
    assert_eq!(shown.response.header("cache-control"), Some("no-store"));
    let token = shown.between("<output id=\"secret-1\" aria-labelledby=\"k-1\">", "</output>");
    // K2: shown once. Whoever loads the page again is told when.
    owner.open(&shown.path).await.says("This key cannot be shown again").hides(&token);

    let profile = owner.send(&shown, "/o/", &[]).await;
    let profile = profile.says("Note Finder").says("It may look with 1 tool");
    let agent = agent_of(&profile);
    let ask = |tool: &'static str| Ask { credential: &token, server: &scene.server, tool, arguments: None };
    assert_eq!(world.check(ask("search_notes")).await["decision"], true);
    let denied = world.check(ask("whoami")).await;
    assert_eq!((&denied["decision"], &denied["reason"]), (&json!(false), &json!("outside_scope")));

    let org = &world.organization;
    let page = owner.open(&format!("/o/{org}/agents/{agent}/decisions")).await;
    page.says("whoami").says("The agent's scope does not reach this. Its owner can widen the scope.");
    let page = owner.open(&format!("/o/{org}/agents/{agent}/scope")).await.answers(200);
    let both =
        ["search_notes", "whoami"].map(|tool| format!("{}/{}/{tool}", scene.workspace, scene.server_id));
    let page = owner
        .send(&page, &format!("/o/{org}/agents/{agent}/scope"), &[("scope", &both[0]), ("scope", &both[1])])
        .await;
    page.says("Its scope has 2 entries");
    assert_eq!(world.check(ask("whoami")).await["decision"], true);
    owner.open(&format!("/o/{org}/agents/{agent}/activity")).await.says("changed its scope or never-list");
}

#[tokio::test]
async fn an_agent_is_created_once_however_often_the_form_is_sent() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let mut owner = member(world, &scene.acting.owner).await;
    let org = &world.organization;
    let name = unique("Twice");
    let page = owner.open(&format!("/o/{org}/agents/new")).await;
    let page = owner.send(&page, "/o/", &[("name", &name)]).await;
    let page = owner.send(&page, "/o/", &[]).await;
    let page = owner.send(&page, "/o/", &[]).await;
    let check =
        owner.send(&page, "/o/", &[("proof", "later"), ("key_name", "")]).await.says("Check and create");
    let first = owner.send(&check, "/o/", &[]).await.says("cannot act until it has a key");
    let second = owner.send(&check, "/o/", &[]).await.says("It was created already");
    assert_eq!(agent_of(&first), agent_of(&second));
    let agents = world.list("agents").await;
    assert_eq!(agents.iter().filter(|agent| agent["name"] == name).count(), 1);
}

#[tokio::test]
async fn a_key_is_made_once_however_often_the_form_is_sent() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let mut owner = member(world, &scene.acting.owner).await;
    let (org, agent) = (&world.organization, &scene.acting.agent);
    let form = owner.open(&format!("/o/{org}/keys/new?agent={agent}")).await.answers(200);
    let first = owner.send(&form, "/o/", &[("name", "Laptop")]).await.says("Save this key now");
    let second = owner.send(&form, "/o/", &[("name", "Laptop")]).await.says("This key cannot be shown again");
    assert_eq!(first.path, second.path);
    let keys = world.list(&format!("keys?agent={agent}")).await;
    assert_eq!(keys.iter().filter(|key| key["name"] == "Laptop").count(), 1);
}

#[tokio::test]
async fn owners_do_everything_with_their_own_agents_and_nothing_with_others() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let other = scene.bystander().await;
    let mut owner = member(world, &scene.acting.owner).await;
    let org = &world.organization;
    let (mine, theirs) = (&scene.acting.agent, &other.agent);
    for page in [
        "",
        "/access",
        "/keys",
        "/decisions",
        "/activity",
        "/edit",
        "/scope",
        "/pause",
        "/hand-over",
        "/revoke",
        "/rotate",
        "/invite",
    ] {
        owner.open(&format!("/o/{org}/agents/{mine}{page}")).await.answers(200);
        let miss = owner.open(&format!("/o/{org}/agents/{theirs}{page}")).await.answers(404);
        miss.hides(&other.agent_name);
    }
    let list = owner.open(&format!("/o/{org}/agents")).await.says(&scene.acting.agent_name);
    list.hides(&other.agent_name);
    let page = owner.open(&format!("/o/{org}/agents/{mine}/pause")).await;
    let csrf = page.form("/o/").fields;
    for act in ["pause", "resume", "revoke", "edit", "scope", "rotate"] {
        owner.post(format!("/o/{org}/agents/{theirs}/{act}"), csrf.clone()).await.answers(404);
    }
    assert_eq!(world.get(&format!("agents/{theirs}")).await["state"], "live");
    owner.open(&format!("/o/{org}/agents/{mine}/narrow/{}", scene.workspace_slug)).await.answers(403);
    owner.open(&format!("/o/{org}/keys/rotate")).await.answers(403);
}

#[tokio::test]
async fn auditors_read_everything_and_change_nothing() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let mut auditor = auditor(world).await;
    let (org, agent) = (&world.organization, &scene.acting.agent);
    for page in ["", "/access", "/keys", "/decisions", "/activity"] {
        auditor
            .open(&format!("/o/{org}/agents/{agent}{page}"))
            .await
            .answers(200)
            .says(&scene.acting.agent_name);
    }
    let profile = auditor.open(&format!("/o/{org}/agents/{agent}")).await;
    profile.says("aria-disabled=").says("This is for whoever answers for it, or an administrator.");
    let csrf = auditor.open(&format!("/o/{org}/agents/{agent}")).await.form("/sign-out").fields;
    for act in ["pause", "revoke", "edit", "scope"] {
        let page = auditor.post(format!("/o/{org}/agents/{agent}/{act}"), csrf.clone()).await;
        assert!(matches!(page.status, 403 | 422), "{act}: {}", page.status);
    }
    assert_eq!(world.get(&format!("agents/{agent}")).await["state"], "live");
    auditor.open(&format!("/o/{org}/agents/new")).await.answers(403);
    let of_the_agent = format!("/o/{org}/keys?q={}", scene.acting.agent_name);
    auditor.open(&of_the_agent).await.answers(200).says(&scene.acting.agent_name);
}

#[tokio::test]
async fn pausing_takes_a_reason_and_shows_it() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let mut owner = member(world, &scene.acting.owner).await;
    let (org, agent) = (&world.organization, &scene.acting.agent);
    let form = owner.open(&format!("/o/{org}/agents/{agent}/pause")).await;
    let again = owner.send(&form, "/o/", &[("reason", "  ")]).await.answers(422).says("There is a problem");
    let reason = "It answered <twice> & \"late\".";
    let page = owner.send(&again, "/o/", &[("reason", reason)]).await.answers(200);
    let page = page.says("is paused").says(reason);
    assert_eq!(scene.check("search_notes", &json!({})).await["reason"], "agent_paused");
    // The same form once more changes nothing and says so.
    owner.send(&form, "/o/", &[("reason", "again")]).await.says("was paused already");
    owner.send(&page, &format!("/o/{org}/agents/{agent}/resume"), &[]).await.says("may act again");
    assert_eq!(scene.check("search_notes", &json!({})).await["decision"], true);
}

#[tokio::test]
async fn a_stale_form_shows_both_versions_and_loses_nothing() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let mut owner = member(world, &scene.acting.owner).await;
    let (org, agent) = (&world.organization, &scene.acting.agent);
    let form = owner.open(&format!("/o/{org}/agents/{agent}/edit")).await;
    world.patch(&format!("agents/{agent}"), &json!({"purpose": "Changed in another tab."})).await;
    let both = owner.send(&form, "/o/", &[("purpose", "Typed meanwhile.")]).await.answers(409);
    let both = both.says("Changed in another tab.").says("Typed meanwhile.");
    owner.send(&both, "/o/", &[]).await.answers(200).says("Typed meanwhile.");
    assert_eq!(world.get(&format!("agents/{agent}")).await["purpose"], "Typed meanwhile.");
}

#[tokio::test]
async fn an_agent_that_ended_while_its_page_was_open_is_told() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let mut owner = member(world, &scene.acting.owner).await;
    let (org, agent) = (&world.organization, &scene.acting.agent);
    let form = owner.open(&format!("/o/{org}/agents/{agent}/pause")).await;
    world.post(&format!("agents/{agent}/revoke"), &json!({"reason": "Over."})).await;
    owner.send(&form, "/o/", &[("reason", "late")]).await.answers(422).says("Cannot pause what is revoked.");
    owner.open(&format!("/o/{org}/agents/{agent}")).await.says("It will never act again").says("Over.");
}

#[tokio::test]
async fn a_lost_session_loses_nothing_that_was_typed() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let mut owner = member(world, &scene.acting.owner).await;
    let (org, agent) = (&world.organization, &scene.acting.agent);
    let form = owner.open(&format!("/o/{org}/agents/{agent}/edit")).await;
    owner.sign_out();
    let kept = owner.send(&form, "/o/", &[("purpose", "A long <thought>.")]).await.answers(403);
    let kept = kept.says("Nothing you typed is lost").says("A long <thought>.");
    let again = member(world, &scene.acting.owner).await;
    owner.becomes(&again);
    let ready = owner.send(&kept, "/o/", &[]).await.says("You signed in again");
    owner.send(&ready, "/o/", &[]).await.answers(200).says("A long <thought>.");
    // What another site sends is neither kept nor offered.
    let mut stranger = Visitor::new(world.address);
    let page = stranger
        .post(format!("/o/{org}/agents/{agent}/pause"), vec![("reason".to_owned(), "x".to_owned())])
        .await;
    page.says("Nothing you typed is lost");
}

#[tokio::test]
async fn strange_names_stand_where_names_stand() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let mut owner = member(world, &scene.acting.owner).await;
    let org = &world.organization;
    let long = "ä".repeat(200);
    for name in ["<script>alert(1)</script>", "مساعد الفواتير", "🧾 \"Reconciler\" & 'Co'", long.as_str()]
    {
        let agent = world.agent(name, &scene.acting.owner, &json!([])).await;
        for page in ["", "/access", "/keys", "/activity", "/edit", "/pause", "/revoke", "/scope", "/invite"] {
            let page = owner.open(&format!("/o/{org}/agents/{agent}{page}")).await.answers(200).says(name);
            assert!(!page.text.contains("<script>alert"), "{}", page.path);
        }
    }
}

#[tokio::test]
async fn several_are_paused_at_once_and_only_ones_own() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let (sibling, _) = scene.sibling().await;
    let other = scene.bystander().await;
    let mut owner = member(world, &scene.acting.owner).await;
    let org = &world.organization;
    let mine = &scene.acting.agent;
    let query = format!("agent={mine}&agent={sibling}&agent={}", other.agent);
    let form = owner.open(&format!("/o/{org}/agents/pause?{query}")).await.says("Pause 2 agents?");
    owner.send(&form, "/o/", &[("reason", "A drill.")]).await.says("2 agents are paused");
    for (agent, state) in [(mine, "paused"), (&sibling, "paused"), (&other.agent, "live")] {
        assert_eq!(world.get(&format!("agents/{agent}")).await["state"], state);
    }
}

#[tokio::test]
async fn an_agent_is_invited_declined_with_a_reason_and_let_in() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    world.patch(&format!("workspaces/{}", scene.workspace), &json!({"access_mode": "explicit"})).await;
    let mut owner = member(world, &scene.acting.owner).await;
    let mut admin = admin(world).await;
    let (org, agent) = (&world.organization, &scene.acting.agent);
    assert_eq!(scene.check("search_notes", &json!({})).await["reason"], "invitation_required");
    let to = format!("to={org}/{}", scene.workspace_slug);
    let form = owner
        .open(&format!("/o/{org}/agents/{agent}/invite?{to}"))
        .await
        .says("It can never hold more than you hold there.");
    owner.send(&form, "/o/", &[("message", "It closes the books.")]).await.says("Asked.");

    let inbox = admin.open(&format!("/o/{org}/invitations?workspace={}", scene.workspace_slug)).await;
    let inbox = inbox.says("It closes the books.").says(&scene.acting.agent_name);
    let id = inbox.between(&format!("/o/{org}/invitations/"), "/");
    owner.open(&format!("/o/{org}/invitations")).await.says("Take it back").hides("Let it in");
    owner.open(&format!("/o/{org}/agents/{agent}")).await.says("waits for an answer");
    let form = admin.open(&format!("/o/{org}/invitations/{id}/decline")).await;
    admin.send(&form, "/o/", &[("reason", "")]).await.answers(422);
    admin.send(&form, "/o/", &[("reason", "Not during the audit.")]).await.says("stays out");
    owner.open(&format!("/o/{org}/invitations")).await.says("Not during the audit.");

    let form = owner.open(&format!("/o/{org}/agents/{agent}/invite?{to}")).await;
    owner.send(&form, "/o/", &[("message", "The audit is over.")]).await.says("Asked.");
    let inbox = admin.open(&format!("/o/{org}/invitations?workspace={}", scene.workspace_slug)).await;
    let id = inbox.says("The audit is over.").between(&format!("/o/{org}/invitations/"), "/");
    let form = admin.open(&format!("/o/{org}/invitations/{id}/accept")).await;
    admin.send(&form, "/o/", &[]).await.says("is in");
    assert_eq!(scene.check("search_notes", &json!({})).await["decision"], true);
}

/// The invitation is sent with a scope that was picked on a page; what somebody else made of the scope since then stays.
#[tokio::test]
async fn an_invitation_does_not_overwrite_a_newer_scope() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    world.patch(&format!("workspaces/{}", scene.workspace), &json!({"access_mode": "explicit"})).await;
    let mut owner = member(world, &scene.acting.owner).await;
    let (org, agent) = (&world.organization, &scene.acting.agent);
    let at = format!("/o/{org}/agents/{agent}/invite?to={org}/{}", scene.workspace_slug);
    let form = owner.open(&at).await.answers(200);
    let newer = json!({"scope": [{"server": scene.server_id, "tools": "whoami"}]});
    world.put(&format!("agents/{agent}/scope"), &newer).await;
    let before = world.get(&format!("agents/{agent}")).await["scope"].clone();
    let pick = format!("{}/{}/search_notes", scene.workspace, scene.server_id);
    let both = owner.send(&form, "/o/", &[("scope", &pick), ("message", "It closes the books.")]).await;
    let both = both.answers(409).says("It closes the books.");
    assert_eq!(world.get(&format!("agents/{agent}")).await["scope"], before);
    owner.open(&format!("/o/{org}/agents/{agent}")).await.hides("waits for an answer");

    // Whoever has seen both has theirs.
    owner.send(&both, "/o/", &[]).await.says("Asked.");
    let after = world.get(&format!("agents/{agent}")).await["scope"].clone();
    assert_eq!(
        after.as_array().map(Vec::len),
        Some(2),
        "the newer entry, and the one that was picked: {after}"
    );
}

#[tokio::test]
async fn guests_own_no_agents_here_and_learn_of_none() {
    let world = World::shared().await;
    let scene = Scene::set(world).await;
    let mut guest = guest(world).await;
    let org = &world.organization;
    guest.open(&format!("/o/{org}/agents/new")).await.answers(403);
    guest.open(&format!("/o/{org}/agents")).await.answers(200).hides(&scene.acting.agent_name);
    guest.open(&format!("/o/{org}/agents/{}", scene.acting.agent)).await.answers(404);
}
