//! Sessions and links are found by the hash of a secret, end when they are ended, and with the membership.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use model::*;
use store::{CountsOnce, Presence, ProviderLogout, SignInLink, SignedOut, StoredSession};

use crate::place::Place;
use crate::world::{World, member_fact, start, user_fact};

const NORTHWINDS: ConnectionId = ConnectionId::MIN;
const CONTOSOS: ConnectionId = ConnectionId::MAX;

/// Begins a session whose token's hash is that byte over and over.
pub(crate) async fn begin(world: &mut World, user: UserId, origin: Origin, hash: u8) -> StoredSession {
    let now = world.now();
    let session = Session {
        id: SessionId::draw(now, &mut world.chance),
        user,
        origin,
        proof: Proof::Passkey,
        amr: vec!["hwk".to_owned(), "user".to_owned()],
        acr: Some("high".to_owned()),
        authenticated_at: now,
        created_at: now,
        last_seen_at: now,
        ends_at: now + SESSION_LENGTH,
        provider_session: origin.connection().map(|_| format!("sid-{hash}")),
        user_agent: Some("Firefox".to_owned()),
        address: Some("2001:db8::1".parse().unwrap()),
        closed_to: BTreeSet::new(),
    };
    let stored = StoredSession { session, csrf: [hash; 32] };
    world.store.begin_session(&stored, [hash; 32], None).await.unwrap();
    stored
}

const LOCAL: Origin = Origin::Local { honoured_by: None };

pub(crate) async fn a_session_is_found_by_its_hash_and_ends(place: &Place) {
    let mut world = World::create(&place.store, 61, "northwind").await;
    let (store, boss) = (place.store.clone(), world.boss);
    let first = begin(&mut world, boss, LOCAL, 1).await;
    assert_eq!(store.session([1; 32]).await.unwrap(), Some(first.clone()));
    assert_eq!(store.session([2; 32]).await.unwrap(), None);

    // Another in its place: the first is gone in the same transaction.
    let second = StoredSession {
        session: Session { id: SessionId::draw(world.now(), &mut world.chance), ..first.session.clone() },
        csrf: [9; 32],
    };
    store.begin_session(&second, [2; 32], Some(first.session.id)).await.unwrap();
    assert_eq!(store.session([1; 32]).await.unwrap(), None);

    // Being used moves forward only; proving anew moves to another hash and keeps the end.
    let later = first.session.created_at + TimeDelta::minutes(5);
    store.touch_session(second.session.id, later).await.unwrap();
    store.touch_session(second.session.id, later - TimeDelta::minutes(1)).await.unwrap();
    assert_eq!(store.session([2; 32]).await.unwrap().unwrap().session.last_seen_at, later);
    let proven = Session { authenticated_at: later, proof: Proof::Password, ..second.session.clone() };
    assert!(store.prove_session(&proven, [3; 32]).await.unwrap());
    assert_eq!(store.session([2; 32]).await.unwrap(), None);
    let found = store.session([3; 32]).await.unwrap().unwrap();
    assert_eq!((found.session.proof, found.session.ends_at), (Proof::Password, second.session.ends_at));
    assert_eq!(found.csrf, [9; 32]);

    // Nobody ends somebody else's.
    let ben = world.person("Ben Okafor").await;
    assert!(!store.end_session(ben, second.session.id).await.unwrap());
    let other = begin(&mut world, boss, LOCAL, 4).await;
    assert_eq!(store.sessions_of(boss).await.unwrap().len(), 2);
    assert_eq!(store.end_other_sessions(boss, other.session.id).await.unwrap(), 1);
    assert!(store.end_session(boss, other.session.id).await.unwrap());
    assert!(!store.prove_session(&other.session, [5; 32]).await.unwrap());
    assert_eq!(store.sessions_of(boss).await.unwrap(), []);
}

