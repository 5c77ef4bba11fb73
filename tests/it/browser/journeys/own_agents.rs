//! A member who administers nothing does everything for an agent of their own, from its creation to the end of its key.

use serde_json::json;
use testkit::browser::{Seat, Tab, button, css, link};

use super::{last, seats, send};
use crate::browser::beside_others;
use crate::browser::sitting::signed_in;
use crate::world::{Ask, World, reason, text, unique};

/// What the agent is called.
const NAME: &str = "Note Finder";
/// Where its key is kept.
const KEY: &str = "CI of the notes";

/// A workspace that wants an invitation of each agent, and takes it at once; a member works there.
struct Desk {
    world: World,
    member: String,
    slug: String,
    server: String,
    /// The value of the box that picks the tool.
    tool: String,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_who_administers_nothing_does_everything_for_their_own_agent() {
    let _others = beside_others().await;
    for seat in seats() {
        journey(seat).await;
    }
}

async fn journey(seat: Seat) {
    let desk = Desk::set().await;
    let tab = signed_in(&desk.world, &desk.member, seat).await;
    let agent = created(&tab, &desk).await;
    scoped(&tab, &desk, &agent).await;
    let key = keyed(&tab, &agent).await;
    assert_eq!(desk.answer(&key).await, "invitation_required");
    invited(&tab, &desk, &agent).await;
    assert_eq!(desk.answer(&key).await, "allow");
    let key = rotated(&tab, &desk, &agent, &key).await;

    tab.go(&agent).await.says(NAME);
    tab.click(link("Pause")).await.says(&format!("Pause {NAME}?"));
    send(&tab, &[("reason", "It looks odd.")], "Pause it").await.says("is paused").says("It looks odd.");
    assert_eq!(desk.answer(&key).await, "agent_paused");
    tab.click(button("Resume")).await.says("may act again");
    assert_eq!(desk.answer(&key).await, "allow");

    tab.click(css("nav.tabs a[href$='/keys']")).await.says(KEY);
    tab.click(link(KEY).nth(0)).await.says("Live");
    tab.click(link("Revoke it")).await.says("it never counts again");
    tab.click(button("Revoke the key")).await.says("is refused everywhere");
    assert_eq!(desk.answer(&key).await, "credential_revoked");
    assert_eq!(tab.troubles().await, [""; 0]);
    is_evidence(&desk, &last(&agent)).await;
}

impl Desk {
    async fn set() -> Self {
        let world = World::shared().await.neighbour().await;
        let slug = unique("desk");
        let rules =
            json!({"slug": slug, "name": slug, "access_mode": "explicit", "auto_accept_agents": true});
        let workspace = text(&world.post("workspaces", &rules).await, "id");
        let (id, server) = world.server(&workspace, "shared", &[("search_notes", "read")]).await;
        let role = world.role(&[(&id, "search_notes", json!([]))]).await;
        let member = world.person(&unique("Member")).await;
        world.join(&workspace, &member, &role).await;
        let tool = format!("input[value='{workspace}/{id}/search_notes']");
        Self { world, member, slug, server, tool }
    }

