//! Servers and tools that people enter by hand.

use app::Error;
use app::servers::{NewServer, NewTool, ServerPatch, ToolPatch, create, remove, update, update_tool};
use decision::Reason;
use model::{CredentialMode, IdentityMode, OrganizationRole, Risk, Server, ServerState};
use serde_json::json;

use crate::office::Office;

async fn server(office: &Office, slug: &str) -> Result<Server, Error> {
    let new = NewServer {
        slug: slug.parse().unwrap(),
        name: "A server".parse().unwrap(),
        url: None,
        credential_mode: CredentialMode::Shared,
        identity_mode: IdentityMode::Agent,
    };
    office.house.run(office.house.owner, |p| create(p, new)).await.map(|changed| changed.value)
}

#[tokio::test]
async fn a_removed_server_is_offered_nowhere_and_its_slug_is_never_used_again() {
    let office = Office::new().await;
    let (_, agent) = office.colleague("Nils Berg").await;
    let house = &office.house;
    assert_eq!(office.reads(&agent).await, Reason::Granted);
    let before = house.facts().revision();
    let removed = house.run(house.owner, |p| remove(p, office.server, "retired")).await.expect("gone");
    assert_eq!(removed.revision, before.next());
    let facts = house.facts();
    let kept = facts.server(office.server).expect("it stays");
    assert!(matches!(&kept.state, ServerState::Removed(b) if b.reason == "retired"));
    assert_eq!(facts.places_of(office.server).count(), 0);
    assert_ne!(office.reads(&agent).await, Reason::Granted);
    let again = server(&office, "files").await;
    assert!(matches!(again, Err(Error::Conflict { code: "taken", .. })), "{again:?}");
    for late in [
        house.run(house.owner, |p| update(p, office.server, ServerPatch::default())).await,
        house.run(house.owner, |p| remove(p, office.server, "")).await,
    ] {
        assert!(matches!(late, Err(Error::Conflict { code: "state", .. })), "{late:?}");
    }
    let uuid_slug = server(&office, "0197f0a0-0000-7000-8000-000000000000").await;
    assert!(matches!(&uuid_slug, Err(Error::Invalid(f)) if f[0].field == "slug"), "{uuid_slug:?}");
}

#[tokio::test]
async fn a_tool_entered_by_hand_is_reviewed_by_being_written() {
    let office = Office::new().await;
    let house = &office.house;
    let (nils, agent) = office.colleague("Nils Berg").await;
    let new = |name: &str| NewTool {
        name: name.parse().unwrap(),
        title: "Copy".to_owned(),
        description: Some("Copies a file.".to_owned()),
        input_schema: Some(json!({"type": "object", "properties": {"from": {"type": "string"}}})),
        risk: Risk::Write,
    };
    let refused = house.app.add_tool(house.by(nils), office.server, new("copy")).await;
    assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
    let tool =
        house.app.add_tool(house.by(house.owner), office.server, new("copy")).await.expect("a tool").value;
    assert_eq!(office.call(&agent.key, "copy").await, Reason::Granted);
    let kept = house.app.definition(house.organization, tool.definition).await.expect("the store answers");
    assert_eq!(kept.expect("kept")["description"], "Copies a file.");
    let twice = house.app.add_tool(house.by(house.owner), office.server, new("copy")).await;
    assert!(matches!(twice, Err(Error::Conflict { code: "taken", .. })), "{twice:?}");
    house.app.add_tool(house.by(house.owner), office.server, new("Copy")).await.expect("case counts");
    let array = NewTool { input_schema: Some(json!([])), ..new("other") };
    let array = house.app.add_tool(house.by(house.owner), office.server, array).await;
    assert!(matches!(&array, Err(Error::Invalid(f)) if f[0].field == "input_schema"), "{array:?}");

    let patch = ToolPatch { title: Some(String::new()), risk: Some(Risk::Destructive) };
    let after = house.run(house.owner, |p| update_tool(p, tool.id, patch)).await.expect("a change").value;
    assert_eq!((after.title.as_str(), after.risk, after.is_reviewed()), ("", Risk::Destructive, true));
    let hidden = ToolPatch { title: Some("a\u{202E}b".to_owned()), risk: None };
    let hidden = house.run(house.owner, |p| update_tool(p, tool.id, hidden)).await;
    assert!(matches!(&hidden, Err(Error::Invalid(f)) if f[0].field == "title"), "{hidden:?}");
}

/// Whoever may not even know of servers is told what a missing one would be told.
#[tokio::test]
async fn a_guest_cannot_tell_a_server_from_none() {
    let office = Office::new().await;
    let guest = office.person("Gus Hale", OrganizationRole::Guest).await;
    let hidden = office.house.run(guest, |p| update(p, office.server, ServerPatch::default())).await;
    assert!(matches!(hidden, Err(Error::Hidden(_))), "{hidden:?}");
    let created = NewServer {
        slug: "theirs".parse().unwrap(),
        name: "Theirs".parse().unwrap(),
        url: None,
        credential_mode: CredentialMode::Shared,
        identity_mode: IdentityMode::Agent,
    };
    let refused = office.house.run(guest, |p| create(p, created)).await;
    assert!(matches!(refused, Err(Error::Denied(_))), "nothing to hide: {refused:?}");
}
