//! Writing happens under a permit, whole, and in turn.

use std::collections::BTreeSet;

use model::*;
use store::{DecisionFilter, Page, StoreError};

use crate::place::Place;
use crate::world::{World, conflict, member_fact, name, permit};

/// Everything that a transaction can leave behind.
async fn traces(world: &World) -> (Snapshot, usize, usize) {
    let store = &world.store;
    let facts = store.load(world.organization).await.unwrap().unwrap();
    let changes = store.changes_after(world.organization, Revision(0), 10_000).await.unwrap();
    let page = Page::first(10_000);
    let decisions = store.decisions(world.organization, &DecisionFilter::default(), page).await.unwrap();
    (facts, changes.len(), decisions.len())
}

pub(crate) async fn concurrent_writers_get_consecutive_revisions(place: &Place) {
    const WRITERS: u64 = 6;
    const ROUNDS: u64 = 8;
    let world = World::create(&place.store, 11, "northwind").await;
    let (organization, boss) = (world.organization, world.boss);
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..WRITERS {
        // Half of them are another process.
        let store = if writer % 2 == 0 { place.store.clone() } else { place.again().await };
        let facts = world.facts.clone();
        writers.spawn(async move {
            let chance = crate::world::Chance(testkit::random::SeededBytes::new(1_000 + writer));
            let mut world = World::resume(store.clone(), chance, organization, boss, facts);
            let mut revisions = Vec::new();
            for round in 0..ROUNDS {
                let mut writing = store.begin(organization).await.unwrap();
                let missed = writing.changes_after(world.facts.revision()).await.unwrap();
                world.learn(&missed);
                assert_eq!(world.facts.revision(), writing.revision());
                let fact = world.workspace_fact(&format!("w-{writer}-{round}"));
                let changes = world.write_in(writing, &[Edit::create(fact)]).await.unwrap();
                revisions.push(changes[0].revision.0);
            }
            revisions
        });
    }
    let revisions: Vec<u64> = writers.join_all().await.concat();
    let distinct: BTreeSet<u64> = revisions.iter().copied().collect();
    assert_eq!(distinct, (2..2 + WRITERS * ROUNDS).collect());
    let facts = place.store.load(organization).await.unwrap().unwrap();
    assert_eq!(facts.revision(), Revision(1 + WRITERS * ROUNDS));
    assert_eq!(facts.list_workspaces(None).count(), usize::try_from(WRITERS * ROUNDS).unwrap());
}

pub(crate) async fn a_permit_fits_one_organization_at_one_revision(place: &Place) {
    let mut world = World::create(&place.store, 12, "northwind").await;
    let other = World::create(&place.store, 13, "contoso").await;
    let stale = world.facts.clone();
    world.person("Ben Okafor").await;
    let before = traces(&world).await;

    let elsewhere = permit(&other.facts, other.boss);
    let outdated = permit(&stale, world.boss);
    for permit in [elsewhere, outdated] {
        let record = world.record(permit.decision().clone());
        let writing = place.store.begin(world.organization).await.unwrap();
        let edits = [Edit::create(world.workspace_fact("platform"))];
        let refused = writing.commit(permit, &edits, record).await;
        assert!(matches!(refused, Err(StoreError::Permit(_))), "{refused:?}");
    }
    // The evidence has to be that of the permit's own decision.
    let permit = permit(&world.facts, world.boss);
    let record = world.record(crate::world::operator(&world.facts));
    let writing = place.store.begin(world.organization).await.unwrap();
    let refused = writing.commit(permit, &[], record).await;
    assert!(matches!(refused, Err(StoreError::Permit(_))), "{refused:?}");

    // Nor can one organization's transaction hold another's organization.
    let fact = (**other.facts.organization().unwrap()).clone();
    let refused = world.write(&[Edit::create(fact)]).await;
    assert!(matches!(refused, Err(StoreError::Permit(_))), "{refused:?}");
    assert_eq!(traces(&world).await, before);
}

pub(crate) async fn a_rolled_back_transaction_leaves_nothing(place: &Place) {
    let mut world = World::create(&place.store, 14, "northwind").await;
    let before = traces(&world).await;
    place.store.begin(world.organization).await.unwrap().rollback().await;
    // Dropped without a word is the same.
    drop(place.store.begin(world.organization).await.unwrap());
    place.store.begin_new(OrganizationId::MAX, "nobody").await.unwrap().rollback().await;
    assert_eq!(place.store.organization_by_slug("nobody").await.unwrap(), None);
    assert_eq!(traces(&world).await, before);
    // And nobody is kept from writing.
    world.person("Ben Okafor").await;
}