    /// `allow`, or why the gateway is told no.
    async fn answer(&self, key: &str) -> String {
        let ask = Ask { credential: key, server: &self.server, tool: "search_notes", arguments: None };
        reason(&self.world.check(ask).await).to_owned()
    }
}

/// Creates it, with an empty scope and no key; the address of its pages.
async fn created(tab: &Tab, desk: &Desk) -> String {
    tab.go(&format!("/o/{}/agents", desk.world.organization)).await.answers(200);
    tab.click(link("New agent").nth(0)).await.says("What is it called?");
    send(tab, &[("name", NAME), ("purpose", "Finds notes.")], "Continue").await.says("You answer for it.");
    tab.click(button("Continue")).await.says(&format!("What may {NAME} use?"));
    tab.click(button("Continue")).await.says(&format!("How does {NAME} prove itself?"));
    tab.tick(css("input[name=proof][value=later]"), true).await;
    tab.click(button("Continue")).await.says("Check and create");
    let page = tab.click(button("Create the agent")).await.says("It cannot act until it has a key.");
    page.path.split('?').next().unwrap_or_default().to_owned()
}

/// Opens one of the things that can be done with it, by the menu of its page.
async fn chosen(tab: &Tab, agent: &str, act: &str) {
    tab.go(agent).await.says(NAME);
    tab.click(css("details.actions-menu summary")).await.answers(200);
    tab.click(css(&format!("details.actions-menu a[href$='/{act}']"))).await.answers(200);
}

async fn scoped(tab: &Tab, desk: &Desk, agent: &str) {
    chosen(tab, agent, "scope").await;
    tab.tick(css(&desk.tool), true).await;
    tab.click(button("Save the scope")).await.says("Its scope has 1 entry");
}

async fn invited(tab: &Tab, desk: &Desk, agent: &str) {
    chosen(tab, agent, "invite").await;
    tab.click(link(&format!("Choose {}", desk.slug))).await.says("This workspace lets agents in at once.");
    send(tab, &[("message", "It finds what is asked for.")], "Send the invitation")
        .await
        .says(&format!("{NAME} is in {} now", desk.slug));
}

/// Makes its first key, which is shown once; the secret.
async fn keyed(tab: &Tab, agent: &str) -> String {
    tab.go(agent).await.answers(200);
    tab.click(css("nav.tabs a[href$='/keys']")).await.says("It has no key that counts");
    tab.click(link("New key")).await.says("It is shown once");
    send(tab, &[("name", KEY)], "Make the key").await.says("Save this key now");
    let key = tab.read(css("#secret-1")).await;
    tab.tick(css("#stored"), true).await;
    tab.click(button("Done")).await.says(NAME).hides(&key);
    tab.back().await.says("This key cannot be shown again").hides(&key);
    key
}

/// Replaces it at once: the old one is refused and the new one counts.
async fn rotated(tab: &Tab, desk: &Desk, agent: &str, old: &str) -> String {
    tab.go(&format!("{agent}/keys")).await.says(KEY);
    tab.click(link(KEY).nth(0)).await.says("Live");
    tab.click(link("Rotate")).await.says("When does the old key end?");
    tab.tick(css("input[name=grace][value='0']"), true).await;
    tab.click(button("Rotate it")).await.says("The old key stopped counting the moment this was made.");
    let new = tab.read(css("#secret-1")).await;
    tab.tick(css("#stored"), true).await;
    tab.click(button("Done")).await.says(KEY).hides(&new);
    assert_eq!(desk.answer(&new).await, "allow");
    assert_ne!(desk.answer(old).await, "allow", "the old key is refused");
    new
}

/// All of it is in the evidence, in the member's name; so is what the agent was answered.
async fn is_evidence(desk: &Desk, agent: &str) {
    let done = desk.world.decisions(&format!("actor={}&decision=allow", desk.member)).await;
    let done: Vec<String> = done.iter().map(|record| text(record, "action")).collect();
    for action in [
        "agent.create",
        "agent.scope",
        "invitation.create",
        "key.create",
        "key.rotate",
        "agent.pause",
        "agent.resume",
        "key.revoke",
    ] {
        assert!(done.iter().any(|each| each == action), "{action} is not in {done:?}");
    }
    let refused = desk.world.decisions(&format!("actor={}&decision=deny", desk.member)).await;
    assert!(refused.is_empty(), "nothing of their own is refused to them: {refused:?}");
    let calls = desk.world.decisions(&format!("owner={}&actor={agent}", desk.member)).await;
    let told: Vec<String> = calls.iter().map(|record| text(record, "reason")).collect();
    for reason in ["invitation_required", "granted", "agent_paused"] {
        assert!(told.iter().any(|each| each == reason), "{reason} is not in {told:?}");
    }
}
