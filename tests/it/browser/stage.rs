//! The demo with one of everything in it: what every page is looked at with.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use testkit::answerable::Demo;
use testkit::directory::Directory;
use testkit::http::Request;
use tokio::sync::OnceCell;

use super::empty::Empty;
use super::sitting::link_for;
use crate::pages::{Clerk, hidden};
use crate::world::{World, asked, done, sqlite, text};

/// The running demo, and what stands in the addresses of its pages.
#[derive(Debug)]
pub(crate) struct Stage {
    /// Northwind, with the keys to manage it.
    pub(crate) world: World,
    /// The demo itself: it ends with the stage.
    pub(crate) demo: Demo,
    /// What the parameters of paths stand for.
    pub(crate) ids: BTreeMap<&'static str, String>,
    _data: Directory,
    /// A program on which nobody has started yet.
    _empty: Empty,
}

impl Stage {
    /// The one that the tests of this process share. It is looked at and not changed.
    pub(crate) async fn shared() -> &'static Self {
        static SHARED: OnceCell<Stage> = OnceCell::const_new();
        SHARED.get_or_init(Self::set).await
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        self.demo.program.url()
    }

    async fn set() -> Self {
        let data = Directory::new();
        let demo = Demo::start(data.path());
        let world = World {
            address: demo.program.address,
            database: sqlite(data.path()),
            organization: demo.value("ORG").to_owned(),
            api_key: demo.value("API_KEY").to_owned(),
            gateway_key: demo.value("GATEWAY_KEY").to_owned(),
        };
        let mut ids = things(&world).await;
        ids.insert("identity", asked(&world, &ids["person"]));
        traffic(&world, &demo).await;
        work(&world, &mut ids).await;
        directory(&world, &mut ids).await;
        signed_in(&world, &mut ids).await;
        ways_in(&world, &mut ids).await;
        let empty = Empty::start();
        ids.insert("start", empty.link.clone());
        Self { world, demo, ids, _data: data, _empty: empty }
    }
}

/// What the demo has by itself.
async fn things(world: &World) -> BTreeMap<&'static str, String> {
    let named = async |noun: &str, name: &str| {
        let all = world.list(noun).await;
        let found = all.iter().find(|item| item["name"] == name || item["slug"] == name);
        found.unwrap_or_else(|| panic!("the demo has no `{name}` among its {noun}")).clone()
    };
    let tools = world.list("servers/payments/tools").await;
    let pays = tools.iter().find(|tool| tool["name"] == "pay_invoice").expect("a tool that pays");
    let agent = named("agents", "Invoice Reconciler").await;
    let role = text(&named("roles", "Accountant").await, "id");
    let grants = world.list(&format!("roles/{role}/grants")).await;
    let jonas = text(&named("members", "Jonas Weber").await, "id");
    let membership = world.join("finance", &jonas, &role).await;
    BTreeMap::from([
        ("org", world.organization.clone()),
        ("agent", text(&agent, "id")),
        ("owner", text(&agent["owner"], "id")),
        ("person", jonas),
        ("auditor", text(&named("members", "Li Wei").await, "id")),
        ("robot", text(&named("robots", "Ledger Export").await, "id")),
        ("workspace", "finance".to_owned()),
        ("membership", membership),
        ("server", "payments".to_owned()),
        ("server-id", text(&named("servers", "payments").await, "id")),
        ("tool", text(pays, "id")),
        ("role", role),
        ("grant", text(&grants[1], "id")),
        ("gateway", text(&named("gateways", "Demo gateway").await, "id")),
    ])
}

/// Calls of every kind, so that lists and pictures have something to show.
async fn traffic(world: &World, demo: &Demo) {
    let calls = [
        ("AGENT_KEY", "payments", "list_invoices", json!({})),
        ("AGENT_KEY", "payments", "pay_invoice", json!({"invoice": "2026-121", "amount": 180})),
        ("AGENT_KEY", "payments", "pay_invoice", json!({"invoice": "2026-122", "amount": 2_600})),
        ("AGENT_KEY", "payments", "refund_payment", json!({"payment": "p-11"})),
        ("ROBOT_KEY", "payments", "list_invoices", json!({})),
        ("ROBOT_KEY", "mailbox", "search_mail", json!({"text": "invoice"})),
    ];
    for (key, server, tool, arguments) in calls.iter().cycle().take(90) {
        let credential = demo.value(key);
        world.check(crate::world::Ask { credential, server, tool, arguments: Some(arguments) }).await;
    }
    testkit::process::eventually("the evidence is there", Duration::from_secs(20), async || {
        let recorded = world.get("decisions?limit=100").await;
        (recorded["items"].as_array().map_or(0, Vec::len) >= 90).then_some(())
    })
    .await;
}

