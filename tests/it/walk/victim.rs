//! What an organization has, by the names that paths give it.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use testkit::http::Request;

use super::callers::Caller;
use super::routes::Route;
use crate::bad_input::tenants::ids_of;
use crate::world::{World, done, text, unique};

/// An id that is nobody's.
const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

/// A tool that every organization made for a test has.
const TOOL: &str = "search_notes";

/// Words of a path that name nothing of an organization: what to do, a number, a file. The same for everybody.
const WORDS: &[(&str, &str)] = &[
    ("answer", "accept"),
    ("verb", "start"),
    ("revision", "1"),
    ("rest", "x"),
    ("path", "app.css"),
    ("name", "x"),
    ("sprite", "x"),
    ("query", "x"),
    ("kind", "User"),
];

/// What belongs to a person and not to an organization, or is found by a secret alone: no organization's id leads
/// there.
const NO_TENANTS: &[&str] = &["secret", "slip", "draft", "state", "passkey"];

/// What `{id}` is the id of, by how the route begins.
const OF_ID: &[(&str, &str)] = &[
    ("/scim/v2/Users/", "directory's user"),
    ("/scim/v2/Groups/", "group"),
    ("/scim/v2/ResourceTypes/", "kind"),
    ("/scim/v2/Schemas/", "kind"),
    ("/account/sessions/", "session"),
    // Made by a person's own authenticator, which no test of this walk has.
    ("/account/passkeys/", "passkey"),
];

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// The ids of an organization.
pub(super) struct Victim {
    ids: BTreeMap<&'static str, String>,
}

impl Victim {
    /// Makes one of everything.
    pub(super) async fn of(world: &World) -> Self {
        let mut ids = ids_of(world).await;
        let invited = world.post("member-invitations", &json!({"role": "member"})).await;
        let token = text(&invited, "link").rsplit('/').next().map(ToOwned::to_owned);
        ids.insert("token", token.expect("the secret end of a link"));
        ids.insert("slug", world.organization.clone());
        let tools = world.list(&format!("servers/{}/tools", ids["server"])).await;
        ids.insert("tool id", text(&tools[0], "id"));
        ids.insert("person", ids["user"].clone());
        let owners = world.list("members?role=owner").await;
        let owner = Caller::signed_in("the owner", world, &text(&owners[0], "id")).await;
        let terms = json!({"issuer": "https://login.example", "client_id": "x"});
        let connection = owner.post(world, "connections", &json!({"name": "x", "terms": terms})).await;
        ids.insert("connection", text(&connection, "id"));
        // Whoever signs in has a session there.
        Caller::signed_in("a member", world, &ids["user"]).await;
        let sessions = world.list(&format!("members/{}/sessions", ids["user"])).await;
        ids.insert("session", text(&sessions[0], "id"));
        let domain = json!({"name": format!("{}.com", unique("walked-domain"))});
        ids.insert("domain", text(&owner.post(world, "domains", &domain).await, "id"));
        let stream = json!({
            "name": "x", "issuer": "https://signals.example", "audience": "https://answerable.example/x",
            "jwks_url": "https://signals.example/keys",
        });
        ids.insert("stream", text(&owner.post(world, "signal-streams", &stream).await, "id"));
        let key = crate::scim::session::directory_key(world).await;
        let brought = async |resource: &str, body: Value| {
            let made = Request::post(resource, &body).bearer(&key).send(world.address).await;
            text(&done(resource, &made), "id")
        };
        let group = json!({"schemas": [GROUP], "displayName": unique("Group")});
        let group = brought("/scim/v2/Groups", group).await;
        let name = unique("walked").to_lowercase();
        let user = json!({
            "schemas": [USER], "userName": format!("{name}@northwind.example"), "externalId": name,
            "displayName": name, "active": true,
        });
        ids.insert("directory's user", brought("/scim/v2/Users", user).await);
        let gives = json!({"organization_role": "member"});
        let mapping = world.post(&format!("groups/{group}/mappings"), &gives).await;
        ids.insert("mapping", text(&mapping, "id"));
        let saved = json!({"name": unique("Saved"), "q": "decision:deny", "shared": true});
        ids.insert("saved", text(&world.post("saved-queries", &saved).await, "id"));
        ids.insert("group", group);
        Self { ids }
    }

    /// The id of that name, as that route wants it.
    pub(super) fn id(&self, route: &Route, name: &str) -> String {
        let name = meant(route, name);
        if name == "tool" {
            return TOOL.to_owned();
        }
        if let Some(id) = self.ids.get(name) {
            return id.clone();
        }
        if let Some((_, word)) = WORDS.iter().find(|(word, _)| *word == name) {
            return (*word).to_owned();
        }
        let known = NO_TENANTS.contains(&name);
        assert!(known, "a path has `{{{name}}}`: say in tests/it/walk/victim.rs what it is");
        NOBODY.to_owned()
    }

    /// All ids that nobody else may be told.
    pub(super) fn secrets(&self) -> impl Iterator<Item = (&&'static str, &String)> {
        // A tool is known by its name, which is the same everywhere.
        self.ids.iter().filter(|(name, _)| **name != "tool")
    }
}

/// What a name stands for in that route: the same name is an id of one thing here and of another there.
fn meant<'n>(route: &Route, name: &'n str) -> &'n str {
    let template = route.template();
    match name {
        // Pages name a tool by its id; the API by its name, which is the same in every organization and tells nothing.
        "tool" if route.is_page() => "tool id",
        "id" => {
            let known = OF_ID.iter().find(|(start, _)| template.starts_with(start));
            known.unwrap_or_else(|| panic!("{template}: say in tests/it/walk/victim.rs whose id it is")).1
        }
        name => name,
    }
}

/// An id of that name that nobody has.
pub(super) fn nobody(route: &Route, name: &str) -> String {
    match meant(route, name) {
        "key" => "000000000000".to_owned(),
        "org" | "slug" => "nobodys-organization".to_owned(),
        // A name and no id: every organization made for a test has a tool of this name, so it is nobody's secret.
        "tool" => TOOL.to_owned(),
        "token" => "A".repeat(86),
        name => WORDS.iter().find(|(word, _)| *word == name).map_or(NOBODY, |(_, word)| word).to_owned(),
    }
}

/// A document without what differs by nature, however deep it stands.
pub(super) fn plain(document: Value) -> Value {
    match document {
        Value::Object(object) => {
            let differs = ["request_id", "decision_id", "revision", "receipt"];
            let kept = object.into_iter().filter(|(name, _)| !differs.contains(&name.as_str()));
            Value::Object(kept.map(|(name, value)| (name, plain(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(plain).collect()),
        plain => plain,
    }
}
