//! A guest brings their agents: the agent's organization is a routing fact, the owner is the trust fact.

use app::workspaces::{Rules, leave};
use app::{Planning, Request, agents, members, organizations, overrides};
use decision::Reason;
use model::{OrganizationRole, Scope};

use crate::harness::refusal;
use crate::office::Office;

/// An office that lets in the agents of guests.
async fn open() -> Office {
    let office = Office::new().await;
    office.rules(Rules { guest_agents: Some(true), ..Rules::default() }).await;
    office
}

#[tokio::test]
async fn a_guests_agent_comes_in_where_the_workspace_lets_it() {
    let office = Office::new().await;
    let (_, _, agent) = office.guest().await;
    assert_eq!(office.reads(&agent).await, Reason::GuestAgentsRefused);
    office.rules(Rules { guest_agents: Some(true), ..Rules::default() }).await;
    assert_eq!(office.reads(&agent).await, Reason::Granted);
    office.rules(Rules { guest_agents: Some(false), ..Rules::default() }).await;
    assert_eq!(office.reads(&agent).await, Reason::GuestAgentsRefused, "from the very next call");
}

#[tokio::test]
async fn the_guest_gone_the_agent_is_out_and_lives_on_at_home() {
    let office = open().await;
    let (elsewhere, guest, agent) = office.guest().await;
    let place = office.workspace;
    let left = office.house.run(office.house.owner, |p| leave(p, place, guest, "the project ended")).await;
    assert_eq!(left.expect("out").value.cut.workspace_memberships.len(), 1);
    assert_eq!(office.reads(&agent).await, Reason::NotAMember);

    office.enter(guest).await;
    assert_eq!(office.reads(&agent).await, Reason::Granted);
    office.house.run(office.house.owner, |p| members::suspend(p, guest, "")).await.expect("suspended");
    assert_eq!(office.reads(&agent).await, Reason::NotAMember, "a suspended guest's places do not count");
    office.house.run(office.house.owner, |p| members::remove(p, guest, "")).await.expect("removed");
    let unknown = Reason::CredentialUnknown;
    assert_eq!(office.reads(&agent).await, unknown, "where its owner is nobody, nothing is known of it");
    let home = office.house.app.engine.replica().held(elsewhere).expect("held");
    assert_eq!(home.agent(agent.id).unwrap().state.as_str(), "live", "its own organization decides about it");
    office.house.settle().await;
}

#[tokio::test]
async fn what_the_guest_loses_at_home_ends_here_too() {
    let office = open().await;
    let (elsewhere, guest, agent) = office.guest().await;
    let app = &office.house.app;
    let colleague = members::Who::New { name: "Lena".parse().unwrap(), email: None };
    let at_home = Request { organization: elsewhere, ..office.house.by(guest) };
    let add = |p: &Planning<'_>| members::add(p, colleague, OrganizationRole::Owner);
    let lena = app.change(at_home, add).await.expect("a second owner").value.user;
    let by_lena = Request { organization: elsewhere, ..office.house.by(lena) };
    let suspend = |p: &Planning<'_>| members::suspend(p, guest, "left");
    app.change(by_lena, suspend).await.expect("suspended at home");
    assert_eq!(office.reads(&agent).await, Reason::CredentialRevoked);
    assert!(office.house.facts().member(guest).unwrap().is_active(), "the person is still a guest here");
}

#[tokio::test]
async fn the_hosts_stop_button_stops_guests_agents() {
    let office = open().await;
    let (_, _, agent) = office.guest().await;
    office.house.run(office.house.owner, |p| organizations::stop_agents(p, "")).await.expect("stopped");
    assert_eq!(office.reads(&agent).await, Reason::AgentsStopped);
    office.house.run(office.house.owner, |p| organizations::release_agents(p, "")).await.expect("released");
    assert_eq!(office.reads(&agent).await, Reason::Granted);
}

#[tokio::test]
async fn the_host_blocks_a_guests_agent_here_and_only_here() {
    let office = open().await;
    let (elsewhere, _, agent) = office.guest().await;
    let app = &office.house.app;
    let request = Request { home: Some(elsewhere), ..office.house.by(office.house.owner) };
    let wanted = overrides::Narrowing { blocked: true, denied: Vec::new() };
    let narrowed = app.change(request, |p| overrides::put(p, office.workspace, agent.id, wanted)).await;
    assert_eq!(narrowed.expect("blocked").value.agent_organization, elsewhere);
    assert_eq!(office.reads(&agent).await, Reason::BlockedHere);
    let pause = |p: &Planning<'_>| agents::pause(p, agent.id, "");
    assert!(
        office.house.run(office.house.owner, pause).await.is_err(),
        "pausing it is for its own organization"
    );
    office.house.settle().await;
}

#[tokio::test]
async fn the_host_sees_which_agents_come_with_whom_and_no_more() {
    let office = open().await;
    let (ada, own) = office.colleague("Ada").await;
    let (elsewhere, guest, brought) = office.guest().await;
    // An agent that the guest keeps at home: its scope reaches nothing here.
    let kept = agents::NewAgent {
        id: None,
        name: "Homebody".parse().unwrap(),
        purpose: String::new(),
        owner: None,
        scope: Scope::default(),
        never: Scope::default(),
    };
    let at_home = Request { organization: elsewhere, ..office.house.by(guest) };
    office.house.app.change(at_home, |p| agents::create(p, kept)).await.expect("an agent");

    let mut seen = office.agents_seen(office.house.owner).await;
    seen.sort_unstable();
    let mut both = vec![own.id, brought.id];
    both.sort_unstable();
    assert_eq!(seen, both, "an administrator sees everything that is here");
    assert_eq!(office.agents_seen(ada).await, [own.id], "a member sees their own");
    assert_eq!(office.agents_seen(guest).await, [brought.id], "so does a guest");
}

#[tokio::test]
async fn a_guest_owns_no_agents_here() {
    let office = open().await;
    let (_, guest, _) = office.guest().await;
    let new = agents::NewAgent {
        id: None,
        name: "Cuckoo".parse().unwrap(),
        purpose: String::new(),
        owner: None,
        scope: Scope::default(),
        never: Scope::default(),
    };
    let refused = refusal(office.house.run(guest, |p| agents::create(p, new)).await);
    assert_eq!(refused, crate::harness::Refused::Denied(Reason::NotYours));
}