/// What people would have in the middle of their work: a draft, a key that is being rotated, somebody who has left.
async fn work(world: &World, ids: &mut BTreeMap<&'static str, String>) {
    let denied = world.list("decisions?decision=deny").await;
    ids.insert("decision", text(&denied[0], "id"));

    let explicit = json!({"slug": "support", "name": "Support", "access_mode": "explicit"});
    world.post("workspaces", &explicit).await;
    world.join("support", &ids["owner"], &ids["role"]).await;
    let invited = json!({"agent": ids["agent"], "message": "It answers questions about invoices."});
    let invitation = world.post("workspaces/support/invitations", &invited).await;
    ids.insert("invitation", text(&invitation, "id"));

    let noor = text(&world.post("members", &json!({"name": "Noor Haddad", "role": "member"})).await, "id");
    for name in ["Payroll Helper", "Travel Booker"] {
        world.post("agents", &json!({"name": name, "owner": noor})).await;
    }
    let clerk = Clerk::admin(world).await;
    let reason = ("reason", "Left for another company.");
    let removed = clerk.post(&format!("people/{noor}/remove"), &[("agents", "nobody"), reason]).await;
    ids.insert("cut", removed.header("location").expect("the page of what ended").to_owned());

    let page = clerk.page("agents/new").await;
    let (_, rest) = page.split_once("/agents/new/").expect("a form of a draft");
    let draft = rest.split('/').next().expect("an id").to_owned();
    let purpose = ("purpose", "Reminds customers of invoices that are due.");
    clerk.post(&format!("agents/new/{draft}/name"), &[("name", "Payment Reminder"), purpose]).await;
    clerk.post(&format!("agents/new/{draft}/owner"), &[]).await;
    ids.insert("draft", draft);

    let keys = world.list(&format!("keys?agent={}", ids["agent"])).await;
    ids.insert("key", text(&keys[0], "id"));
    world.post(&format!("keys/{}/rotate", ids["key"]), &json!({"grace_seconds": 86_400})).await;
    ids.insert("slip", slip(&clerk, ids).await);
}

/// A key that waits to be shown, once: the address of the page that will.
async fn slip(clerk: &Clerk<'_>, ids: &BTreeMap<&'static str, String>) -> String {
    let form = format!("keys/new?agent={}", ids["agent"]);
    let slip = hidden(&clerk.page(&form).await, "slip").expect("a slip");
    clerk.post(&form, &[("slip", &slip), ("name", "Office server"), ("days", "90")]).await;
    slip
}

/// A person who sits at a browser.
async fn signed_in(world: &World, ids: &mut BTreeMap<&'static str, String>) {
    let person = &ids["person"];
    Clerk::of(world, person).await;
    let sessions = world.list(&format!("members/{person}/sessions")).await;
    ids.insert("session", text(&sessions[0], "id"));
}

/// A directory that has brought a group.
async fn directory(world: &World, ids: &mut BTreeMap<&'static str, String>) {
    let key = crate::scim::session::directory_key(world).await;
    let group =
        json!({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Accounting"});
    let made = Request::post("/scim/v2/Groups", &group).bearer(&key).send(world.address).await;
    ids.insert("group", text(&done("a group", &made), "id"));
}

/// A provider that is not connected yet, a domain that is not proven yet, and links that were sent.
async fn ways_in(world: &World, ids: &mut BTreeMap<&'static str, String>) {
    let clerk = Clerk::admin(world).await;
    let at = "settings/sign-in";
    let connection = [
        ("name", "Okta"),
        ("issuer", "https://northwind.okta.example"),
        ("client_id", "0oa1answerable"),
        ("client_authentication", "basic"),
    ];
    let made = clerk.post(&format!("{at}/connections/new"), &connection).await;
    ids.insert("connection", last(made.header("location").expect("the connection's page")));
    let made = clerk.post(&format!("{at}/domains/new"), &[("name", "northwind.example")]).await;
    ids.insert("domain", last(made.header("location").expect("the domain's page")));
    ids.insert("stream", stream(world, &clerk).await);
    let given = clerk.post(&format!("{at}/connections/{}/link", ids["connection"]), &[]).await;
    let given = given.text();
    let (_, rest) = given.split_once("/set-up/").expect("a link");
    ids.insert("set-up", rest.split(['"', '<', '&']).next().unwrap_or_default().to_owned());
    let invited: Value = world.post("member-invitations", &json!({"role": "member"})).await;
    ids.insert("joining", last(&text(&invited, "link")));
    ids.insert("secret", last(&link_for(world, &ids["auditor"])));
}

/// A transmitter of signals that the organization believes.
async fn stream(world: &World, clerk: &Clerk<'_>) -> String {
    let stream = json!({
        "name": "Okta", "issuer": "https://northwind.okta.example", "audience": "https://answerable.example/northwind",
        "jwks_url": "https://northwind.okta.example/keys",
    });
    let made = Request::post(&world.path("signal-streams"), &stream)
        .header("cookie", &clerk.proof().0)
        .header("sec-fetch-site", "same-origin")
        .send(world.address)
        .await;
    text(&done("a stream", &made), "id")
}

/// The last part of an address.
fn last(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default().to_owned()
}
