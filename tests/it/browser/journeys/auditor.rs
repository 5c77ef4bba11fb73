//! An auditor reads everything there is, in every place where it stands, and changes nothing.

use serde_json::json;
use testkit::browser::{Seat, Tab, button, css};

use super::offered::{Offered, history, is_told_who_may};
use super::others::Others;
use super::{seats, send};
use crate::browser::beside_others;
use crate::browser::sitting::signed_in;
use crate::pages::{Clerk, hidden};
use crate::world::{Scene, World, reason, unique};

/// The lists and the settings.
const PAGES: [&str; 23] = [
    "",
    "/people",
    "/people/invitations",
    "/agents",
    "/robots",
    "/chart",
    "/workspaces",
    "/tools",
    "/roles",
    "/keys",
    "/gateways",
    "/invitations",
    "/audit",
    "/audit/changes",
    "/explore",
    "/settings",
    "/settings/general",
    "/settings/danger",
    "/settings/sign-in",
    "/settings/sign-in/break-glass",
    "/settings/directory",
    "/settings/signals",
    "/settings/api-keys",
];

/// An auditor at a tab, and what they look at.
struct Audit<'w> {
    scene: &'w Scene<'w>,
    others: Others,
    auditor: String,
    tab: Tab,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_auditor_reads_everything() {
    let _others = beside_others().await;
    for seat in seats() {
        let world = World::shared().await.neighbour().await;
        let scene = Scene::set(&world).await;
        let audit = Audit::of(&scene, seat).await;
        audit.asks_what_the_gateway_asks().await;
        let before = history(&world).await;
        audit.reads().await;
        audit.opens_a_record_and_exports().await;
        assert_eq!(audit.tab.troubles().await, [""; 0]);
        assert_eq!(history(&world).await, before, "reading changes nothing");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_auditor_changes_nothing() {
    let _others = beside_others().await;
    for seat in seats() {
        let world = World::shared().await.neighbour().await;
        let scene = Scene::set(&world).await;
        let audit = Audit::of(&scene, seat).await;
        let before = history(&world).await;
        for path in audit.closed() {
            is_told_who_may(&audit.tab, &format!("/o/{}/{path}", world.organization)).await;
        }
        let (clerk, me) = (Clerk::of(&world, &audit.auditor).await, &audit.auditor);
        let slip = hidden(&clerk.page("keys/new").await, "slip").expect("a slip");
        for form in audit.others.open(&scene, me, &slip) {
            form.is_refused(&world, &clerk, me).await;
        }
        for form in audit.others.hidden(&scene, me, &slip) {
            form.is_refused(&world, &clerk, me).await;
        }
        assert_eq!(history(&world).await, before, "nothing has changed");
        for key in [&scene.acting.key, &audit.others.acting.key] {
            assert_eq!(reason(&scene.check_as(&key.token, "search_notes", &json!({})).await), "allow");
        }
    }
}

impl<'w> Audit<'w> {
    async fn of(scene: &'w Scene<'w>, seat: Seat) -> Self {
        let others = Others::of(scene).await;
        let auditor = scene.world.person_as(&unique("Auditor"), "auditor").await;
        let tab = signed_in(scene.world, &auditor, seat).await;
        Self { scene, others, auditor, tab }
    }

    /// The three questions, answered as a gateway is answered.
    async fn asks_what_the_gateway_asks(&self) {
        let (scene, tab, acting) = (self.scene, &self.tab, &self.scene.acting);
        let explore = format!("/o/{}/explore", scene.world.organization);
        let who = format!("agent:{}", acting.agent);
        for (tool, said, told) in
            [("search_notes", "Yes. ", "allow"), ("delete_note", "No. ", "outside_scope")]
        {
            assert_eq!(reason(&scene.check(tool, &json!({})).await), told);
            tab.go(&explore).await.answers(200);
            tab.choose(css("#who"), &who).await;
            tab.choose(css("#server"), &scene.server).await;
            send(tab, &[("tool", tool)], "Ask").await.says(&format!("{said}{}", acting.agent_name));
        }
        tab.go(&format!("{explore}/who")).await.answers(200);
        tab.choose(css("#server"), &scene.server).await;
        let holders = send(tab, &[("tool", "search_notes")], "Ask").await.says(&acting.agent_name);
        holders.says(&self.others.acting.agent_name).says(&acting.owner_name);
        tab.go(&format!("{explore}/what")).await.answers(200);
        tab.choose(css("#who"), &who).await;
        tab.click(button("Ask")).await.says("search_notes").hides("delete_note");
    }

    /// Every page, where no form is theirs to send and every link leads somewhere.
    async fn reads(&self) {
        let (scene, others) = (self.scene, &self.others);
        let mut offered = Offered::new(scene.world, &self.tab);
        for page in PAGES {
            offered.look(page).await;
        }
        for page in ["", "/access", "/keys", "/decisions", "/activity"] {
            let agent = format!("/agents/{}{page}", others.acting.agent);
            offered.look(&agent).await.says(&others.acting.agent_name);
        }
        for page in ["", "/agents", "/guests", "/servers", "/rules", "/activity"] {
            offered.look(&format!("/workspaces/{}{page}", scene.workspace_slug)).await;
        }
        for page in ["", "/grants", "/review", &format!("/tools/{}", others.tool)] {
            offered.look(&format!("/servers/{}{page}", scene.server)).await;
        }
        for page in [
            format!("/people/{}", others.acting.owner),
            format!("/robots/{}", others.robot),
            format!("/roles/{}", scene.role),
            format!("/keys/{}", others.acting.key.id),
            format!("/gateways/{}", others.gateway),
        ] {
            offered.look(&page).await;
        }
        offered.is_theirs().await;
    }

    /// A row of the log is opened in its place, and the file of what is found holds the same call.
    async fn opens_a_record_and_exports(&self) {
        let (tab, agent) = (&self.tab, &self.scene.acting.agent_name);
        tab.go(&format!("/o/{}/audit", self.scene.world.organization)).await.answers(200);
        let line = format!("actor:{agent} decision:deny");
        send(tab, &[("q", &line)], "Search").await.says("1 record, 1 denied").says("delete_note");
        tab.click(css("td.fold a")).await.answers(200);
        tab.until("document.querySelector('tr.opened')").await.says("How it was decided");
        tab.click(css("summary[data-key=e]")).await.says("Everything that this search finds up to now");
        let (_, csv) = tab.download(button("Export as CSV")).await;
        assert_eq!(csv.lines().count(), 2, "a line of names, then the row: {csv}");
        assert!(csv.contains(agent) && csv.contains("outside_scope"), "{csv}");
        let taken =
            self.scene.world.decisions(&format!("actor={}&action=evidence.export", self.auditor)).await;
        let is_recorded = taken.first().is_some_and(|record| record["decision"] == "allow");
        assert!(is_recorded, "that it was taken is evidence: {taken:?}");
    }

    /// Pages that ask whether to do what an auditor may not.
    fn closed(&self) -> Vec<String> {
        let (scene, others) = (self.scene, &self.others);
        let place = format!("workspaces/{}", scene.workspace_slug);
        let on = |thing: String, acts: &[&str]| -> Vec<String> {
            acts.iter().map(|act| format!("{thing}/{act}")).collect()
        };
        let person = ["suspend", "remove", "remove/check?agents=nobody", "hand-over", "sessions/end"];
        let agent = ["edit", "scope", "pause", "hand-over", "rotate", "revoke"];
        let news = ["people", "agents", "robots", "servers", "roles", "workspaces", "gateways"];
        let settings = ["danger/stop", "danger/delete", "danger/copy", "danger/transfer", "signals/new"];
        let sign_in = ["connections/new", "domains/new"];
        let out = format!("members/{}/remove", others.acting.owner);
        let role_out = format!("memberships/{}/remove", scene.membership);
        let detach = format!("servers/{}/detach", scene.server_id);
        let block = format!("agents/{}/block", others.acting.agent);
        [
            news.map(|list| format!("{list}/new")).to_vec(),
            vec!["people/invite".to_owned(), "keys/rotate".to_owned()],
            vec![format!("keys/new?agent={}", others.acting.agent)],
            on(format!("people/{}", others.acting.owner), &person),
            on(format!("agents/{}", others.acting.agent), &agent),
            on(format!("agents/{}/narrow", others.acting.agent), &[&scene.workspace_slug]),
            on(format!("keys/{}", others.acting.key.id), &["limits", "rotate", "revoke"]),
            on(format!("robots/{}", others.robot), &["edit", "pause", "delete"]),
            on(format!("servers/{}", scene.server), &["edit", "remove", "import", "tools/new"]),
            on(format!("roles/{}", scene.role), &["edit", "remove", "grants/new"]),
            on(format!("gateways/{}", others.gateway), &["edit", "pause", "revoke"]),
            on(place, &["add", &out, &role_out, &detach, &block]),
            on("settings".to_owned(), &settings),
            on("settings/sign-in".to_owned(), &sign_in),
        ]
        .concat()
    }
}
