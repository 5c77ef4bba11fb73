//! What a page can do, the API can do, and the other way round: every form of a page has its operation, and every
//! operation its form, or a reason why there is none.
//!
//! What is in no table fails the suite, so that whoever adds one says what serves instead.

use std::collections::BTreeSet;

use super::mounted;

/// The forms of an organization, below `/o/{org}/`, and the operations below `/v1/orgs/{org}/` that do the same.
const ALIKE: &[(&str, &[&str])] = &[
    ("agents/new/{draft}/check", &["POST agents", "POST keys"]),
    ("agents/pause", &["POST agents/pause"]),
    ("agents/{agent}/edit", &["PATCH agents/{agent}"]),
    ("agents/{agent}/hand-over", &["POST agents/{agent}/hand-over"]),
    ("agents/{agent}/invite", &["POST workspaces/{workspace}/invitations"]),
    ("agents/{agent}/narrow/{workspace}", &["PUT workspaces/{workspace}/overrides/{agent}"]),
    ("agents/{agent}/narrow/{workspace}/lift", &["DELETE workspaces/{workspace}/overrides/{agent}"]),
    ("agents/{agent}/pause", &["POST agents/{agent}/pause"]),
    ("agents/{agent}/resume", &["POST agents/{agent}/resume"]),
    ("agents/{agent}/revoke", &["POST agents/{agent}/revoke"]),
    ("agents/{agent}/rotate", &["POST agents/{agent}/rotate-keys"]),
    ("agents/{agent}/scope", &["PUT agents/{agent}/scope"]),
    ("audit/changes/export", &["POST audit/export"]),
    ("audit/export", &["POST evidence/export"]),
    ("audit/saved", &["POST saved-queries"]),
    ("audit/saved/{saved}/remove", &["DELETE saved-queries/{saved}"]),
    ("gateways/new", &["POST gateways", "POST keys"]),
    ("gateways/{gateway}/edit", &["PATCH gateways/{gateway}"]),
    ("gateways/{gateway}/pause", &["POST gateways/{gateway}/pause"]),
    ("gateways/{gateway}/resume", &["POST gateways/{gateway}/resume"]),
    ("gateways/{gateway}/revoke", &["POST gateways/{gateway}/revoke"]),
    (
        "invitations/{invitation}/{answer}",
        &[
            "POST invitations/{invitation}/accept",
            "POST invitations/{invitation}/decline",
            "POST invitations/{invitation}/withdraw",
        ],
    ),
    ("keys/new", &["POST keys"]),
    ("keys/rotate", &["POST keys/rotate"]),
    ("keys/{key}/end", &["PATCH keys/{key}"]),
    ("keys/{key}/extend", &["PATCH keys/{key}"]),
    ("keys/{key}/limits", &["PATCH keys/{key}"]),
    ("keys/{key}/revoke", &["POST keys/{key}/revoke"]),
    ("keys/{key}/rotate", &["POST keys/{key}/rotate"]),
    ("onboarding/dismiss", &["POST onboarding/dismiss"]),
    ("onboarding/show", &["POST onboarding/show"]),
    ("onboarding/skip", &["POST onboarding/skip"]),
    (
        "people/invitations/{member_invitation}/withdraw",
        &["POST member-invitations/{member_invitation}/withdraw"],
    ),
    ("people/invite", &["POST member-invitations"]),
    ("people/new", &["POST members"]),
    ("people/{person}/hand-over", &["POST members/{user}/hand-over"]),
    ("people/{person}/identities/{identity}/accept", &["POST members/{user}/identities/{identity}/accept"]),
    ("people/{person}/identities/{identity}/withdraw", &["DELETE members/{user}/identities/{identity}"]),
    ("people/{person}/remove", &["POST members/{user}/hand-over", "DELETE members/{user}"]),
    ("people/{person}/resume", &["POST members/{user}/resume"]),
    ("people/{person}/role", &["PATCH members/{user}"]),
    ("people/{person}/sessions/end", &["DELETE members/{user}/sessions"]),
    ("people/{person}/sessions/{session}/end", &["DELETE members/{user}/sessions/{session}"]),
    ("people/{person}/suspend", &["POST members/{user}/suspend"]),
    ("robots/new", &["POST robots"]),
    ("robots/{robot}/delete", &["DELETE robots/{robot}"]),
    ("robots/{robot}/edit", &["PATCH robots/{robot}"]),
    ("robots/{robot}/pause", &["POST robots/{robot}/pause"]),
    ("robots/{robot}/resume", &["POST robots/{robot}/resume"]),
    ("roles/new", &["POST roles"]),
    ("roles/{role}/edit", &["PATCH roles/{role}"]),
    ("roles/{role}/grants/new", &["POST roles/{role}/grants", "DELETE roles/{role}/grants/{grant}"]),
    ("roles/{role}/grants/{grant}/remove", &["DELETE roles/{role}/grants/{grant}"]),
    ("roles/{role}/remove", &["DELETE roles/{role}"]),
    ("servers/new", &["POST servers"]),
    ("servers/{server}/edit", &["PATCH servers/{server}"]),
    ("servers/{server}/grants", &["PUT servers/{server}/grants"]),
    ("servers/{server}/grants/save", &["PUT servers/{server}/grants"]),
    ("servers/{server}/import", &["POST servers/{server}/tools/import"]),
    ("servers/{server}/remove", &["DELETE servers/{server}"]),
    ("servers/{server}/tools/new", &["POST servers/{server}/tools"]),
    ("servers/{server}/tools/{tool}", &["PATCH servers/{server}/tools/{tool}"]),
    ("servers/{server}/tools/{tool}/review", &["POST servers/{server}/tools/{tool}/review"]),
    ("settings/danger/copy", &["POST export"]),
    ("settings/danger/delete", &["POST delete"]),
    ("settings/danger/release", &["POST release-agents"]),
    ("settings/danger/stop", &["POST stop-agents"]),
    ("settings/danger/transfer", &["PATCH members/{user}"]),
    ("settings/danger/undelete", &["POST undelete"]),
    ("settings/directory/groups/{group}/give", &["POST groups/{group}/mappings"]),
    ("settings/directory/mappings/{mapping}/remove", &["DELETE groups/{group}/mappings/{mapping}"]),
    ("settings/general", &["PATCH "]),
    ("settings/sign-in/break-glass", &["POST break-glass"]),
    ("settings/sign-in/break-glass/{user}/remove", &["DELETE break-glass/{user}"]),
    ("settings/sign-in/connections/new", &["POST connections"]),
    (
        "settings/sign-in/connections/{connection}/do/{verb}",
        &[
            "POST connections/{connection}/relax",
            "POST connections/{connection}/disable",
            "POST connections/{connection}/reopen",
            "POST connections/{connection}/accept",
            "POST connections/{connection}/decline",
            "POST connections/{connection}/key",
            "DELETE connections/{connection}",
        ],
    ),
    ("settings/sign-in/connections/{connection}/edit", &["PATCH connections/{connection}"]),
    ("settings/sign-in/connections/{connection}/enforce", &["POST connections/{connection}/enforce"]),
    ("settings/sign-in/connections/{connection}/link", &["POST connections/{connection}/set-up-link"]),
    ("settings/sign-in/connections/{connection}/secret", &["PUT connections/{connection}/secret"]),
    ("settings/sign-in/domains/new", &["POST domains"]),
    ("settings/sign-in/domains/{domain}/prove", &["POST domains/{domain}/prove"]),
    ("settings/sign-in/domains/{domain}/remove", &["DELETE domains/{domain}"]),
    ("settings/signals/new", &["POST signal-streams"]),
    ("settings/signals/{stream}/remove", &["DELETE signal-streams/{stream}"]),
    ("workspaces/new", &["POST workspaces"]),
    ("workspaces/{workspace}/add", &["POST workspaces/{workspace}/memberships"]),
    ("workspaces/{workspace}/agents/{agent}/block", &["PUT workspaces/{workspace}/overrides/{agent}"]),
    ("workspaces/{workspace}/agents/{agent}/lift", &["DELETE workspaces/{workspace}/overrides/{agent}"]),
    ("workspaces/{workspace}/members/{person}/remove", &["DELETE workspaces/{workspace}/members/{user}"]),
    (
        "workspaces/{workspace}/memberships/{membership}/remove",
        &["DELETE workspaces/{workspace}/memberships/{membership}"],
    ),
    ("workspaces/{workspace}/rules", &["PATCH workspaces/{workspace}"]),
    ("workspaces/{workspace}/servers", &["PUT workspaces/{workspace}/servers/{server}"]),
    ("workspaces/{workspace}/servers/{server}/detach", &["DELETE workspaces/{workspace}/servers/{server}"]),
];

