//! Every page there is, read from the source: a page that is not in here cannot be.

use std::collections::BTreeSet;

use super::sitting::Who;
use super::stage::Stage;
use crate::walk::mounted;

/// What is mounted beside the pages: other doors of the program, and files.
const DOORS: [&str; 9] = [
    "/v1/",
    "/scim/",
    "/access/",
    "/static/",
    "/openapi.json",
    "/healthz",
    "/readyz",
    "/livez",
    "/.well-known/",
];

/// How addresses of files end.
const FILES: [&str; 4] = [".csv", ".jsonl", "/export", "/manifest"];

/// Addresses of pages that are no page, and what they are.
const NO_PAGE: &[(&str, &str)] = &[
    ("/", "leads on to where somebody is at home"),
    ("/sso/continue", "leads on to a provider; tests/it/sso goes there"),
    ("/sso/cb/{connection}", "where a provider leads back to; tests/it/sso comes there"),
    ("/sso/keys/{connection}", "keys for a provider to read; tests/it/sso reads them"),
    ("/sign-out/provider", "leads on to where one signs out at a provider; tests/it/sso goes there"),
    ("/o/{org}/audit/tail", "a stream of rows, for the log that is open"),
];

/// Pages for who is not signed in.
const SIGNED_OUT: [&str; 8] = [
    "/start/{secret}",
    "/sign-in",
    "/sign-in/link/{secret}",
    "/sign-in/passkey",
    "/sign-in/password",
    "/sign-up",
    "/invitations/{token}",
    "/set-up/{token}",
];

/// Pages that are asked something: all that is asked of each. Where the first asks nothing, the bare page is looked at
/// as well.
const ASKED: &[(&str, &[&str])] = &[
    ("/o/{org}/agents/pause", &["?agent={agent}"]),
    ("/o/{org}/agents", &["", "?q=nobody+has+this+name"]),
    ("/o/{org}/keys/new", &["?agent={agent}"]),
    ("/o/{org}/keys", &["", "?q=nobody+has+this+name"]),
    ("/o/{org}/find", &["?q=in"]),
    (
        "/o/{org}/explore",
        &[
            "",
            "?who=agent:{agent}&server=payments&tool=refund_payment&workspace=finance",
            "?who=agent:{agent}&server=payments&tool=list_invoices&workspace=finance",
        ],
    ),
    ("/o/{org}/explore/who", &["", "?server=payments&tool=pay_invoice&workspace=finance"]),
    ("/o/{org}/explore/what", &["", "?who=agent:{agent}&show=all"]),
    ("/o/{org}/audit", &["", "?q=decision:deny", "?q=nonsense:x", "?tail=on"]),
    ("/o/{org}/people/{person}/remove/check", &["?agents=nobody&reason=Left+for+another+company."]),
];

/// Pages that the demo answers otherwise, because of how it is set up: it is reached by an address, which passkeys do
/// not take, and nobody signs up by themselves.
const OTHERWISE: [(&str, u64); 3] =
    [("/account/passkeys/new", 409), ("/sign-in/passkey", 409), ("/sign-up", 404)];

/// A page with somebody who looks at it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// A name for files and messages.
    pub(crate) name: String,
    /// Its address.
    pub(crate) path: String,
    /// Who looks at it.
    pub(crate) who: Who,
    /// The status it has to have.
    pub(crate) status: u64,
    /// What is done there before it is looked at.
    pub(crate) then: Then,
}

