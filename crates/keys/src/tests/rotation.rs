use chrono::TimeDelta;
use model::{Because, Holder, Key, KeyState, PrincipalId, Timestamp, UserId};

use super::fixtures::{Seeded, agent, holders, issued, minute, plain, several, start};
use crate::{
    Issue, KeyError, LEAKED, Rotate, Rotation, end_grace, extend_grace, issue, revoke, rotate, terms,
};

fn days(days: i64) -> Timestamp {
    start() + TimeDelta::days(days)
}

fn by_default(key: Key) -> Rotation {
    rotate(key, &[], Rotate::default(), start(), &mut Seeded(99)).unwrap()
}

fn with_grace(minutes: i64) -> Rotate {
    Rotate { grace: Some(TimeDelta::minutes(minutes)), ..Rotate::default() }
}

fn revoked(key: Key) -> Key {
    revoke(key, Because { at: start(), by: None, reason: String::new() }).unwrap()
}

#[test]
fn k4_each_kind_has_its_grace() {
    let graces = [("agent", 15), ("robot", 24 * 60), ("gateway", 24 * 60), ("user", 15)];
    for (holder, (word, minutes)) in holders().into_iter().zip(graces) {
        assert_eq!(holder.as_str(), word);
        let Rotation { successor, retired, .. } = by_default(issued(holder, 1).key);
        let expected = KeyState::Retiring { grace_expires_at: minute(minutes), successor: successor.id };
        assert_eq!(retired.state, expected, "{word}");
        assert_eq!(successor.replaces, Some(retired.id));
        assert_eq!((successor.holder, &successor.name), (retired.holder, &retired.name));
        assert_eq!(retired.expires_at, days(90), "its own end is kept apart");
    }
}

#[test]
fn k4_a_grace_lasts_from_zero_to_thirty_days() {
    let month = terms::MAX_GRACE.num_minutes();
    let too_long = KeyError::GraceTooLong { longest: terms::MAX_GRACE };
    let cases =
        [(-1, Err(KeyError::GraceNegative)), (0, Ok(())), (month, Ok(())), (month + 1, Err(too_long))];
    for (minutes, expected) in cases {
        let key = issued(agent(), 1).key;
        let got = rotate(key, &[], with_grace(minutes), start(), &mut Seeded(2));
        assert_eq!(got.as_ref().map(|_| ()), expected.as_ref().copied(), "{minutes}");
        if let Ok(rotation) = got {
            assert_eq!(rotation.retired.counts_at(start()), minutes > 0);
            assert!(rotation.successor.counts_at(start()));
        }
    }
}

#[test]
fn k4_a_leaked_key_is_revoked_whatever_grace_was_asked_for() {
    let Holder::User(user) = holders()[3] else { panic!("the fourth is a user") };
    let how = Rotate { leaked: true, by: Some(user), ..with_grace(60) };
    let Rotation { successor, retired, .. } =
        rotate(issued(agent(), 1).key, &[], how, start(), &mut Seeded(2)).unwrap();
    let because = Because { at: start(), by: Some(PrincipalId::User(user)), reason: LEAKED.to_owned() };
    assert_eq!(retired.state, KeyState::Revoked(because));
    assert!(!retired.counts_at(start()));
    assert!(successor.counts_at(start()));
    assert_eq!(successor.created_by, Some(user));
}

#[test]
fn k4_five_keys_count_and_no_sixth() {
    let keys = several(5);
    let five: Vec<&Key> = keys.iter().collect();
    let try_issue = |holder, now| issue(plain(holder), &five, now, &mut Seeded(50)).map(|_| ());
    assert_eq!(try_issue(agent(), start()), Err(KeyError::TooManyKeys));
    assert_eq!(try_issue(agent(), days(90)), Ok(()), "expired ones do not count");
    assert_eq!(try_issue(holders()[1], start()), Ok(()), "nor do another holder's");

    let try_rotate = |how| rotate(keys[0].clone(), &five, how, start(), &mut Seeded(50)).map(|_| ());
    assert_eq!(try_rotate(Rotate::default()), Err(KeyError::TooManyKeys));
    assert_eq!(try_rotate(with_grace(0)), Ok(()), "one ends as the other begins");
    assert_eq!(try_rotate(Rotate { leaked: true, ..Rotate::default() }), Ok(()));
}

#[test]
fn k4_two_keys_retire_and_no_third() {
    let first = by_default(issued(agent(), 1).key);
    let second = rotate(first.successor, &[&first.retired], with_grace(60), start(), &mut Seeded(2)).unwrap();
    let siblings = [&first.retired, &second.retired, &second.successor];
    let third = |how, now| rotate(second.successor.clone(), &siblings, how, now, &mut Seeded(3)).map(|_| ());
    assert_eq!(third(Rotate::default(), start()), Err(KeyError::TooManyRetiring));
    assert_eq!(third(with_grace(0), start()), Ok(()));
    assert_eq!(third(Rotate::default(), minute(15)), Ok(()), "the first one's grace is over");
}

