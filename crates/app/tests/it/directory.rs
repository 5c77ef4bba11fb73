//! The organization's directory brings people, deactivates them and brings them back (security.md S6).

use app::directory::people::{self, Told};
use app::{Changed, Error, Plan, Planning, Request, agents, keys};
use decision::{Caller, Means, Reason};
use model::{AgentState, Holder, Key, KeyLimits, KeyState, OrganizationRole, UserId};
use serde_json::Map;

use crate::harness::{Refused, refusal, session};
use crate::office::Office;

/// An office whose organization is connected to a directory.
pub struct Connected {
    pub office: Office,
    pub key: Key,
}

impl Connected {
    pub async fn new() -> Self {
        let office = Office::new().await;
        let key = make_key(&office, session(office.house.owner)).await.expect("a key").value;
        Self { office, key }
    }

    /// Runs a use case as the directory.
    pub async fn run<T>(
        &self,
        use_case: impl FnOnce(&Planning<'_>) -> Result<Plan<T>, Error>,
    ) -> Result<Changed<T>, Error> {
        let caller = Caller { principal: None, means: Means::Directory(self.key.id) };
        let request = Request { caller, ..self.office.house.by(self.office.house.owner) };
        self.office.house.app.change(request, use_case).await
    }

    /// A person whom the directory brings.
    pub async fn brought(&self, name: &str) -> UserId {
        self.run(|p| people::create(p, told(name))).await.expect("brought").value
    }
}

async fn make_key(office: &Office, caller: Caller) -> Result<Changed<Key>, Error> {
    let new = keys::NewKey {
        holder: Holder::Directory(office.house.organization),
        name: "Okta".parse().unwrap(),
        expires_at: None,
        limits: KeyLimits::default(),
    };
    let request = Request { caller, ..office.house.by(office.house.owner) };
    let made = office.house.app.change(request, |p| keys::create(p, new)).await?;
    Ok(Changed {
        value: made.value.key,
        revision: made.revision,
        receipt: made.receipt,
        decision: made.decision,
    })
}

pub fn told(name: &str) -> Told {
    Told {
        user_name: format!("{}@northwind.example", name.to_lowercase()),
        external_id: Some(format!("00u-{name}")),
        name: name.parse().unwrap(),
        email: Some(format!("{}@northwind.example", name.to_lowercase())),
        active: true,
        attributes: Map::default(),
    }
}

#[tokio::test]
async fn only_an_administrator_who_is_signed_in_makes_the_directorys_key() {
    let office = Office::new().await;
    let admin = office.person("Ann", OrganizationRole::Admin).await;
    let member = office.person("Max", OrganizationRole::Member).await;
    make_key(&office, session(admin)).await.expect("an administrator may");
    let reading = office.house.app.engine.caller(&office.house.owner_key, None).await.expect("a caller").1;
    assert_eq!(refusal(make_key(&office, reading).await), Refused::Denied(Reason::SignedInOnly));
    let by_member = refusal(make_key(&office, session(member)).await);
    assert!(matches!(by_member, Refused::Hidden | Refused::Denied(Reason::NotYours)), "{by_member:?}");
}

#[tokio::test]
async fn a_deactivated_person_is_cut_in_one_revision_and_comes_back_as_the_same() {
    let connected = Connected::new().await;
    let office = &connected.office;
    let ada = connected.brought("Ada").await;
    office.enter(ada).await;
    let agent = office.agent(office.house.organization, ada).await;
    let (_, bystander) = office.colleague("Bob").await;
    assert_eq!(office.reads(&agent).await, Reason::Granted);

    let before = office.house.facts().revision();
    let off = Told { active: false, ..told("Ada") };
    let cut = connected.run(|p| people::replace(p, ada, off.clone())).await.expect("deactivated");
    assert_eq!(cut.revision, before.next(), "one transaction");
    assert_eq!(cut.value.agents, [agent.id]);
    let facts = office.house.facts();
    assert!(!facts.member(ada).unwrap().is_active());
    match &facts.agent(agent.id).unwrap().state {
        AgentState::Unowned(because) => assert_eq!(because.reason, "deactivated by the directory"),
        other => panic!("{other:?}"),
    }
    assert!(facts.keys_of(Holder::Agent(agent.id)).all(|key| matches!(key.state, KeyState::Revoked(_))));
    assert_ne!(office.reads(&agent).await, Reason::Granted, "the very next call");
    assert_eq!(office.reads(&bystander).await, Reason::Granted, "nobody else is disturbed");

    let again = connected.run(|p| people::replace(p, ada, off)).await.expect("said twice");
    assert_eq!(again.revision, cut.revision, "nothing is written where nothing changes");
    connected.run(|p| people::replace(p, ada, told("Ada"))).await.expect("activated");
    assert!(office.house.facts().member(ada).unwrap().is_active());
    assert_ne!(office.reads(&agent).await, Reason::Granted, "their agents wait to be taken over");
    office.house.settle().await;
}

#[tokio::test]
async fn agents_that_are_handed_over_first_stay() {
    let connected = Connected::new().await;
    let office = &connected.office;
    let ada = connected.brought("Ada").await;
    office.enter(ada).await;
    let agent = office.agent(office.house.organization, ada).await;
    let (bob, _) = office.colleague("Bob").await;
    office.house.run(ada, |p| agents::hand_over(p, agent.id, bob)).await.expect("handed over");
    connected.run(|p| people::remove(p, ada)).await.expect("removed");
    let facts = office.house.facts();
    assert_eq!(facts.agent(agent.id).unwrap().owner, bob);
    assert_eq!(facts.agent(agent.id).unwrap().state, AgentState::Live);
    assert!(facts.member(ada).is_none() && facts.directory_user(ada).is_none());
    assert_eq!(office.reads(&agent).await, Reason::Granted, "with the key it had");
    office.house.settle().await;
}

#[tokio::test]
async fn nobody_who_is_here_is_linked_to_somebody_of_the_directory() {
    let connected = Connected::new().await;
    let office = &connected.office;
    let here = office.person("Ada", OrganizationRole::Admin).await;
    let brought = connected.brought("Ada").await;
    assert_ne!(here, brought, "the same name and address are not the same person");
    assert_eq!(office.house.facts().member(brought).unwrap().role, OrganizationRole::Member);
    let off = Told { active: false, ..told("Ada") };
    let untouched = connected.run(|p| people::replace(p, here, off)).await;
    assert_eq!(refusal(untouched), Refused::NotFound, "whom it did not bring it does not see");
    assert_eq!(refusal(connected.run(|p| people::remove(p, office.house.owner)).await), Refused::NotFound);
}

#[tokio::test]
async fn names_of_the_directory_are_unique_whatever_their_case() {
    let connected = Connected::new().await;
    connected.brought("Ada").await;
    let bob = connected.brought("Bob").await;
    let louder = Told { user_name: "ADA@northwind.example".to_owned(), external_id: None, ..told("Ada") };
    let same_id = Told { user_name: "other".to_owned(), ..told("Ada") };
    for taken in [louder, same_id] {
        let created = connected.run(|p| people::create(p, taken.clone())).await;
        assert_eq!(refusal(created), Refused::Conflict("uniqueness"));
        let replaced = connected.run(|p| people::replace(p, bob, taken)).await;
        assert_eq!(refusal(replaced), Refused::Conflict("uniqueness"));
    }
    let swapped = Told { user_name: "BOB@northwind.example".to_owned(), ..told("Bob") };
    connected.run(|p| people::replace(p, bob, swapped)).await.expect("one's own name in another case");
    connected.office.house.settle().await;
}

#[tokio::test]
async fn the_directorys_key_manages_nothing_else() {
    let connected = Connected::new().await;
    let (ada, agent) = connected.office.colleague("Ada").await;
    let paused = connected.run(|p| agents::pause(p, agent.id, "no")).await;
    assert!(matches!(refusal(paused), Refused::Hidden | Refused::Denied(Reason::PeopleOnly)));
    let suspended = connected.run(|p| app::members::suspend(p, ada, "no")).await;
    assert!(matches!(refusal(suspended), Refused::Hidden | Refused::Denied(Reason::NotYours)));
    connected.office.house.settle().await;
}
