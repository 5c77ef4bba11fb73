//! What signing in through a provider works with.

use chrono::TimeDelta;
use model::*;
use store::{DomainCheck, Flow, Identity, IdentityRequest, Letter, Purpose, SetupLink, Telling};

use crate::place::Place;
use crate::world::{World, start};

fn domain(world: &mut World, name: &str) -> Domain {
    let created_at = world.now();
    Domain {
        id: DomainId::draw(created_at, &mut world.chance),
        name: name.parse().unwrap(),
        challenge: Domain::draw_challenge(&mut world.chance),
        state: DomainState::Pending { expires_at: created_at },
        created_at,
    }
}

fn because() -> Because {
    Because { at: start(), by: None, reason: String::new() }
}

/// S4: as many may claim a domain as like, one has proven it, and it leads there until it is given up or has lapsed.
pub(crate) async fn a_proven_domain_is_one_organizations(place: &Place) {
    let store = &place.store;
    let mut one = World::create(store, 71, "northwind").await;
    let mut two = World::create(store, 72, "contoso").await;
    let claims = [domain(&mut one, "shared.example"), domain(&mut two, "shared.example")];
    let [first, second] = claims.clone();
    one.write(&[Edit::create(first.clone())]).await.unwrap();
    two.write(&[Edit::create(second.clone())]).await.unwrap();
    assert_eq!(store.organization_of_domain("shared.example").await.unwrap(), None);

    let proven = |domain: &Domain| Domain { state: DomainState::Proven(because()), ..domain.clone() };
    one.write(&[Edit::update(first.clone(), proven(&first))]).await.unwrap();
    assert_eq!(store.organization_of_domain("shared.example").await.unwrap(), Some(one.organization));
    let refused = two.write(&[Edit::update(second.clone(), proven(&second))]).await.unwrap_err();
    assert!(matches!(&refused, store::StoreError::Conflict { what } if what == "name"), "{refused}");

    let stale = Domain { state: DomainState::Stale(because()), ..first.clone() };
    one.write(&[Edit::update(proven(&first), stale)]).await.unwrap();
    assert_eq!(store.organization_of_domain("shared.example").await.unwrap(), None);
    two.write(&[Edit::update(second.clone(), proven(&second))]).await.unwrap();
    assert_eq!(store.proven_domains().await.unwrap(), [(two.organization, second.id)]);
    two.write(&[Edit::remove(proven(&second))]).await.unwrap();
    assert_eq!(store.proven_domains().await.unwrap(), []);
}

/// Letters that tell of a request at `start`, at most of so many people a day.
async fn telling(world: &mut World, most: u64) -> Telling {
    let letter =
        Letter { to: "boss@northwind.example".to_owned(), subject: "Asked".to_owned(), text: "!".to_owned() };
    Telling {
        sealer: world.store.sealer(world.organization).await.unwrap(),
        letters: vec![(DecisionId::draw(start(), &mut world.chance).uuid(), letter)],
        since: start() - TimeDelta::days(1),
        most,
    }
}

/// S2: of somebody who asks it is told once, whatever they ask for beside it and however often it is declined; the next day
/// anew, and of no more people than may be.
pub(crate) async fn it_is_told_once_that_somebody_asks(place: &Place) {
    let store = &place.store;
    let mut world = World::create(store, 77, "northwind").await;
    let organization = world.organization;
    let (ben, ada) = (world.person("Ben Okafor").await, world.person("Ada").await);
    let connection = ConnectionId::draw(start(), &mut world.chance);
    let request = |world: &mut World, user, subject: &str, asked_at| IdentityRequest {
        id: AcceptedIdentityId::draw(start(), &mut world.chance),
        user,
        connection,
        issuer: "https://idp.example".to_owned(),
        subject: subject.to_owned(),
        voucher: [1; 32],
        asked_at,
    };
    let mut waiting = 0;
    let mut ask = async |world: &mut World, asked: &IdentityRequest, most, is_told| {
        let telling = telling(world, most).await;
        let telling = Telling { since: asked.asked_at - TimeDelta::days(1), ..telling };
        assert_eq!(
            store.ask_for_identity(organization, asked, &telling).await.unwrap(),
            is_told,
            "{asked:?}"
        );
        waiting += usize::from(is_told);
        let letters = store.due_letters(asked.asked_at, 10).await.unwrap();
        assert_eq!(letters.iter().filter(|due| due.organization == organization).count(), waiting);
    };
    let first = request(&mut world, ben, "ben", start());
    ask(&mut world, &first, 2, true).await;
    ask(&mut world, &first, 2, false).await;
    let beside = request(&mut world, ben, "ben.admin", start());
    ask(&mut world, &beside, 2, false).await;
    assert_eq!(store.who_asks(organization).await.unwrap().into_iter().collect::<Vec<_>>(), [ben]);

    for declined in [&first, &beside] {
        store.forget_identity_request(organization, declined.id).await.unwrap();
    }
    let again = request(&mut world, ben, "ben", start() + TimeDelta::hours(23));
    ask(&mut world, &again, 2, false).await;
    store.forget_identity_request(organization, again.id).await.unwrap();
    let next_day = request(&mut world, ben, "ben", start() + TimeDelta::hours(25));
    ask(&mut world, &next_day, 2, true).await;
    let another = request(&mut world, ada, "ada", start() + TimeDelta::hours(25));
    ask(&mut world, &another, 1, false).await;
    // Over the number on one day, she is told of when she asks again on another, and while nobody could be told as well.
    let later = IdentityRequest { asked_at: start() + TimeDelta::hours(51), ..another.clone() };
    let nobody = Telling { letters: Vec::new(), ..telling(&mut world, 1).await };
    assert!(!store.ask_for_identity(organization, &later, &nobody).await.unwrap());
    ask(&mut world, &later, 1, true).await;
    ask(&mut world, &later, 1, false).await;

    // Letters of one organization are never enclosed in what another is asked.
    let foreign = telling(&mut world, 2).await;
    assert!(store.ask_for_identity(OrganizationId::MAX, &next_day, &foreign).await.is_err());
}