/// The forms of a person, and the operations that do the same.
const OWN: &[(&str, &[&str])] = &[
    ("/account/sessions/end-everywhere", &["DELETE /v1/me/sessions", "DELETE /v1/me/sessions/{session}"]),
    ("/account/sessions/end-others", &["DELETE /v1/me/sessions"]),
    ("/account/sessions/{id}/end", &["DELETE /v1/me/sessions/{session}"]),
    ("/choose/ask", &["POST /v1/me/identity-requests"]),
];

/// How a person proves who they are is theirs alone: a program that could change it could become them.
const PROOF: &str = "how a person proves who they are is changed by that person at a browser";
/// Nobody is signed in yet, so there is nobody whom a program could act for.
const BEFORE: &str = "whoever sends it is not signed in yet";
/// What a browser remembers of how pages look is nothing of the organization's.
const BROWSER: &str = "it is remembered by the browser alone";
/// What is typed on the first pages of a form waits for the last one.
const DRAFT: &str = "nothing is made before the last page, which has its operations";

/// The forms that have no operation, and why.
const PAGES_ALONE: &[(&str, &str)] = &[
    ("/account/authenticator", PROOF),
    ("/account/authenticator/new", PROOF),
    ("/account/keys", BROWSER),
    ("/account/passkeys", PROOF),
    ("/account/passkeys/{id}/remove", PROOF),
    ("/account/password", PROOF),
    ("/account/password/remove", PROOF),
    ("/account/recovery-codes", PROOF),
    ("/account/zone", BROWSER),
    ("/invitations/{token}", BEFORE),
    ("/o/{org}/agents/new/{draft}/key", DRAFT),
    ("/o/{org}/agents/new/{draft}/name", DRAFT),
    ("/o/{org}/agents/new/{draft}/owner", DRAFT),
    ("/o/{org}/agents/new/{draft}/scope", DRAFT),
    ("/o/{org}/demo/remove", "only the demo has it, for whoever looks at it in a browser"),
    ("/set-up/{token}", "whoever has the link is no member, and may do nothing else"),
    ("/sign-in", BEFORE),
    ("/sign-in/link/{secret}", BEFORE),
    ("/sign-in/passkey", BEFORE),
    ("/sign-in/password", BEFORE),
    ("/sign-out", "it ends the session of that browser; a key is revoked instead"),
    ("/sign-up", BEFORE),
    ("/start/{secret}", BEFORE),
    ("/step-up", PROOF),
    ("/step-up/passkey", PROOF),
    ("/theme", BROWSER),
];

