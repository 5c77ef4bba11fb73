//! Tenants do not see or move each other, and names mean exactly what they say.

use model::*;
use store::{ChangeFilter, DecisionFilter, Page};

use crate::place::Place;
use crate::world::{World, name};

pub(crate) async fn names_are_compared_exactly(place: &Place) {
    let mut world = World::create(&place.store, 21, "northwind").await;
    let server = world.server_fact("notes");
    let names = ["create_note", "Create_note", "CREATE_NOTE", "create_note2", "cr\u{e9}er", "cre\u{301}er"];
    let mut edits = vec![Edit::create(server.clone())];
    edits.extend(names.map(|name| Edit::create(world.tool_fact(server.id, name))));
    let roles = ["editor", "Editor"];
    edits.extend((1..).zip(roles).map(|(n, text)| {
        let id = RoleId::from_uuid(uuid::Uuid::from_u128(n));
        Edit::create(Role { id, name: name(text), purpose: String::new() })
    }));
    let (mut lower, mut upper) =
        (world.key_fact(Holder::User(world.boss)), world.key_fact(Holder::User(world.boss)));
    lower.id = "abcdefghijkl".parse().unwrap();
    upper.id = "ABCDEFGHIJKL".parse().unwrap();
    edits.extend([Edit::create(lower.clone()), Edit::create(upper)]);
    world.write(&edits).await.unwrap();

    let facts = place.store.load(world.organization).await.unwrap().unwrap();
    for name in names {
        assert_eq!(facts.tool_by_name(server.id, name).unwrap().name.as_str(), name);
    }
    let store = &place.store;
    assert_eq!(store.organization_by_slug("Northwind").await.unwrap(), None);
    assert_eq!(store.organization_by_slug("northwind ").await.unwrap(), None);
    assert_eq!(store.organization_of_key("ABCDEFGHIJKl".parse().unwrap()).await.unwrap(), None);
    assert_eq!(store.organization_of_key(lower.id).await.unwrap(), Some(world.organization));
}

pub(crate) async fn organizations_are_found_by_what_leads_to_them(place: &Place) {
    let store = &place.store;
    let mut one = World::create(store, 22, "northwind").await;
    let mut two = World::create(store, 23, "contoso").await;
    for world in [&mut one, &mut two] {
        let agent = world.agent_fact(world.boss, "Notes");
        let key = world.key_fact(Holder::Agent(agent.id));
        world.write(&[Edit::create(agent.clone()), Edit::create(key.clone())]).await.unwrap();
        assert_eq!(store.organization_of_agent(agent.id).await.unwrap(), Some(world.organization));
        assert_eq!(store.organization_of_key(key.id).await.unwrap(), Some(world.organization));
        assert_eq!(store.user(world.boss).await.unwrap().unwrap().name, name("Maya Chen"));
    }
    assert_eq!(store.organization_of_agent(AgentId::MAX).await.unwrap(), None);
    assert_eq!(store.user(UserId::MAX).await.unwrap(), None);

    let organization = (**one.facts.organization().unwrap()).clone();
    let renamed = Organization { slug: "northwind-2".parse().unwrap(), ..organization.clone() };
    one.write(&[Edit::update(organization, renamed)]).await.unwrap();
    assert_eq!(store.organization_by_slug("northwind").await.unwrap(), None);
    assert_eq!(store.organization_by_slug("northwind-2").await.unwrap(), Some(one.organization));

    let mut heads = store.organizations().await.unwrap();
    heads.sort_by(|a, b| a.slug.cmp(&b.slug));
    let seen: Vec<_> = heads.iter().map(|h| (h.id, h.slug.as_str(), h.name.as_str(), h.revision)).collect();
    assert_eq!(
        seen,
        [
            (two.organization, "contoso", "The contoso", two.facts.revision()),
            (one.organization, "northwind-2", "The northwind", one.facts.revision()),
        ]
    );
    let mut revisions =
        store.revisions(&[two.organization, OrganizationId::MAX, one.organization]).await.unwrap();
    revisions.sort();
    let mut expected =
        vec![(one.organization, one.facts.revision()), (two.organization, two.facts.revision())];
    expected.sort();
    assert_eq!(revisions, expected);
    assert_eq!(store.revisions(&[]).await.unwrap(), []);
}

pub(crate) async fn an_organization_cannot_rename_a_person_for_others(place: &Place) {
    let mut home = World::create(&place.store, 24, "northwind").await;
    let ben = home.person("Ben Okafor").await;
    let mut host = World::create(&place.store, 25, "contoso").await;

    let known = (**home.facts.user(ben).unwrap()).clone();
    let renamed = User { name: name("Benjamin Okafor"), ..known.clone() };
    home.write(&[Edit::update(known, renamed.clone())]).await.unwrap();
    assert_eq!(place.store.user(ben).await.unwrap(), Some(renamed.clone()), "known to one organization");

    let guest = User { name: name("The Intern"), email: None, ..renamed.clone() };
    host.write(&[Edit::create(guest.clone())]).await.unwrap();
    host.write(&[Edit::update(guest.clone(), User { name: name("Nobody"), ..guest })]).await.unwrap();
    assert_eq!(place.store.user(ben).await.unwrap(), Some(renamed.clone()));
    let facts = place.store.load(home.organization).await.unwrap().unwrap();
    assert_eq!(**facts.user(ben).unwrap(), renamed);
    let facts = place.store.load(host.organization).await.unwrap().unwrap();
    assert_eq!(facts.user(ben).unwrap().name, name("Nobody"));
}

pub(crate) async fn one_tenant_is_never_shown_another(place: &Place) {
    let store = &place.store;
    let one = World::create(store, 26, "northwind").await;
    let mut two = World::create(store, 27, "contoso").await;
    // Ids of one organization are free in another: nothing tells that they are taken.
    let facts: Vec<Fact> = one.facts.facts().collect();
    let user = facts.iter().find(|fact| matches!(fact, Fact::User(_))).unwrap();
    let workspace = two.workspace_fact("platform");
    let mut one = one;
    one.write(&[Edit::create(workspace.clone())]).await.unwrap();
    two.write(&[Edit::create(workspace), Edit::create(user.clone())]).await.unwrap();

    for (own, other) in [(&one, &two), (&two, &one)] {
        let loaded = store.load(own.organization).await.unwrap().unwrap();
        assert_eq!(loaded, own.facts);
        let page = Page::first(1_000);
        let decisions = store.decisions(own.organization, &DecisionFilter::default(), page).await.unwrap();
        assert_eq!(decisions.len(), 2);
        for decision in decisions {
            assert_eq!(decision.organization, own.organization);
            assert_eq!(store.decision(other.organization, decision.id).await.unwrap(), None);
        }
        let page = Page::first(1_000);
        let changes = store.changes(own.organization, &ChangeFilter::default(), page).await.unwrap();
        let theirs = store.changes_after(other.organization, Revision(0), 1_000).await.unwrap();
        assert!(changes.iter().all(|change| !theirs.contains(change)));
    }
    assert_eq!(store.load(OrganizationId::MAX).await.unwrap(), None);
}
