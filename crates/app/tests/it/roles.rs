//! Roles: what they give, what is refused, and what goes with them.

use app::Error;
use app::roles::{
    NewGrant, NewRole, Regrant, RolePatch, add_grant, create, grants_on, grants_version, regrant, remove,
    remove_grant, update,
};
use decision::Reason;
use model::{Constraint, Member, Operator, RoleId};
use serde_json::{Value, json};

use crate::office::Office;

async fn role(office: &Office, name: &str) -> Result<RoleId, Error> {
    let new = NewRole { name: name.parse().unwrap(), purpose: String::new() };
    office.house.run(office.house.owner, |p| create(p, new)).await.map(|changed| changed.value.id)
}

fn constraint(pointer: &str, operator: Operator, value: Value) -> Constraint {
    Constraint { pointer: pointer.to_owned(), operator, value }
}

#[tokio::test]
async fn with_a_role_go_its_grants_and_its_places_in_one_revision() {
    let office = Office::new().await;
    let house = &office.house;
    let (only, their_agent) = office.colleague("Nils Berg").await;
    let (both, agent_of_both) = office.colleague("Aude Roux").await;
    let second = role(&office, "Reader").await.expect("a role");
    let grant = NewGrant {
        role: second,
        server: office.server,
        tools: "read".parse().unwrap(),
        constraints: Vec::new(),
    };
    house.run(house.owner, |p| add_grant(p, grant)).await.expect("a grant");
    let enter =
        |p: &app::Planning<'_>| app::workspaces::enter(p, office.workspace, Member::User(both), second);
    house.run(house.owner, enter).await.expect("a second role");
    assert_eq!(office.call(&their_agent.key, "write").await, Reason::Granted);

    let before = house.facts().revision();
    let removed = house.run(house.owner, |p| remove(p, office.role)).await.expect("gone");
    assert_eq!((removed.revision, removed.value.grants, removed.value.memberships), (before.next(), 1, 2));
    let facts = house.facts();
    assert!(facts.role(office.role).is_none());
    assert_eq!(facts.grants_of(office.role).count(), 0);
    assert_eq!(facts.workspaces_of(Member::User(only)).count(), 0);
    assert_eq!(office.call(&their_agent.key, "read").await, Reason::NotAMember);
    assert_eq!(office.call(&agent_of_both.key, "read").await, Reason::Granted, "through the other role");
    assert_eq!(office.call(&agent_of_both.key, "write").await, Reason::NotGranted);
    assert_eq!(house.app.store.load(house.organization).await.unwrap().as_ref(), Some(&*facts));
}

#[tokio::test]
async fn no_two_roles_have_one_name() {
    let office = Office::new().await;
    let reader = role(&office, "Reader").await.expect("a role");
    let twice = role(&office, " Reader ").await;
    assert!(matches!(twice, Err(Error::Conflict { code: "taken", .. })), "{twice:?}");
    let rename = |name: &str| RolePatch { name: Some(name.parse().unwrap()), purpose: None };
    let taken = office.house.run(office.house.owner, |p| update(p, reader, rename("Engineer"))).await;
    assert!(matches!(taken, Err(Error::Conflict { code: "taken", .. })), "{taken:?}");
    office
        .house
        .run(office.house.owner, |p| update(p, reader, rename("Reader")))
        .await
        .expect("its own name");
}