/// The operations on an organization or a person that have no form, and why.
const PROGRAMS_ALONE: &[(&str, &str)] = &[(
    "DELETE /v1/orgs/{org}/groups/{group}",
    "a directory removes its groups by itself; this is for what one that is gone has left behind",
)];

/// What is sent to these is no form of a page: it comes from programs of others.
const DOORS: [&str; 5] = ["/v1/", "/access/", "/scim/", "/t/", "/sso/logout/"];

/// The forms that pages have.
fn forms() -> BTreeSet<String> {
    let sent = mounted().into_iter().filter(|(_, method)| *method == Some("POST")).map(|(path, _)| path);
    let forms: BTreeSet<String> =
        sent.filter(|path| !DOORS.iter().any(|door| path.starts_with(door))).collect();
    assert!(forms.len() > 100, "only {} forms were found", forms.len());
    forms
}

/// What programs ask of an organization or a person, as `METHOD path`.
fn operations() -> BTreeSet<String> {
    let is_ours = |path: &str| path.starts_with("/v1/orgs") || path.starts_with("/v1/me");
    let ours = mounted().into_iter().filter(|(path, _)| is_ours(path));
    ours.filter_map(|(path, method)| method.map(|method| format!("{method} {path}"))).collect()
}

/// An operation as the table of an organization's forms writes it, in full.
fn in_full(operation: &str) -> String {
    let (method, path) = operation.split_once(' ').expect("a method and a path");
    format!("{method} /v1/orgs/{{org}}/{path}").trim_end_matches('/').to_owned()
}

/// Every form that has operations, with each of them.
fn alike() -> Vec<(String, Vec<String>)> {
    let here = ALIKE.iter().map(|(form, operations)| {
        (format!("/o/{{org}}/{form}"), operations.iter().map(|operation| in_full(operation)).collect())
    });
    let own = OWN.iter().map(|(form, operations)| {
        ((*form).to_owned(), operations.iter().map(|operation| (*operation).to_owned()).collect())
    });
    here.chain(own).collect()
}

#[test]
fn every_form_has_an_operation_or_a_reason_for_none() {
    let alike = alike();
    let reasons = PAGES_ALONE.iter().map(|(form, _)| (*form).to_owned());
    let told: Vec<String> = alike.iter().map(|(form, _)| form.clone()).chain(reasons).collect();
    let known: BTreeSet<String> = told.iter().cloned().collect();
    assert_eq!(known.len(), told.len(), "a form is in the tables once");
    let forms = forms();
    let missing: Vec<&String> = forms.difference(&known).collect();
    assert!(missing.is_empty(), "say in tests/it/walk/both.rs what a program does instead of {missing:#?}");
    let gone: Vec<&String> = known.difference(&forms).collect();
    assert!(gone.is_empty(), "no page has these forms any more: {gone:#?}");
}

#[test]
fn every_operation_that_is_named_is_there() {
    let there = operations();
    let named = alike().into_iter().flat_map(|(form, operations)| {
        operations.into_iter().map(move |operation| (form.clone(), operation))
    });
    let missing: Vec<(String, String)> = named.filter(|(_, operation)| !there.contains(operation)).collect();
    assert!(missing.is_empty(), "the API has no such operations: {missing:#?}");
}

#[test]
fn every_operation_has_a_form_or_a_reason_for_none() {
    let named: BTreeSet<String> = alike().into_iter().flat_map(|(_, operations)| operations).collect();
    let alone = PROGRAMS_ALONE.iter().map(|(operation, _)| (*operation).to_owned());
    let alone: BTreeSet<String> = alone.collect();
    let changing = operations().into_iter().filter(|operation| !operation.starts_with("GET "));
    let formless: BTreeSet<String> = changing.filter(|operation| !named.contains(operation)).collect();
    assert_eq!(formless, alone, "say in tests/it/walk/both.rs which form of a page does the same");
}
