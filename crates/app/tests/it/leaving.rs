//! What a person loses, their agents lose in the same revision.

use app::{agents, members, workspaces};
use decision::Reason;
use model::{AgentState, Holder, KeyState, Member, OrganizationRole, UserId};

use crate::harness::{Refused, refusal};
use crate::office::{Acting, Office};

/// Whether every key of the agent is revoked, and how many there are.
fn keys_revoked(office: &Office, agent: &Acting) -> (bool, usize) {
    let facts = office.house.facts();
    let mut keys = facts.keys_of(Holder::Agent(agent.id));
    let count = facts.keys_of(Holder::Agent(agent.id)).count();
    (keys.all(|key| matches!(key.state, KeyState::Revoked(_))), count)
}

fn state(office: &Office, agent: &Acting) -> &'static str {
    office.house.facts().agent(agent.id).unwrap().state.as_str()
}

fn owner_of(office: &Office, agent: &Acting) -> UserId {
    office.house.facts().agent(agent.id).unwrap().owner
}

#[tokio::test]
async fn taking_a_person_out_of_a_workspace_takes_their_agents_out() {
    let office = Office::new().await;
    let (ada, agent) = office.colleague("Ada").await;
    let (_, other) = office.colleague("Bob").await;
    assert_eq!(office.reads(&agent).await, Reason::Granted);

    let before = office.house.facts().revision();
    let leave = |p: &app::Planning<'_>| workspaces::leave(p, office.workspace, ada, "moved teams");
    let left = office.house.run(office.house.owner, leave).await.expect("out");
    assert_eq!(left.revision, before.next(), "one transaction");
    assert_eq!(left.value.agents_out, [agent.id]);
    assert_eq!(left.value.cut.workspace_memberships.len(), 1);
    assert!(left.value.cut.agents.is_empty() && left.value.cut.keys.is_empty(), "they act on elsewhere");
    assert_eq!(office.reads(&agent).await, Reason::NotAMember, "the very next call");
    assert_eq!(office.reads(&other).await, Reason::Granted, "nobody else is disturbed");

    office.enter(ada).await;
    assert_eq!(office.reads(&agent).await, Reason::Granted, "inheritance is computed, never copied");
    office.house.settle().await;
}

#[tokio::test]
async fn suspending_a_person_latches_their_agents_and_revokes_their_keys_in_one_revision() {
    let office = Office::new().await;
    let (ada, agent) = office.colleague("Ada").await;
    let spare = office.key(office.house.organization, ada, agent.id).await;
    let (_, other) = office.colleague("Bob").await;

    let before = office.house.facts().revision();
    let suspend = |p: &app::Planning<'_>| members::suspend(p, ada, "left the company");
    let suspended = office.house.run(office.house.owner, suspend).await.expect("suspended");
    assert_eq!(suspended.revision, before.next(), "one transaction");
    assert!(suspended.receipt.complete);
    let (membership, cut) = suspended.value;
    assert!(!membership.is_active());
    assert_eq!(cut.agents, [agent.id]);
    assert_eq!(cut.keys.len(), 2, "every key that could still be used");
    assert!(cut.workspace_memberships.is_empty(), "a suspended person keeps their places");
    assert_eq!(keys_revoked(&office, &agent), (true, 2));
    match &office.house.facts().agent(agent.id).unwrap().state {
        AgentState::Unowned(because) => assert_eq!(because.reason, "left the company"),
        other => panic!("{other:?}"),
    }
    for key in [&agent.key, &spare] {
        assert_eq!(office.call(key, "read").await, Reason::CredentialRevoked);
    }
    assert_eq!(office.reads(&other).await, Reason::Granted, "nobody else is disturbed");
    office.house.settle().await;
}

#[tokio::test]
async fn a_suspended_person_manages_nothing_with_any_key() {
    let office = Office::new().await;
    let second = office.person("Second", OrganizationRole::Owner).await;
    assert!(office.house.app.engine.caller(&office.house.owner_key, None).await.is_ok());
    office.house.run(second, |p| members::suspend(p, office.house.owner, "")).await.expect("suspended");
    assert!(
        office.house.app.engine.caller(&office.house.owner_key, None).await.is_err(),
        "the key is revoked"
    );
    let refused =
        refusal(office.house.run(office.house.owner, |p| members::resume(p, office.house.owner)).await);
    assert_eq!(refused, Refused::Hidden, "a session that outlived it");
}

