//! What a provider gave with a sign-in: kept for its session, asked again about by one node, and left for its provider alone
//! when the session is gone.

use chrono::TimeDelta;
use model::*;
use store::{DueSession, LeftAt, SealedTokens};

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
    let at = LeftAt { now: start(), asked_since: start() - TimeDelta::days(1), used_since: start() };
    assert_eq!(store.left_sign_ins(at, 10).await.unwrap().len(), 3, "for whoever tells its provider");
    let late = LeftAt { asked_since: third.ends_at, ..at };
    assert_eq!(store.forget_left_sign_ins(organization, late).await.unwrap(), 3);
    let left = place.sql("select 'left' from session_tokens").await;
    assert!(left.is_empty(), "{left:?}");
}

/// RFC 7009: a provider is told once, by one node, and only when the person goes on with no other session by the same
/// connection; what was given while the session ended is what is told.
pub(crate) async fn what_is_left_of_a_session_waits_until_its_provider_was_told(place: &Place) {
    let mut one = World::create(&place.store, 71, "northwind").await;
    let mut other = World::create(&place.store, 72, "contoso").await;
    let (store, organization, boss) = (place.store.clone(), one.organization, one.boss);
    let (first, second) = (kept(&mut one, 1).await, kept(&mut one, 2).await);
    let theirs = kept(&mut other, 3).await;
    let begun = second.created_at.max(theirs.created_at);
    let asked_since = start() - TimeDelta::days(1);
    let at = |minutes| LeftAt {
        now: begun + TimeDelta::minutes(minutes),
        asked_since,
        used_since: start() - TimeDelta::minutes(1),
    };
    let there = other.organization;
    let left = async |at: LeftAt| -> Vec<SessionId> {
        for organization in [organization, there] {
            store.note_left_sign_ins(organization, at.now, at.now).await.unwrap();
        }
        let left = store.left_sign_ins(at, 10).await.unwrap();
        assert!(!left.iter().any(|left| left.is_new), "{left:?}");
        assert!(left.iter().all(|left| left.connection.is_some()), "{left:?}");
        left.into_iter().map(|left| left.session).collect()
    };
    assert!(left(at(1)).await.is_empty());
    store.end_session(boss, first.id).await.unwrap();
    assert!(left(at(1)).await.is_empty(), "the second goes on, and may hang by what the first was given");
    let idle = LeftAt { used_since: begun, ..at(1) };
    assert_eq!(left(idle).await, [first.id], "it is not used any more");
    store.end_session(other.boss, theirs.id).await.unwrap();
    store.end_session(boss, second.id).await.unwrap();
    assert_eq!(left(at(1)).await.len(), 3, "of all organizations");

    let all = store.left_sign_ins(at(1), 10).await.unwrap();
    let ours = *all.iter().find(|left| left.session == first.id).unwrap();
    assert_eq!((ours.organization, ours.connection, ours.failures), (organization, Some(CONNECTION), 0));
    let until = at(6).now;
    let (taken, sealed) = store.take_left_sign_in(ours, at(1), until).await.unwrap().unwrap();
    assert_eq!(sealed, tokens(b"1"));
    assert!(place.again().await.take_left_sign_in(ours, at(1), until).await.unwrap().is_none());
    assert!(!store.has_turn(taken).await.unwrap(), "nobody is signed in by it");
    assert!(store.replace_session_tokens(taken, tokens(b"2")).await.unwrap());
    store.note_session_failed(taken, at(3).now).await.unwrap();
    let put_off = store.put_off_left_sign_ins(organization, CONNECTION, at(1).now, at(3).now).await.unwrap();
    assert_eq!(put_off, 1, "the second, and not another organization's");
    assert_eq!(left(at(2)).await, [theirs.id]);
    let again = store.left_sign_ins(at(3), 10).await.unwrap();
    let ours = *again.iter().find(|left| left.session == first.id).unwrap();
    assert_eq!(ours.failures, 1);
    let (taken, sealed) = store.take_left_sign_in(ours, at(3), at(8).now).await.unwrap().unwrap();
    assert_eq!(sealed, tokens(b"2"), "what was given last");
    store.drop_left_sign_in(taken).await.unwrap();
    assert_eq!(left(at(9)).await.len(), 2);

    // Without a refresh token there is nothing to tell, and after a day nobody does any more.
    let third = kept(&mut one, 4).await;
    let nothing = SealedTokens { refresh: None, ..tokens(b"") };
    let keep = store.keep_session_tokens(organization, CONNECTION, third.id, nothing, third.created_at).await;
    assert!(keep.unwrap());
    assert_eq!(store.forget_left_sign_ins(organization, at(9)).await.unwrap(), 0, "its session is there");
    store.end_session(boss, third.id).await.unwrap();
    let all = store.left_sign_ins(at(9), 10).await.unwrap();
    let nothing = all.iter().find(|left| left.session == third.id).unwrap();
    assert_eq!(nothing.connection, None);
    assert_eq!(store.forget_left_sign_ins(organization, at(9)).await.unwrap(), 1);
    let late = LeftAt { asked_since: begun, ..at(9) };
    assert_eq!(store.forget_left_sign_ins(organization, late).await.unwrap(), 1, "the second");
    assert_eq!(left(at(9)).await, [theirs.id], "another organization's is its own");
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

/// Nobody is told of a session in its first moments: who has just signed in anew may have been given something already, by a
/// provider that would end it with what is told of.
pub(crate) async fn what_is_left_of_a_session_is_told_a_little_later(place: &Place) {
    let mut one = World::create(&place.store, 93, "northwind").await;
    let (store, organization, boss) = (place.store.clone(), one.organization, one.boss);
    let first = kept(&mut one, 1).await;
    store.end_session(boss, first.id).await.unwrap();
    let begun = first.created_at;
    let at = |seconds| LeftAt {
        now: begun + TimeDelta::seconds(seconds),
        asked_since: begun - TimeDelta::days(1),
        used_since: begun - TimeDelta::minutes(1),
    };
    let seen = store.left_sign_ins(at(1), 10).await.unwrap();
    assert!(seen.len() == 1 && seen[0].is_new, "{seen:?}");
    let taken = store.take_left_sign_in(seen[0], at(1), at(300).now).await.unwrap();
    assert_eq!(taken, None, "nobody has noted it yet");
    assert_eq!(store.note_left_sign_ins(organization, at(1).now, at(61).now).await.unwrap(), 1);
    assert_eq!(store.note_left_sign_ins(organization, at(2).now, at(62).now).await.unwrap(), 0, "once");
    assert_eq!(store.left_sign_ins(at(60), 10).await.unwrap(), []);

    // They have signed in anew meanwhile: it is looked for again when its time has come.
    let second = kept(&mut one, 2).await;
    assert_eq!(store.left_sign_ins(at(61), 10).await.unwrap(), []);
    store.end_session(boss, second.id).await.unwrap();
    let left = store.left_sign_ins(at(61), 10).await.unwrap();
    let due: Vec<_> = left.iter().filter(|left| !left.is_new).map(|left| left.session).collect();
    assert_eq!(due, [first.id]);
}