/// Two things that are decided each by itself are one revision, each change under its own decision, or nothing.
pub(crate) async fn two_decisions_are_written_together_or_not_at_all(place: &Place) {
    let mut world = World::create(&place.store, 94, "northwind").await;
    let ben = world.person("Ben Okafor").await;
    let agent = world.agent_fact(ben, "Helper");
    let key = world.key_fact(Holder::Agent(agent.id));
    let before = traces(&world).await;

    // The second is refused: nobody with that id owns it.
    let orphan = world.agent_fact(UserId::MAX, "Orphan");
    let first = world.permit();
    let record = world.record(first.decision().clone());
    let mut writing = place.store.begin(world.organization).await.unwrap();
    writing.write(first, &[Edit::create(agent.clone())], record).await.unwrap();
    assert!(world.write_in(writing, &[Edit::create(orphan)]).await.is_err());
    assert_eq!(traces(&world).await, before);

    let first = world.permit();
    let record = world.record(first.decision().clone());
    let decision = record.id;
    let mut writing = place.store.begin(world.organization).await.unwrap();
    writing.write(first, &[Edit::create(agent)], record).await.unwrap();
    let changes = world.write_in(writing, &[Edit::create(key)]).await.unwrap();
    let places: Vec<_> = changes.iter().map(|change| (change.revision, change.position)).collect();
    let revision = before.0.revision().next();
    assert_eq!(places, [(revision, 0), (revision, 1)]);
    assert_eq!(changes[0].decision, Some(decision));
    assert_ne!(changes[0].decision, changes[1].decision);
    let after = traces(&world).await;
    assert_eq!((after.1, after.2), (before.1 + 2, before.2 + 2), "two changes and two decisions");
    assert!(after.0 == world.facts, "the changes tell what stands in the tables");
}

pub(crate) async fn a_cascade_is_written_whole_or_not_at_all(place: &Place) {
    let mut world = World::create(&place.store, 15, "northwind").await;
    let ben = world.person("Ben Okafor").await;
    let agents: Vec<Agent> = (0..3).map(|n| world.agent_fact(ben, &format!("Agent {n}"))).collect();
    let keys: Vec<Key> = agents.iter().map(|agent| world.key_fact(Holder::Agent(agent.id))).collect();
    let mut edits: Vec<Edit> = agents.into_iter().map(Edit::create).collect();
    edits.extend(keys.into_iter().map(Edit::create));
    world.write(&edits).await.unwrap();

    let why = Because { at: world.now(), by: None, reason: "left".to_owned() };
    let membership = (**world.facts.member(ben).unwrap()).clone();
    let whole = cascade::member_gone(&world.facts, &membership, &why);
    let before = traces(&world).await;
    for broken in 0..=whole.len() {
        // In the middle of it, something that cannot be: a change of an agent that was never there.
        let stranger = world.agent_fact(ben, "Nobody");
        let mut edits = whole.clone();
        edits.insert(broken, Edit::update(stranger.clone(), stranger.latch(why.clone())));
        assert_eq!(conflict(world.write(&edits).await), "before");
        assert_eq!(traces(&world).await, before, "broken at {broken}");
    }
    let changes = world.write(&whole).await.unwrap();
    assert_eq!(changes.len(), 7, "three agents, three keys, the membership");
    assert!(changes.iter().all(|change| change.revision == world.facts.revision()));
    let after = place.store.load(world.organization).await.unwrap().unwrap();
    assert!(after.agents_of(ben).all(|agent| matches!(agent.state, AgentState::Unowned(_))));
}