#[tokio::test]
async fn bringing_a_person_back_revives_neither_agents_nor_keys() {
    let office = Office::new().await;
    let (ada, agent) = office.colleague("Ada").await;
    let owner = office.house.owner;
    office.house.run(owner, |p| members::suspend(p, ada, "")).await.expect("suspended");
    let resumed = office.house.run(owner, |p| members::resume(p, ada)).await.expect("resumed");
    assert!(resumed.value.is_active());
    assert_eq!(state(&office, &agent), "unowned");
    assert_eq!(keys_revoked(&office, &agent), (true, 1));
    assert_eq!(office.reads(&agent).await, Reason::CredentialRevoked);
    let resume = |p: &app::Planning<'_>| agents::resume(p, agent.id);
    assert_eq!(
        refusal(office.house.run(ada, resume).await),
        Refused::Conflict("state"),
        "only taking it over opens the latch"
    );

    office.house.run(owner, |p| agents::hand_over(p, agent.id, ada)).await.expect("taken over again");
    assert_eq!(office.reads(&agent).await, Reason::CredentialRevoked, "the old key never works again");
    let key = office.key(office.house.organization, ada, agent.id).await;
    assert_eq!(office.call(&key, "read").await, Reason::Granted);
    office.house.settle().await;
}

#[tokio::test]
async fn handing_over_first_keeps_the_agents_at_work() {
    let office = Office::new().await;
    let (ada, agent) = office.colleague("Ada").await;
    let (bob, _) = office.colleague("Bob").await;
    let owner = office.house.owner;
    let handed = office.house.run(owner, |p| agents::hand_over_all(p, ada, bob)).await.expect("handed over");
    assert_eq!(handed.value, [agent.id]);

    let removed = office.house.run(owner, |p| members::remove(p, ada, "retired")).await.expect("removed");
    assert_eq!(removed.value.agents, [], "nothing is left to be cut");
    assert_eq!(removed.value.keys, []);
    assert_eq!(removed.value.workspace_memberships.len(), 1);
    assert_eq!((state(&office, &agent), owner_of(&office, &agent)), ("live", bob));
    assert_eq!(office.reads(&agent).await, Reason::Granted, "with the key it always had");
    assert!(office.house.facts().member(ada).is_none());
    assert!(office.house.facts().user(ada).is_some(), "the evidence still has a name for them");
    office.house.settle().await;
}

#[tokio::test]
async fn an_agent_handed_over_has_its_new_owners_access() {
    let office = Office::new().await;
    let (ada, agent) = office.colleague("Ada").await;
    let outsider = office.person("Carol", OrganizationRole::Member).await;
    office.house.run(ada, |p| agents::hand_over_all(p, ada, outsider)).await.expect("their own to give");
    assert_eq!(office.reads(&agent).await, Reason::NotAMember, "the new owner is not in the workspace");
    office.enter(outsider).await;
    assert_eq!(office.reads(&agent).await, Reason::Granted);
}

#[tokio::test]
async fn removing_a_person_cuts_what_suspending_cuts_and_their_places() {
    let office = Office::new().await;
    let (ada, agent) = office.colleague("Ada").await;
    let owner = office.house.owner;
    let removed = office.house.run(owner, |p| members::remove(p, ada, "")).await.expect("removed");
    assert_eq!(removed.value.agents, [agent.id]);
    assert_eq!((removed.value.keys.len(), removed.value.workspace_memberships.len()), (1, 1));
    let facts = office.house.facts();
    assert!(facts.member(ada).is_none() && facts.workspaces_of(Member::User(ada)).next().is_none());
    assert_eq!((state(&office, &agent), owner_of(&office, &agent)), ("unowned", ada));

    let known = members::Who::Known { user: ada, person: None, email: None };
    office.house.run(owner, |p| members::add(p, known, OrganizationRole::Member)).await.expect("back again");
    office.enter(ada).await;
    assert_eq!(state(&office, &agent), "unowned", "coming back opens no latch");
    assert_eq!(office.reads(&agent).await, Reason::CredentialRevoked);

    let (bob, _) = office.colleague("Bob").await;
    let handed = office.house.run(owner, |p| agents::hand_over_all(p, ada, bob)).await.expect("taken over");
    assert_eq!(handed.value, [agent.id]);
    assert_eq!(state(&office, &agent), "live");
    office.house.settle().await;
}

#[tokio::test]
async fn the_reason_for_a_removal_stands_in_the_evidence() {
    let office = Office::new().await;
    let (ada, _) = office.colleague("Ada").await;
    let owner = office.house.owner;
    let removed = office.house.run(owner, |p| members::remove(p, ada, "retired")).await.expect("removed");
    let earlier = model::Revision(removed.revision.0 - 1);
    let changes = office.house.app.store.changes_after(office.house.organization, earlier, 10).await.unwrap();
    let decision = changes.first().and_then(|change| change.decision).expect("a permit behind it");
    let stored = office.house.app.store.decision(office.house.organization, decision).await.unwrap();
    assert_eq!(stored.expect("its evidence").note.as_deref(), Some("retired"));
}