/// What is done on a page before it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// Nothing.
    Nothing,
    /// Keys are pressed.
    Press(&'static str),
    /// A button is pressed: what comes back says what is wrong.
    Send(&'static str),
    /// Something is clicked on.
    Click(&'static str),
}

/// All of them.
pub(crate) fn places(stage: &Stage) -> Vec<Place> {
    let mut places = Vec::new();
    for template in pages() {
        let who = if SIGNED_OUT.contains(&template.as_str()) { Who::Nobody } else { Who::Owner };
        let asked = ASKED.iter().find(|(asked, _)| *asked == template).map_or(&[""][..], |(_, asked)| *asked);
        for (at, question) in asked.iter().enumerate() {
            let path = filled(stage, &template, &format!("{template}{question}"));
            let name = named(&template, &if at == 0 { String::new() } else { format!("asked-{at}") });
            let status =
                OTHERWISE.iter().find(|(known, _)| *known == template).map_or(200, |(_, status)| *status);
            places.push(Place { name, path, who, status, then: Then::Nothing });
        }
    }
    places.extend(further(stage));
    places
}

/// The addresses of the pages, as the source mounts them.
fn pages() -> BTreeSet<String> {
    let all = mounted().into_iter().filter(|(_, method)| *method == Some("GET")).map(|(path, _)| path);
    let pages: BTreeSet<String> = all
        .filter(|path| !DOORS.iter().any(|door| path.starts_with(door)))
        .filter(|path| !FILES.iter().any(|end| path.ends_with(end)))
        .filter(|path| !NO_PAGE.iter().any(|(known, _)| known == path))
        .collect();
    assert!(pages.len() > 80, "only {} pages were found", pages.len());
    pages
}

/// What the pages look like to others, when something is wrong, and with their dialogs open.
fn further(stage: &Stage) -> Vec<Place> {
    let place = |name: &str, path: &str, who, status, then| Place {
        name: name.to_owned(),
        path: filled(stage, path, path),
        who,
        status,
        then,
    };
    vec![
        place(
            "error-404",
            "/o/{org}/agents/00000000-0000-7000-8000-000000000000",
            Who::Owner,
            404,
            Then::Nothing,
        ),
        place("error-404-signed-out", "/nowhere", Who::Nobody, 404, Then::Nothing),
        place("palette", "/o/{org}", Who::Owner, 200, Then::Press("Control+k")),
        place("shortcuts", "/o/{org}", Who::Owner, 200, Then::Press("?")),
        place("menu-of-the-account", "/o/{org}", Who::Owner, 200, Then::Click("[popovertarget=account]")),
        place(
            "new-workspace-wrong",
            "/o/{org}/workspaces/new",
            Who::Owner,
            422,
            Then::Send("Create the workspace"),
        ),
        place(
            "pause-without-a-reason",
            "/o/{org}/agents/{agent}/pause",
            Who::Owner,
            422,
            Then::Send("Pause it"),
        ),
        place("overview-of-a-member", "/o/{org}", Who::Member, 200, Then::Nothing),
        place("agents-of-a-member", "/o/{org}/agents", Who::Member, 200, Then::Nothing),
        place("agent-to-an-auditor", "/o/{org}/agents/{agent}", Who::Auditor, 200, Then::Nothing),
        place("tools-to-an-auditor", "/o/{org}/servers/{server}", Who::Auditor, 200, Then::Nothing),
    ]
}

/// An address with its parameters filled in, as the template of the page means them.
fn filled(stage: &Stage, template: &str, address: &str) -> String {
    let whole = match template {
        "/o/{org}/people/{person}/cut/{revision}" => Some("cut"),
        "/start/{secret}" => Some("start"),
        _ => None,
    };
    if let Some(whole) = whole {
        return stage.ids[whole].clone();
    }
    let mut path = address.to_owned();
    while let Some((before, rest)) = path.split_once('{') {
        let (name, after) = rest.split_once('}').expect("a closed brace");
        let value = meant(stage, template, name);
        path = format!("{before}{value}{after}");
    }
    path
}

fn meant(stage: &Stage, template: &str, name: &str) -> String {
    let known = match (template, name) {
        ("/set-up/{token}", _) => "set-up",
        ("/invitations/{token}", _) => "joining",
        ("/o/{org}/workspaces/{workspace}/servers/{server}/detach", "server") => "server-id",
        (_, "answer") => return "accept".to_owned(),
        (_, name) => name,
    };
    let value = stage.ids.get(known).cloned();
    value.unwrap_or_else(|| {
        panic!("{template} has `{{{name}}}`: put one on the stage, in tests/it/browser/stage.rs")
    })
}

/// `/o/{org}/agents/{agent}/keys` is called `agents-agent-keys`, and `/o/{org}` `overview`.
fn named(template: &str, more: &str) -> String {
    let bare = template.trim_start_matches("/o/{org}").trim_start_matches('/');
    let bare = if bare.is_empty() { "overview" } else { bare };
    let words = bare.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.chain((!more.is_empty()).then_some(more)).collect::<Vec<_>>().join("-")
}