pub(crate) async fn what_is_taken_is_told_by_a_stable_word(place: &Place) {
    let mut world = World::create(&place.store, 16, "northwind").await;
    let (workspace, server) = (world.workspace_fact("platform"), world.server_fact("notes"));
    let tool = world.tool_fact(server.id, "create_note");
    let role = Role { id: RoleId::MIN, name: name("Editor"), purpose: String::new() };
    let key = world.key_fact(Holder::User(world.boss));
    let attachment = Attachment { server: server.id, workspace: workspace.id };
    let facts: [Fact; 6] = [
        workspace.clone().into(),
        server.clone().into(),
        tool.clone().into(),
        role.clone().into(),
        key.clone().into(),
        attachment.into(),
    ];
    let edits: Vec<Edit> = facts.into_iter().map(Edit::create).collect();
    world.write(&edits).await.unwrap();

    let another = RoleId::MAX;
    let unknown = ServerId::MAX;
    let boss = member_fact(world.boss, OrganizationRole::Guest);
    let taken: [(Fact, &str); 9] = [
        (Workspace { id: WorkspaceId::MAX, ..workspace.clone() }.into(), "slug"),
        (Server { id: unknown, ..server }.into(), "slug"),
        (Tool { id: ToolId::MAX, ..tool.clone() }.into(), "name"),
        (Role { id: another, ..role.clone() }.into(), "name"),
        (Role { name: name("Other"), ..role.clone() }.into(), "id"),
        (key.into(), "id"),
        (attachment.into(), "server"),
        (boss.into(), "user"),
        (Tool { id: ToolId::MAX, server: unknown, ..tool.clone() }.into(), "reference"),
    ];
    for (fact, word) in taken {
        assert_eq!(conflict(world.write(&[Edit::create(fact.clone())]).await), word, "{fact:?}");
    }
    let server = world.facts.server_by_slug("notes").unwrap();
    assert_eq!(conflict(world.write(&[Edit::remove((**server).clone())]).await), "reference");
    assert_eq!(conflict(place.store.begin_new(OrganizationId::MAX, "northwind").await), "slug");
    assert_eq!(conflict(place.store.begin_new(world.organization, "other").await), "organization");
    // After all these refusals the next write is as good as the first.
    world.person("Ben Okafor").await;
}

pub(crate) async fn an_agent_is_never_left_without_an_owner(place: &Place) {
    let mut world = World::create(&place.store, 17, "northwind").await;
    let ben = world.person("Ben Okafor").await;
    let agent = world.agent_fact(ben, "Notes");
    let nobodys = world.agent_fact(UserId::MAX, "Nobody's");
    assert_eq!(conflict(world.write(&[Edit::create(nobodys.clone())]).await), "owner");
    // Latched or not, the owner has to be a person that there is.
    let why = Because { at: world.now(), by: None, reason: String::new() };
    assert_eq!(conflict(world.write(&[Edit::create(nobodys.latch(why.clone()))]).await), "reference");

    world.write(&[Edit::create(agent.clone())]).await.unwrap();
    let member = (**world.facts.member(ben).unwrap()).clone();
    let suspended = member.clone().suspend(why.clone()).unwrap();
    let suspend = Edit::update(member.clone(), suspended);
    let latch = Edit::update(agent.clone(), agent.latch(why.clone()));
    for alone in [suspend.clone(), Edit::remove(member)] {
        assert_eq!(conflict(world.write(&[alone]).await), "owner");
    }
    world.write(&[suspend, latch]).await.unwrap();
    let latched = (**world.facts.agents_of(ben).next().unwrap()).clone();
    let given_back = latched.clone().hand_over(ben).unwrap();
    assert_eq!(conflict(world.write(&[Edit::update(latched.clone(), given_back)]).await), "owner");
    let taken_over = latched.clone().hand_over(world.boss).unwrap();
    world.write(&[Edit::update(latched, taken_over)]).await.unwrap();
}

pub(crate) async fn an_edit_of_something_else_is_refused(place: &Place) {
    let mut world = World::create(&place.store, 18, "northwind").await;
    let workspace = world.workspace_fact("platform");
    world.write(&[Edit::create(workspace.clone())]).await.unwrap();
    let before = traces(&world).await;
    let other = world.workspace_fact("other");
    let wrong = Workspace { name: name("Not its name"), ..workspace.clone() };
    let role = Role { id: RoleId::MIN, name: name("Editor"), purpose: String::new() };
    for edit in [
        Edit::update(wrong.clone(), workspace.clone()),
        Edit::remove(wrong),
        Edit::remove(other.clone()),
        Edit::update(workspace.clone(), other),
        Edit::update(workspace.clone(), role),
    ] {
        assert_eq!(conflict(world.write(std::slice::from_ref(&edit)).await), "before", "{edit:?}");
    }
    assert_eq!(traces(&world).await, before);
}

pub(crate) async fn nothing_to_write_leaves_the_revision(place: &Place) {
    let mut world = World::create(&place.store, 19, "northwind").await;
    let organization = (**world.facts.organization().unwrap()).clone();
    let (facts, changes, decisions) = traces(&world).await;
    assert_eq!(world.write(&[]).await.unwrap(), []);
    let same = Edit::update(organization.clone(), organization);
    assert_eq!(world.write(&[same, Edit { before: None, after: None }]).await.unwrap(), []);
    assert_eq!(traces(&world).await, (facts, changes, decisions + 2), "the evidence alone");
}