pub(crate) async fn sessions_end_by_provider_and_by_time(place: &Place) {
    let mut world = World::create(&place.store, 62, "northwind").await;
    let (store, boss, organization) = (place.store.clone(), world.boss, world.organization);
    let through = |connection| Origin::Connection { connection, organization, voucher: Some([5; 32]) };
    for (hash, connection) in [(1, NORTHWINDS), (2, NORTHWINDS), (3, CONTOSOS)] {
        begin(&mut world, boss, through(connection), hash).await;
    }
    // The same word of another provider names another session.
    assert_eq!(store.known_to_provider_as(CONTOSOS, "sid-1").await.unwrap(), []);
    assert_eq!(store.known_to_provider_as(NORTHWINDS, "sid-1").await.unwrap(), [boss]);
    let token = |name: &str| CountsOnce {
        name: name.to_owned(),
        remembered_until: start() + TimeDelta::minutes(4),
        at: start(),
    };
    let said = |session: Option<&str>, name: &str| ProviderLogout {
        connection: NORTHWINDS,
        user: boss,
        session: session.map(ToOwned::to_owned),
        token: Some(token(name)),
    };
    // What is not committed has neither ended a session nor used up the token.
    let writing = store.begin(organization).await.unwrap();
    assert!(writing.log_out(&said(None, "one")).await.unwrap());
    writing.rollback().await;
    assert_eq!(store.sessions_of(boss).await.unwrap().len(), 3);
    let out = async |world: &mut World, said: ProviderLogout| {
        let writing = world.store.begin(world.organization).await.unwrap();
        let counts = writing.log_out(&said).await.unwrap();
        if counts {
            world.write_in(writing, &[]).await.unwrap();
        } else {
            writing.rollback().await;
        }
        counts
    };
    assert!(out(&mut world, said(Some("sid-1"), "one")).await);
    assert_eq!(store.sessions_of(boss).await.unwrap().len(), 2, "the one that was named");
    assert!(!out(&mut world, said(None, "one")).await, "a token counts once");
    assert_eq!(store.sessions_of(boss).await.unwrap().len(), 2);
    assert!(out(&mut world, said(None, "two")).await);
    assert_eq!(store.sessions_of(boss).await.unwrap().len(), 1, "all by that connection, and no other");
    assert_eq!(store.end_sessions_in(boss, OrganizationId::MAX).await.unwrap(), 0);
    assert_eq!(store.end_sessions_in(boss, organization).await.unwrap(), 1);

    let over = begin(&mut world, boss, LOCAL, 4).await.session;
    let before = over.last_seen_at - TimeDelta::seconds(1);
    assert_eq!(store.forget_sessions(before, before).await.unwrap(), 0);
    assert_eq!(store.forget_sessions(before, over.last_seen_at).await.unwrap(), 1);
    let over = begin(&mut world, boss, LOCAL, 5).await.session;
    assert_eq!(store.forget_sessions(over.ends_at, before).await.unwrap(), 1);
}

pub(crate) async fn a_link_is_used_once(place: &Place) {
    let world = World::create(&place.store, 63, "northwind").await;
    let store = &place.store;
    let link = SignInLink { user: world.boss, honoured_by: Some(world.organization), ends_at: start() };
    store.keep_link(&link, [1; 32]).await.unwrap();
    let before = start() - TimeDelta::microseconds(1);
    assert_eq!(store.link([1; 32], before).await.unwrap(), Some(link));
    assert_eq!(store.link([1; 32], start()).await.unwrap(), None);
    assert_eq!(store.redeem_link([1; 32], start()).await.unwrap(), None);
    // Two at once: one of them.
    let mut users = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let store = place.again().await;
        users.spawn(async move { store.redeem_link([1; 32], before).await.unwrap() });
    }
    let used: Vec<SignInLink> = users.join_all().await.into_iter().flatten().collect();
    assert_eq!(used, [link]);
    assert_eq!(store.link([1; 32], before).await.unwrap(), None);
    assert_eq!(store.forget_sessions(start(), start()).await.unwrap(), 1);
}

pub(crate) async fn who_loses_a_membership_is_signed_out_with_it(place: &Place) {
    let mut northwind = World::create(&place.store, 64, "northwind").await;
    let mut contoso = World::create(&place.store, 65, "contoso").await;
    let store = place.store.clone();
    let ben = northwind.person("Ben Okafor").await;
    let guest = member_fact(ben, OrganizationRole::Guest);
    contoso.write(&[Edit::create(user_fact(ben, "Ben Okafor")), Edit::create(guest.clone())]).await.unwrap();
    let through =
        Origin::Connection { connection: NORTHWINDS, organization: northwind.organization, voucher: None };
    let boss = northwind.boss;
    begin(&mut northwind, ben, through, 1).await;
    begin(&mut northwind, ben, LOCAL, 2).await;
    begin(&mut northwind, boss, through, 3).await;
    let link = SignInLink {
        user: ben,
        honoured_by: Some(northwind.organization),
        ends_at: start() + TimeDelta::minutes(15),
    };
    store.keep_link(&link, [7; 32]).await.unwrap();

    // A refused transaction signs nobody out.
    let member = (**northwind.facts.member(ben).unwrap()).clone();
    let because = Because { at: start(), by: None, reason: String::new() };
    let suspend = Edit::update(member.clone(), member.suspend(because).unwrap());
    let agent = northwind.agent_fact(ben, "Notes");
    northwind.write(&[Edit::create(agent.clone())]).await.unwrap();
    northwind.write(std::slice::from_ref(&suspend)).await.unwrap_err();
    assert_eq!(store.sessions_of(ben).await.unwrap().len(), 2);

    // Northwind's own way in is closed; what Contoso honours goes on. Others keep theirs.
    let latch =
        Edit::update(agent.clone(), agent.latch(Because { at: start(), by: None, reason: String::new() }));
    northwind.write(&[suspend, latch]).await.unwrap();
    assert_eq!(store.session([1; 32]).await.unwrap(), None);
    assert!(store.session([2; 32]).await.unwrap().is_some());
    assert!(store.session([3; 32]).await.unwrap().is_some());
    assert_eq!(store.redeem_link([7; 32], start()).await.unwrap(), None);

    // With the last membership the rest goes.
    contoso.write(&[Edit::remove(guest)]).await.unwrap();
    assert_eq!(store.sessions_of(ben).await.unwrap(), []);
}

