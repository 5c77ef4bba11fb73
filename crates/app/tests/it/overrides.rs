//! How a workspace narrows an agent.

use app::overrides::{Narrowing, lift, put};
use app::{Planning, Request};
use decision::Reason;
use model::{AgentId, OrganizationRole, ServerId};

use crate::harness::{Refused, found, refusal};
use crate::office::Office;

fn blocked() -> Narrowing {
    Narrowing { blocked: true, denied: Vec::new() }
}

fn without(office: &Office, tools: &str) -> Narrowing {
    Narrowing { blocked: false, denied: vec![(office.server, tools.parse().unwrap())] }
}

#[tokio::test]
async fn a_narrowing_holds_from_the_next_call_until_it_is_lifted() {
    let office = Office::new().await;
    let (_, agent) = office.colleague("Ada").await;
    let (_, other) = office.colleague("Bob").await;
    let owner = office.house.owner;
    let place = office.workspace;
    let narrow = async |wanted: Narrowing| {
        office.house.run(owner, |p| put(p, place, agent.id, wanted)).await.expect("narrowed").value.id
    };
    let first = narrow(without(&office, "wri*")).await;
    assert_eq!(office.call(&agent.key, "write").await, Reason::BlockedHere);
    assert_eq!(office.call(&agent.key, "read").await, Reason::Granted);
    let second = narrow(blocked()).await;
    assert_eq!(first, second, "one narrowing, replaced");
    assert_eq!(office.call(&agent.key, "read").await, Reason::BlockedHere);
    assert_eq!(office.reads(&other).await, Reason::Granted, "nobody else is disturbed");
    let before = office.house.facts().revision();
    narrow(blocked()).await;
    assert_eq!(office.house.facts().revision(), before, "blocking twice changes nothing");
    office.house.settle().await;

    office.house.run(owner, |p| lift(p, place, agent.id)).await.expect("lifted");
    assert_eq!(office.call(&agent.key, "write").await, Reason::Granted);
    assert_eq!(refusal(office.house.run(owner, |p| lift(p, place, agent.id)).await), Refused::NotFound);
    office.house.settle().await;
}

#[tokio::test]
async fn what_cannot_be_a_narrowing_is_told_field_by_field() {
    let office = Office::new().await;
    let (_, agent) = office.colleague("Ada").await;
    let owner = office.house.owner;
    let unknown = office.house.draw(ServerId::draw);
    let every = "*".parse::<model::ToolPattern>().unwrap();
    let many = vec![(office.server, every.clone()); 201];
    for (denied, field) in [
        (Vec::new(), "denied"),
        (many, "denied"),
        (vec![(office.server, every.clone()), (unknown, every.clone())], "denied[1].server"),
    ] {
        let wanted = Narrowing { blocked: false, denied };
        let refused = refusal(office.house.run(owner, |p| put(p, office.workspace, agent.id, wanted)).await);
        assert_eq!(refused, Refused::Invalid(vec![field.to_owned()]));
    }
    let nobody = office.house.draw(AgentId::draw);
    let refused = refusal(office.house.run(owner, |p| put(p, office.workspace, nobody, blocked())).await);
    assert_eq!(refused, Refused::NotFound);
}

#[tokio::test]
async fn narrowing_is_for_those_who_administer_and_not_for_the_agents_owner() {
    let office = Office::new().await;
    let (ada, agent) = office.colleague("Ada").await;
    let auditor = office.person("Auditor", OrganizationRole::Auditor).await;
    for user in [ada, auditor] {
        let outcome = office.house.run(user, |p| put(p, office.workspace, agent.id, blocked())).await;
        assert_eq!(refusal(outcome), Refused::Denied(Reason::RoleTooLow));
    }
    let admin = office.person("Admin", OrganizationRole::Admin).await;
    office
        .house
        .run(admin, |p| put(p, office.workspace, agent.id, blocked()))
        .await
        .expect("an administrator may");
    let outcome = office.house.run(ada, |p| lift(p, office.workspace, agent.id)).await;
    assert_eq!(refusal(outcome), Refused::Denied(Reason::RoleTooLow), "nor does the owner lift it");
    assert_eq!(office.reads(&agent).await, Reason::BlockedHere);
}

#[tokio::test]
async fn another_organizations_agent_is_found_only_where_its_owner_is_a_guest() {
    let office = Office::new().await;
    let app = &office.house.app;
    let (_, _, brought) = office.guest().await;
    let (elsewhere, stranger, _) = found(app, "adatum", "Ines Costa").await;
    let strange = office.agent(elsewhere, stranger).await;
    let narrow = async |agent: AgentId, named: Option<&str>| {
        let home = app.home_of_agent(agent, named).await?;
        let request = Request { home: Some(home), ..office.house.by(office.house.owner) };
        app.change(request, |p: &Planning<'_>| put(p, office.workspace, agent, blocked())).await
    };
    narrow(brought.id, None).await.expect("a guest's agent is here");
    narrow(brought.id, Some("contoso")).await.expect("and its organization may be said");
    assert_eq!(refusal(narrow(brought.id, Some("adatum")).await), Refused::NotFound, "it has to be right");
    assert_eq!(refusal(narrow(brought.id, Some("nobody")).await), Refused::NotFound);
    assert_eq!(refusal(narrow(strange.id, None).await), Refused::NotFound, "as if there were none");
    assert_eq!(refusal(narrow(office.house.draw(AgentId::draw), None).await), Refused::NotFound);
}