#[test]
fn k4_only_a_live_key_is_rotated() {
    let key = issued(agent(), 1).key;
    let retiring = by_default(key.clone());
    let successor = retiring.successor.id;
    let cases = [
        (revoked(key.clone()), start(), KeyError::Revoked),
        (key.clone(), days(90), KeyError::Expired),
        (retiring.retired.clone(), minute(1), KeyError::AlreadyRetiring { successor }),
        (retiring.retired.clone(), minute(15), KeyError::Expired),
        (revoked(retiring.retired), minute(1), KeyError::Revoked),
    ];
    for (key, now, expected) in cases {
        for leaked in [false, true] {
            let how = Rotate { leaked, ..Rotate::default() };
            let got = rotate(key.clone(), &[], how, now, &mut Seeded(3)).map(|_| ());
            assert_eq!(got, Err(expected.clone()), "{}", key.state_at(now));
        }
    }
}

#[test]
fn k4_the_new_key_outlasts_the_old_one() {
    let until = minute(60);
    let ending = |expires_at| Rotate { expires_at: Some(expires_at), ..with_grace(60) };
    let go = |key: Key, how| rotate(key, &[], how, start(), &mut Seeded(4)).map(|_| ());
    let key = issued(agent(), 1).key;
    assert_eq!(go(key.clone(), ending(minute(60))), Err(KeyError::EndsBeforeOld { until }));
    assert_eq!(go(key.clone(), ending(minute(61))), Ok(()));
    let soon = Key { expires_at: minute(10), ..key };
    assert_eq!(go(soon, ending(minute(11))), Ok(()), "the old key's own end is the earlier one");
}

#[test]
fn k4_a_grace_is_ended_early_or_extended() {
    let key = issued(agent(), 1).key;
    let retiring = by_default(key.clone()).retired;
    let ended = end_grace(retiring.clone(), minute(5)).unwrap();
    assert_eq!((ended.effective_end(), ended.counts_at(minute(5))), (Some(minute(5)), false));

    let too_long = KeyError::GraceTooLong { longest: terms::MAX_GRACE };
    let stays = KeyError::GraceNotExtended { until: minute(15) };
    let longest = minute(5) + terms::MAX_GRACE;
    let cases = [
        (&retiring, minute(15), minute(5), Err(stays.clone())),
        (&retiring, minute(10), minute(5), Err(stays)),
        (&retiring, minute(16), minute(5), Ok(Some(minute(16)))),
        (&retiring, longest, minute(5), Ok(Some(longest))),
        (&retiring, longest + TimeDelta::microseconds(1), minute(5), Err(too_long)),
        (&retiring, minute(20), minute(15), Err(KeyError::Expired)),
        (&ended, minute(20), minute(6), Err(KeyError::Expired)),
        (&key, minute(20), minute(5), Err(KeyError::NotRetiring)),
        (&key, days(91), days(90), Err(KeyError::Expired)),
        (&revoked(retiring.clone()), minute(20), minute(5), Err(KeyError::Revoked)),
    ];
    for (key, until, now, expected) in cases {
        let got = extend_grace(key.clone(), until, now);
        assert_eq!(got.map(|key| key.effective_end()), expected, "{until} {now}");
        if let Err(refusal @ (KeyError::Expired | KeyError::NotRetiring | KeyError::Revoked)) = expected {
            assert_eq!(end_grace(key.clone(), now), Err(refusal));
        }
    }
    let soon = Key { expires_at: minute(12), ..retiring };
    let extended = extend_grace(soon, minute(60), minute(5)).unwrap();
    assert_eq!(extended.effective_end(), Some(minute(12)), "no grace outlives the key's own end");
}

#[test]
fn k4_a_key_is_revoked_once_and_in_every_other_state() {
    let key = issued(agent(), 1).key;
    let by: Option<UserId> = None;
    let because =
        || Because { at: days(100), by: by.map(PrincipalId::User), reason: "found in a wiki".to_owned() };
    for before in [key.clone(), by_default(key.clone()).retired, Key { expires_at: minute(1), ..key }] {
        let after = revoke(before, because()).unwrap();
        assert_eq!(after.state, KeyState::Revoked(because()));
        assert_eq!(revoke(after, because()), Err(KeyError::AlreadyRevoked));
    }
}

#[test]
fn k5_a_key_lasts_ninety_days_and_a_year_at_most() {
    let latest = days(365);
    let nanosecond = TimeDelta::nanoseconds(1);
    let cases = [
        (None, Ok(days(90))),
        (Some(days(-1)), Err(KeyError::EndTooEarly)),
        (Some(start()), Err(KeyError::EndTooEarly)),
        (Some(start() + nanosecond), Err(KeyError::EndTooEarly)),
        (Some(minute(1) + nanosecond), Ok(minute(1))),
        (Some(latest), Ok(latest)),
        (Some(days(366)), Err(KeyError::EndTooLate { latest })),
        (Some(Timestamp::MAX_UTC), Err(KeyError::EndTooLate { latest })),
    ];
    for (expires_at, expected) in cases {
        let got = issue(Issue { expires_at, ..plain(agent()) }, &[], start(), &mut Seeded(1));
        assert_eq!(got.map(|issued| issued.key.expires_at), expected, "{expires_at:?}");
        let rotated = rotate(
            issued(agent(), 1).key,
            &[],
            Rotate { expires_at, ..with_grace(0) },
            start(),
            &mut Seeded(2),
        );
        assert_eq!(rotated.map(|rotation| rotation.successor.expires_at), expected, "{expires_at:?}");
    }
}