#[tokio::test]
async fn a_grant_says_only_what_can_be_compared() {
    let office = Office::new().await;
    let nowhere = office.house.draw(model::ServerId::draw);
    let amount = || constraint("/amount", Operator::AtMost, json!(100));
    for (server, constraints, wrong) in [
        (nowhere, vec![], "server"),
        (office.server, vec![amount(), constraint("amount", Operator::Equals, json!(1))], "constraints[1]"),
        (office.server, vec![constraint("/amount", Operator::AtMost, json!("100"))], "constraints[0]"),
        (office.server, vec![constraint("/to", Operator::In, json!("ops"))], "constraints[0]"),
        (office.server, vec![constraint("/to", Operator::StartsWith, json!(7))], "constraints[0]"),
        (
            office.server,
            vec![constraint(&"/x".repeat(200), Operator::Equals, json!(1))],
            "constraints[0].pointer",
        ),
        (
            office.server,
            vec![constraint("/to", Operator::Equals, json!("x".repeat(5000)))],
            "constraints[0].value",
        ),
        (office.server, (0..21).map(|_| amount()).collect(), "constraints"),
    ] {
        let new = NewGrant { role: office.role, server, tools: "read".parse().unwrap(), constraints };
        let refused = office.house.run(office.house.owner, |p| add_grant(p, new)).await;
        assert!(matches!(&refused, Err(Error::Invalid(f)) if f[0].field == wrong), "{wrong}: {refused:?}");
    }
    let good = || NewGrant {
        role: office.role,
        server: office.server,
        tools: "read".parse().unwrap(),
        constraints: vec![amount()],
    };
    let grant = office.house.run(office.house.owner, |p| add_grant(p, good())).await.expect("a grant").value;
    let twice = office.house.run(office.house.owner, |p| add_grant(p, good())).await;
    assert!(matches!(twice, Err(Error::Conflict { code: "taken", .. })), "{twice:?}");
    let other = role(&office, "Reader").await.expect("a role");
    let elsewhere = office.house.run(office.house.owner, |p| remove_grant(p, other, grant.id)).await;
    assert!(matches!(elsewhere, Err(Error::NotFound(_))), "{elsewhere:?}");
    office.house.run(office.house.owner, |p| remove_grant(p, office.role, grant.id)).await.expect("gone");
    office.house.run(office.house.owner, |p| add_grant(p, good())).await.expect("free again");
}

#[tokio::test]
async fn grants_of_several_roles_change_in_one_revision_or_not_at_all() {
    let office = Office::new().await;
    let (house, server) = (&office.house, office.server);
    let (_, agent) = office.colleague("Nils Berg").await;
    let reader = role(&office, "Reader").await.expect("a role");
    let everything = grants_on(&house.facts(), server).first().map(|grant| grant.id).expect("a grant");
    let line = |role, tool: &str| (role, tool.parse().unwrap(), Vec::new());
    let before = (house.facts().revision(), grants_version(&house.facts(), server));
    let wanted =
        || Regrant { add: vec![line(office.role, "read"), line(reader, "write")], remove: vec![everything] };

    let nowhere = house.draw(RoleId::draw);
    for (wrong, field) in [
        (Regrant { add: vec![line(nowhere, "read")], ..wanted() }, "add[0].role"),
        (Regrant { remove: vec![everything, house.draw(model::GrantId::draw)], ..wanted() }, "remove"),
        (Regrant { add: vec![line(reader, "read"); 501], ..wanted() }, "add"),
    ] {
        let refused = house.run(house.owner, |p| regrant(p, server, wrong)).await;
        assert!(matches!(&refused, Err(Error::Invalid(f)) if f[0].field == field), "{field}: {refused:?}");
    }
    assert_eq!(office.call(&agent.key, "write").await, Reason::Granted);

    let changed = house.run(house.owner, |p| regrant(p, server, wanted())).await.expect("other grants");
    assert_eq!(changed.revision, before.0.next());
    assert_eq!((changed.value.added.len(), changed.value.removed.len()), (2, 1));
    assert_eq!(office.call(&agent.key, "read").await, Reason::Granted);
    assert_eq!(office.call(&agent.key, "write").await, Reason::NotGranted);
    let again = Regrant { add: vec![line(reader, "write"), line(reader, "write")], remove: Vec::new() };
    let again = house.run(house.owner, |p| regrant(p, server, again)).await.expect("nothing to do");
    assert!(again.value.added.is_empty(), "a grant that is there is not made again");

    let stale = app::Request { if_match: Some(before.1), ..house.by(house.owner) };
    let stale = house.app.change(stale, |p| regrant(p, server, wanted())).await;
    assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");
    house.settle().await;
}
