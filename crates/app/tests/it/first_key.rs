//! An agent that is created with its first key.

use app::{agents, keys};
use chrono::TimeDelta;
use decision::Reason;
use model::{AgentId, Holder, KeyLimits, Scope, ScopeEntry, Timestamp};
use store::{DecisionFilter, Page};

use crate::harness::session;
use crate::office::Office;

fn agent(id: AgentId) -> agents::NewAgent {
    let everything = ScopeEntry { workspace: None, server: None, tools: "*".parse().unwrap() };
    agents::NewAgent {
        id: Some(id),
        name: "Helper".parse().unwrap(),
        purpose: String::new(),
        owner: None,
        scope: Scope { entries: vec![everything] },
        never: Scope::default(),
    }
}

fn key(id: AgentId, expires_at: Option<Timestamp>) -> keys::NewKey {
    keys::NewKey {
        holder: Holder::Agent(id),
        name: "CI".parse().unwrap(),
        expires_at,
        limits: KeyLimits::default(),
    }
}

#[tokio::test]
async fn agent_and_key_are_one_revision() {
    let office = Office::new().await;
    let (ada, _) = office.colleague("Ada").await;
    let id = office.house.draw(AgentId::draw);
    let before = office.house.facts().revision();
    let made = office.house.run(ada, |p| agents::create_with_key(p, agent(id), key(id, None))).await;
    let (agent, minted) = made.expect("both").value;
    assert_eq!((agent.id, minted.key.holder), (id, Holder::Agent(id)));
    assert_eq!(office.house.facts().revision(), before.next());
    // Both were decided, and both decisions are kept.
    let organization = office.house.organization;
    let reading = office.house.app.read(session(ada), organization).await.expect("the facts");
    let kept =
        office.house.app.decisions(&reading, organization, DecisionFilter::default(), Page::first(1000));
    let kept = kept.await.expect("their own");
    for action in ["agent.create", "key.create"] {
        let times = kept.iter().filter(|one| one.action == action).count();
        assert_eq!(times, 2, "{action}: of the agent before, and of this one");
    }
    assert_eq!(office.call(minted.token.expose(), "read").await, Reason::Granted);
    office.house.settle().await;
}

#[tokio::test]
async fn without_its_key_the_agent_is_not_left_behind() {
    let office = Office::new().await;
    let (ada, _) = office.colleague("Ada").await;
    let id = office.house.draw(AgentId::draw);
    let over = Some(office.house.clock.now() - TimeDelta::days(1));
    let before = office.house.facts().revision();
    let refused = office.house.run(ada, |p| agents::create_with_key(p, agent(id), key(id, over))).await;
    assert!(refused.is_err(), "{refused:?}");
    assert!(office.house.facts().agent(id).is_none());
    assert_eq!(office.house.facts().revision(), before);
}
