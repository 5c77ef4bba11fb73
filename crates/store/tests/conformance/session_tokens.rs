//! What a provider gave with a sign-in: kept for its session, asked again about by one node, gone with the session.

use chrono::TimeDelta;
use model::*;
use store::{DueSession, SealedTokens};

use crate::place::Place;
use crate::sessions::begin;
use crate::world::{World, start};

const CONNECTION: ConnectionId = ConnectionId::MIN;

fn tokens(refresh: &[u8]) -> SealedTokens {
    SealedTokens { identity: b"identity".to_vec(), refresh: Some(refresh.to_vec()) }
}

/// Begins a session that came in by a connection, with what its provider gave. `hash` is different for each.
pub(crate) async fn kept(world: &mut World, hash: u8) -> Session {
    let origin =
        Origin::Connection { connection: CONNECTION, organization: world.organization, voucher: None };
    let boss = world.boss;
    let session = begin(world, boss, origin, hash).await.session;
    let at = session.created_at;
    let kept =
        world.store.keep_session_tokens(world.organization, CONNECTION, session.id, tokens(b"1"), at).await;
    assert!(kept.unwrap());
    session
}

pub(crate) async fn what_a_provider_gave_ends_with_its_session(place: &Place) {
    let mut one = World::create(&place.store, 66, "northwind").await;
    let other = World::create(&place.store, 67, "contoso").await;
    let (store, organization) = (place.store.clone(), one.organization);
    let sessions = [kept(&mut one, 1).await, kept(&mut one, 2).await, kept(&mut one, 3).await];
    let [first, second, third] = &sessions;
    assert_eq!(store.session_tokens(organization, first.id).await.unwrap(), Some(tokens(b"1")));
    assert_eq!(store.session_tokens(other.organization, first.id).await.unwrap(), None, "a tenant's own");

    // Only for a session that came in by that very connection of that organization.
    let boss = one.boss;
    let local = begin(&mut one, boss, Origin::Local { honoured_by: Some(organization) }, 4).await.session;
    for (whose, connection, session) in [
        (organization, CONNECTION, local.id),
        (organization, ConnectionId::MAX, first.id),
        (other.organization, CONNECTION, first.id),
        (organization, CONNECTION, SessionId::MAX),
    ] {
        let kept = store.keep_session_tokens(whose, connection, session, tokens(b"2"), start()).await;
        assert!(!kept.unwrap(), "{connection} {session}");
    }

    // However it ends: one, all of a person, all that are over.
    assert!(store.end_session(boss, first.id).await.unwrap());
    store.end_other_sessions(boss, second.id).await.unwrap();
    store.forget_sessions(second.ends_at, start()).await.unwrap();
    for session in [first, second, third] {
        assert_eq!(store.session_tokens(organization, session.id).await.unwrap(), None);
    }
    let left = place.sql("select 'left' from session_tokens").await;
    assert!(left.is_empty(), "{left:?}");
}

pub(crate) async fn a_provider_is_asked_again_by_one_node_about_what_is_in_use(place: &Place) {
    let mut one = World::create(&place.store, 68, "northwind").await;
    let mut other = World::create(&place.store, 69, "contoso").await;
    let (store, organization) = (place.store.clone(), one.organization);
    let (first, second) = (kept(&mut one, 1).await, kept(&mut one, 2).await);
    let theirs = kept(&mut other, 3).await;
    let begun = second.created_at.max(theirs.created_at);
    let at = |minutes| begun + TimeDelta::minutes(minutes);
    let due = async |asked_before, now, used_since, limit| -> Vec<DueSession> {
        store.due_sessions(asked_before, now, used_since, limit).await.unwrap()
    };
    let all = due(begun, at(1), start(), 10).await;
    assert_eq!(all.len(), 3, "of all organizations");
    assert!(due(start() - TimeDelta::minutes(1), at(1), start(), 10).await.is_empty(), "asked meanwhile");
    assert!(due(begun, at(1), at(1), 10).await.is_empty(), "not in use");
    assert!(due(begun, begun + SESSION_LENGTH, start(), 10).await.is_empty(), "over");
    let pair = due(begun, at(1), start(), 2).await;
    let whose: Vec<_> = pair.iter().map(|due| due.organization).collect();
    assert!(whose.contains(&organization) && whose.contains(&other.organization), "one of each first");

    let ours = *all.iter().find(|due| due.session == first.id).unwrap();
    assert_eq!((ours.user, ours.connection, ours.failures), (one.boss, CONNECTION, 0));
    let (taken, sealed) = store.take_session(ours, begun, at(1), at(6)).await.unwrap().unwrap();
    assert_eq!(sealed, tokens(b"1"));
    assert!(place.again().await.take_session(ours, begun, at(1), at(6)).await.unwrap().is_none());
    assert!(store.has_turn(taken).await.unwrap());
    assert!(store.replace_session_tokens(taken, tokens(b"2")).await.unwrap());
    assert_eq!(store.session_tokens(organization, first.id).await.unwrap(), Some(tokens(b"2")));

    // A failure puts this one off, and the others of the connection that are due; not another organization's.
    store.note_session_failed(taken, at(3)).await.unwrap();
    assert!(!store.has_turn(taken).await.unwrap(), "the turn is over");
    assert_eq!(store.put_off_sessions(organization, CONNECTION, begun, at(1), at(3)).await.unwrap(), 1);
    let now: Vec<_> = due(begun, at(2), start(), 10).await.iter().map(|due| due.session).collect();
    assert_eq!(now, [theirs.id]);
    let later = due(begun, at(3), start(), 10).await;
    let failures = |id| later.iter().find(|due| due.session == id).map(|due| due.failures);
    assert_eq!((failures(first.id), failures(second.id)), (Some(1), Some(1)));

    // Asked: due again by when it was asked. What came of a turn that is over is written nowhere.
    let ours = *later.iter().find(|due| due.session == first.id).unwrap();
    let (again, _) = store.take_session(ours, begun, at(3), at(8)).await.unwrap().unwrap();
    assert!(!store.replace_session_tokens(taken, tokens(b"9")).await.unwrap());
    store.note_session_asked(again, at(4)).await.unwrap();
    assert!(!due(begun, at(5), start(), 10).await.iter().any(|due| due.session == first.id));
    let known = due(at(4), at(5), start(), 10).await;
    assert_eq!(known.iter().find(|due| due.session == first.id).map(|due| due.failures), Some(0));

    // Signing in anew takes the place of what was kept, and of the turn; without a refresh token nobody is asked.
    let ours = *known.iter().find(|due| due.session == first.id).unwrap();
    let (taken, _) = store.take_session(ours, at(4), at(5), at(10)).await.unwrap().unwrap();
    let anew = SealedTokens { refresh: None, ..tokens(b"") };
    assert!(
        store.keep_session_tokens(organization, CONNECTION, first.id, anew.clone(), at(5)).await.unwrap()
    );
    assert!(!store.has_turn(taken).await.unwrap());
    assert!(!store.replace_session_tokens(taken, tokens(b"9")).await.unwrap());
    assert_eq!(store.session_tokens(organization, first.id).await.unwrap(), Some(anew));
    assert!(!due(at(9), at(9), start(), 10).await.iter().any(|due| due.session == first.id));
}