/// S2: a request is one for each account, is answered by the acceptance of it, and goes with the membership.
pub(crate) async fn a_request_is_one_and_is_forgotten_when_it_is_answered(place: &Place) {
    let store = &place.store;
    let mut world = World::create(store, 75, "northwind").await;
    let organization = world.organization;
    let ben = world.person("Ben Okafor").await;
    let connection = ConnectionId::draw(start(), &mut world.chance);
    let mut request = |subject: &str, voucher| IdentityRequest {
        id: AcceptedIdentityId::draw(start(), &mut world.chance),
        user: ben,
        connection,
        issuer: "https://idp.example".to_owned(),
        subject: subject.to_owned(),
        voucher: [voucher; 32],
        asked_at: start(),
    };
    let (first, again, other) = (request("ben", 1), request("ben", 2), request("Ben", 3));
    for asked in [&first, &again, &other] {
        let telling = telling(&mut world, 1).await;
        store.ask_for_identity(organization, asked, &telling).await.unwrap();
    }
    let kept = IdentityRequest { voucher: [2; 32], ..first.clone() };
    assert_eq!(store.identity_request(organization, first.id).await.unwrap(), Some(kept.clone()));
    assert_eq!(store.identity_request(OrganizationId::MAX, first.id).await.unwrap(), None);
    assert_eq!(store.identity_requests_of(organization, ben).await.unwrap().len(), 2);

    let IdentityRequest { id, user, issuer, subject, voucher, .. } = kept;
    let (accepted_by, accepted_at) = (world.boss, start());
    let accepted =
        AcceptedIdentity { id, user, connection, issuer, subject, voucher, accepted_by, accepted_at };
    world.write(&[Edit::create(accepted.clone())]).await.unwrap();
    assert_eq!(store.identity_requests_of(organization, ben).await.unwrap(), [other]);
    let twice = AcceptedIdentity { id: AcceptedIdentityId::MAX, ..accepted };
    let refused = world.write(&[Edit::create(twice)]).await.unwrap_err();
    assert!(matches!(&refused, store::StoreError::Conflict { what } if what == "subject"), "{refused}");
    world.write(&[Edit::remove(crate::world::member_fact(ben, OrganizationRole::Member))]).await.unwrap();
    assert_eq!(store.identity_requests_of(organization, ben).await.unwrap(), []);
}

