//! Creating an organization, renaming it, and its stop button.

use app::organizations::{FirstOwner, NewOrganization, release_agents, stop_agents, update};
use decision::{Action, Caller, Means, Reason};
use model::{Holder, OrganizationRole, PrincipalId, Revision, Stop};

use crate::harness::{House, Refused, found, refusal};
use crate::office::Office;

#[tokio::test]
async fn a_new_organization_can_be_managed_by_its_first_owner_at_once() {
    let house = House::new().await;
    let facts = house.facts();
    assert_eq!(facts.revision(), Revision(1), "one transaction");
    assert_eq!(facts.member(house.owner).unwrap().role, OrganizationRole::Owner);
    let (organization, caller) = house.app.engine.caller(&house.owner_key, None).await.expect("a caller");
    assert_eq!(organization, house.organization);
    assert_eq!(caller.principal, Some(PrincipalId::User(house.owner)));
    let request = app::Request { caller, ..house.by(house.owner) };
    let renamed = house.app.change(request, |p| update(p, Some("Northwind".parse().unwrap()))).await;
    assert_eq!(renamed.expect("a new name").revision, Revision(2));
    house.settle().await;
}

#[tokio::test]
async fn creating_one_leaves_evidence_of_the_operators_permit() {
    let house = House::new().await;
    let changes = house.app.store.changes_after(house.organization, Revision(0), 10).await.unwrap();
    assert_eq!(changes.len(), 4, "organization, user, membership and key");
    for change in changes {
        assert_eq!(change.action, Action::OrganizationCreate.name());
        assert_eq!((change.actor.principal, change.revision), (None, Revision(1)));
        assert!(change.decision.is_some());
    }
}

#[tokio::test]
async fn a_slug_names_one_organization_and_is_no_id() {
    let house = House::new().await;
    let (other, ..) = found(&house.app, "contoso", "Jonas Weber").await;
    assert_ne!(other, house.organization);
    for (slug, refused) in [
        ("northwind".to_owned(), Refused::Conflict("taken")),
        (house.organization.to_string(), Refused::Invalid(vec!["slug".to_owned()])),
    ] {
        let new = NewOrganization {
            slug: slug.parse().unwrap(),
            name: "Another".parse().unwrap(),
            owner: FirstOwner { name: "Ada".parse().unwrap(), email: None },
        };
        assert_eq!(refusal(house.app.create_organization(new).await), refused, "{slug}");
    }
    assert_eq!(house.app.store.organizations().await.unwrap().len(), 2, "nothing half-made is left");
    house.settle().await;
}

#[tokio::test]
async fn the_first_owners_address_has_to_be_one() {
    let house = House::new().await;
    for email in ["maya", "@example.com", "maya@", "maya chen@example.com", &format!("{}@x", "m".repeat(254))]
    {
        let owner = FirstOwner { name: "Maya".parse().unwrap(), email: Some(email.to_owned()) };
        let new = NewOrganization { slug: "adatum".parse().unwrap(), name: "Adatum".parse().unwrap(), owner };
        let refused = refusal(house.app.create_organization(new).await);
        assert_eq!(refused, Refused::Invalid(vec!["owner.email".to_owned()]), "{email}");
    }
}

#[tokio::test]
async fn the_stop_button_stops_every_agent_in_one_operation_and_lets_go_again() {
    let office = Office::new().await;
    let (_, first) = office.colleague("Ada").await;
    let (_, second) = office.colleague("Bob").await;
    let owner = office.house.owner;
    assert_eq!(office.reads(&first).await, Reason::Granted);

    let before = office.house.facts().revision();
    let stopped = office.house.run(owner, |p| stop_agents(p, " a strange run ")).await.expect("stopped");
    assert_eq!(stopped.revision, before.next());
    assert!(stopped.receipt.complete && stopped.receipt.revision == stopped.revision);
    match &stopped.value.stop {
        Stop::Pressed(because) => assert_eq!(because.reason, "a strange run"),
        Stop::Released => panic!("not pressed"),
    }
    for agent in [&first, &second] {
        assert_eq!(office.reads(agent).await, Reason::AgentsStopped);
    }
    assert_eq!(refusal(office.house.run(owner, |p| stop_agents(p, "")).await), Refused::Conflict("state"));

    office.house.run(owner, |p| release_agents(p, "looked into it")).await.expect("released");
    for agent in [&first, &second] {
        assert_eq!(office.reads(agent).await, Reason::Granted, "each is again what its own state says");
    }
    assert_eq!(refusal(office.house.run(owner, |p| release_agents(p, "")).await), Refused::Conflict("state"));
    office.house.settle().await;
}

#[tokio::test]
async fn only_owners_and_administrators_press_it_and_only_people() {
    let office = Office::new().await;
    let admin = office.person("Admin", OrganizationRole::Admin).await;
    for role in [OrganizationRole::Member, OrganizationRole::Auditor, OrganizationRole::Guest] {
        let user = office.person("Somebody", role).await;
        let refused = refusal(office.house.run(user, |p| stop_agents(p, "")).await);
        assert_eq!(refused, Refused::Denied(Reason::RoleTooLow), "{role:?}");
    }
    let (_, agent) = office.colleague("Ada").await;
    let key = office.house.facts().keys_of(Holder::Agent(agent.id)).next().unwrap().id;
    for (means, reason) in [
        (Means::OtherCredential, Reason::PeopleOnly),
        (Means::ManagementKey(key), Reason::PeopleOnly),
        (Means::Operator, Reason::OperatorOnly),
    ] {
        let caller = Caller { principal: Some(PrincipalId::Agent(agent.id)), means };
        let request = app::Request { caller, ..office.house.by(admin) };
        let refused = refusal(office.house.app.change(request, |p| stop_agents(p, "")).await);
        assert_eq!(refused, Refused::Denied(reason), "{means:?}");
    }
    office.house.run(admin, |p| stop_agents(p, "")).await.expect("an administrator may");
}

#[tokio::test]
async fn a_rename_on_an_older_version_is_refused() {
    let house = House::new().await;
    let version = app::version_of(&(**house.facts().organization().unwrap()).clone().into());
    let renaming = |name: &str| {
        let name = name.parse().unwrap();
        move |p: &app::Planning<'_>| update(p, Some(name))
    };
    let request = app::Request { if_match: Some(format!("\"{version}\"")), ..house.by(house.owner) };
    house.app.change(request.clone(), renaming("First")).await.expect("nobody came between");
    assert_eq!(refusal(house.app.change(request, renaming("Second")).await), Refused::Stale);
    assert_eq!(house.facts().organization().unwrap().name.as_str(), "First");
}