pub(crate) async fn an_organization_sees_and_ends_its_own_part_of_a_session(place: &Place) {
    let mut northwind = World::create(&place.store, 66, "northwind").await;
    let mut contoso = World::create(&place.store, 67, "contoso").await;
    let store = place.store.clone();
    let (here, there) = (northwind.organization, contoso.organization);
    let ben = northwind.person("Ben Okafor").await;
    let guest = member_fact(ben, OrganizationRole::Guest);
    contoso.write(&[Edit::create(user_fact(ben, "Ben Okafor")), Edit::create(guest.clone())]).await.unwrap();
    let through = Origin::Connection { connection: NORTHWINDS, organization: here, voucher: None };
    let (own, both, unseen) = (
        begin(&mut northwind, ben, through, 1).await.session,
        begin(&mut northwind, ben, LOCAL, 2).await.session,
        begin(&mut northwind, ben, LOCAL, 3).await.session,
    );
    let visit = async |organization, session: &Session, minutes| {
        let at = start() + TimeDelta::minutes(minutes);
        let presence = Presence { user: ben, at, proof: session.proof };
        store.note_visit(organization, session.id, presence).await.unwrap();
    };
    visit(here, &own, 2).await;
    visit(here, &both, 5).await;
    visit(here, &both, 1).await;
    visit(there, &both, 9).await;
    let seen = async |organization| {
        let now = start() + TimeDelta::minutes(20);
        let sessions =
            store.sessions_in(organization, ben, now, start() - TimeDelta::minutes(1)).await.unwrap();
        sessions.iter().map(|open| (open.id, (open.last_seen_at - start()).num_minutes())).collect::<Vec<_>>()
    };
    assert_eq!(seen(here).await, [(both.id, 5), (own.id, 2)], "when it was seen here, and not there");
    assert_eq!(seen(there).await, [(both.id, 9)]);
    assert_eq!(store.last_visit(here, unseen.id).await.unwrap(), None);
    let late = start() + TimeDelta::days(1);
    assert_eq!(store.sessions_in(here, ben, late, start()).await.unwrap(), [], "what is over is not shown");

    // One that opens another organization as well is closed to this one, and goes on there.
    let end = async |world: &mut World, session: Option<SessionId>| {
        let writing = world.store.begin(world.organization).await.unwrap();
        writing.sign_out(&[SignedOut { user: ben, session }]).await.unwrap();
        world.write_in(writing, &[]).await.unwrap();
    };
    end(&mut northwind, Some(both.id)).await;
    end(&mut northwind, Some(both.id)).await;
    let closed = store.session([2; 32]).await.unwrap().unwrap().session;
    assert_eq!(closed.closed_to, BTreeSet::from([here]));
    assert!(store.session([1; 32]).await.unwrap().is_some(), "no other is touched");
    assert!(store.session([3; 32]).await.unwrap().unwrap().session.closed_to.is_empty());
    // All: the organization's own is gone, and what it never saw is closed to it too.
    end(&mut northwind, None).await;
    assert_eq!(store.session([1; 32]).await.unwrap(), None);
    let unseen = store.session([3; 32]).await.unwrap().unwrap().session;
    assert_eq!(unseen.closed_to, BTreeSet::from([here]));
    // A visit of a session that is gone leaves no trace, and its visits went with it.
    visit(here, &own, 30).await;
    assert_eq!(store.last_visit(here, own.id).await.unwrap(), None);

    // Where it is all they have, nothing of it is left.
    northwind.write(&[Edit::remove(member_fact(ben, OrganizationRole::Member))]).await.unwrap();
    end(&mut contoso, Some(both.id)).await;
    assert_eq!(store.session([2; 32]).await.unwrap(), None);
}