/// S1: an identity is bound once, within one connection of one organization, and byte by byte.
pub(crate) async fn an_identity_stays_whose_it_is(place: &Place) {
    let store = &place.store;
    let mut world = World::create(store, 73, "northwind").await;
    let other = World::create(store, 74, "contoso").await;
    let (maya, ben) = (world.boss, world.person("Ben Okafor").await);
    let connection = ConnectionId::draw(start(), &mut world.chance);
    let identity = |user| Identity {
        connection,
        issuer: "https://idp.example".to_owned(),
        subject: "Subject".to_owned(),
        user,
        address: Some("maya@northwind.example".to_owned()),
        created_at: start(),
        last_used_at: start(),
    };
    assert!(store.bind_identity(world.organization, &identity(maya)).await.unwrap());
    assert!(!store.bind_identity(world.organization, &identity(ben)).await.unwrap(), "never bound again");
    let find = async |organization, connection, issuer: &str, subject: &str| {
        store.identity(organization, connection, issuer, subject).await.unwrap().map(|identity| identity.user)
    };
    let here = world.organization;
    assert_eq!(find(here, connection, "https://idp.example", "Subject").await, Some(maya));
    assert_eq!(find(here, connection, "https://idp.example", "subject").await, None);
    assert_eq!(find(here, connection, "https://idp.example/", "Subject").await, None);
    assert_eq!(find(here, ConnectionId::MAX, "https://idp.example", "Subject").await, None);
    assert_eq!(find(other.organization, connection, "https://idp.example", "Subject").await, None);
    store.use_identity(here, &identity(maya), None, start() + TimeDelta::hours(1)).await.unwrap();
    let known = store.identities_of(here, maya).await.unwrap();
    assert_eq!((known[0].address.clone(), known[0].last_used_at), (None, start() + TimeDelta::hours(1)));
    assert_eq!(store.identities_through(here, connection).await.unwrap(), known);
    store.unbind_identity(here, &identity(maya)).await.unwrap();
    assert_eq!(store.identities_of(here, maya).await.unwrap(), []);
}

/// A sign-in under way, a logout token and a set-up link each count once, and only where they belong.
pub(crate) async fn what_counts_once_counts_once(place: &Place) {
    let store = &place.store;
    let mut world = World::create(store, 75, "northwind").await;
    let other = World::create(store, 76, "contoso").await;
    let (here, there) = (world.organization, other.organization);
    let connection = ConnectionId::draw(start(), &mut world.chance);
    let flow = Flow {
        connection,
        purpose: Purpose::StepUp,
        browser: [7; 32],
        nonce: "n".to_owned(),
        verifier: "v".to_owned(),
        next: "/o/northwind?a=b".to_owned(),
        session: Some(SessionId::draw(start(), &mut world.chance)),
        address: Some("maya@northwind.example".to_owned()),
        expires_at: start() + TimeDelta::minutes(10),
    };
    store.begin_flow(here, [1; 32], &flow, start()).await.unwrap();
    assert_eq!(store.take_flow(there, [1; 32]).await.unwrap(), None);
    assert_eq!(store.take_flow(here, [1; 32]).await.unwrap(), Some(flow.clone()));
    assert_eq!(store.take_flow(here, [1; 32]).await.unwrap(), None);
    store.begin_flow(here, [2; 32], &flow, start()).await.unwrap();
    store.begin_flow(here, [3; 32], &flow, flow.expires_at).await.unwrap();
    assert_eq!(store.take_flow(here, [2; 32]).await.unwrap(), None, "those that are over are forgotten");

    let until = start() + TimeDelta::minutes(4);
    for (expected, at) in [(true, start()), (false, start()), (true, until)] {
        assert_eq!(store.see_token(here, connection, "j1", until, at).await.unwrap(), expected, "{at}");
    }

    let link = SetupLink { connection, created_by: world.boss, expires_at: until };
    store.keep_setup_link(here, [4; 32], link, start()).await.unwrap();
    assert_eq!(store.setup_link(here, [4; 32]).await.unwrap(), Some(link));
    // It is used up with what it was used for, and with nothing that came to nothing.
    for (organization, at, counts) in [(there, start(), false), (here, until, false), (here, start(), true)] {
        let writing = store.begin(organization).await.unwrap();
        assert_eq!(writing.use_setup_link([4; 32], at).await.unwrap(), counts, "{at}");
        writing.rollback().await;
    }
    let writing = store.begin(here).await.unwrap();
    assert!(writing.use_setup_link([4; 32], start()).await.unwrap());
    world.write_in(writing, &[]).await.unwrap();
    assert_eq!(store.setup_link(here, [4; 32]).await.unwrap(), None);

    // A secret that nothing names is forgotten; the history of changes never named it.
    store.keep_client_secret(here, connection, SecretId::MAX, vec![1], start()).await.unwrap();
    store.forget_unused_client_secret(there, SecretId::MAX).await.unwrap();
    assert!(store.client_secret(here, SecretId::MAX).await.unwrap().is_some());
    store.forget_unused_client_secret(here, SecretId::MAX).await.unwrap();
    assert_eq!(store.client_secret(here, SecretId::MAX).await.unwrap(), None);

    let looked = DomainCheck { checked_at: start(), missing_since: Some(start()) };
    store.note_domain_check(here, DomainId::MIN, looked).await.unwrap();
    assert_eq!(store.domain_check(here, DomainId::MIN).await.unwrap(), Some(looked));
    assert_eq!(store.domain_check(there, DomainId::MIN).await.unwrap(), None);
}
