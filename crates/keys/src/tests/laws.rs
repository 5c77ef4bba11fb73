//! Laws of a holder's keys that hold after any sequence of verbs at any times.

use chrono::TimeDelta;
use model::{Because, Key, KeyState, MAX_LIVE_KEYS, MAX_RETIRING_KEYS, Timestamp};
use proptest::prelude::*;

use super::fixtures::{Seeded, agent, plain, start};
use crate::{Issue, Rotate, end_grace, extend_grace, issue, revoke, rotate};

/// One thing that someone tries. `which` picks a key, minutes are counted from now.
#[derive(Debug, Clone)]
enum Attempt {
    Wait { minutes: i64 },
    Issue { life: Option<i64> },
    Rotate { which: prop::sample::Index, grace: Option<i64>, life: Option<i64>, leaked: bool },
    EndGrace { which: prop::sample::Index },
    ExtendGrace { which: prop::sample::Index, minutes: i64 },
    Revoke { which: prop::sample::Index },
}

fn attempt() -> impl Strategy<Value = Attempt> {
    let which = any::<prop::sample::Index>;
    // Below zero and above the greatest on purpose; short ones often, so that ends are met.
    let minutes = || prop_oneof![4 => -5..120_i64, 1 => 0..60_000_i64, 1 => Just(0)];
    let life = || prop::option::weighted(0.5, prop_oneof![-5..200_i64, 0..600_000_i64]);
    prop_oneof![
        2 => (0..200_i64).prop_map(|minutes| Attempt::Wait { minutes }),
        3 => life().prop_map(|life| Attempt::Issue { life }),
        5 => (which(), prop::option::of(minutes()), life(), prop::bool::weighted(0.2))
            .prop_map(|(which, grace, life, leaked)| Attempt::Rotate { which, grace, life, leaked }),
        1 => which().prop_map(|which| Attempt::EndGrace { which }),
        2 => (which(), minutes()).prop_map(|(which, minutes)| Attempt::ExtendGrace { which, minutes }),
        1 => which().prop_map(|which| Attempt::Revoke { which }),
    ]
}

/// The keys of one agent, and the clock.
struct World {
    keys: Vec<Key>,
    now: Timestamp,
    entropy: Seeded,
}

impl World {
    fn later(&self, minutes: i64) -> Timestamp {
        self.now + TimeDelta::minutes(minutes)
    }

    /// Puts a changed key in its place, if the verb was not refused.
    fn put<E>(&mut self, changed: Result<Key, E>) {
        if let Ok(changed) = changed {
            let place = self.keys.iter_mut().find(|key| key.id == changed.id).unwrap();
            *place = changed;
        }
    }

    fn issue(&mut self, life: Option<i64>) {
        let request = Issue { expires_at: life.map(|minutes| self.later(minutes)), ..plain(agent()) };
        let siblings: Vec<&Key> = self.keys.iter().collect();
        if let Ok(issued) = issue(request, &siblings, self.now, &mut self.entropy) {
            self.keys.push(issued.key);
        }
    }

    /// Rotates, and checks that whoever swaps the old key for the new before the old one ends never fails.
    fn rotate(&mut self, key: Key, how: Rotate) -> Result<(), TestCaseError> {
        let siblings: Vec<&Key> = self.keys.iter().collect();
        let Ok(rotation) = rotate(key, &siblings, how, self.now, &mut self.entropy) else { return Ok(()) };
        let end = rotation.retired.effective_end().unwrap_or(self.now);
        prop_assert!(rotation.successor.counts_at(self.now));
        prop_assert!(rotation.successor.counts_at(end), "{:?} {:?}", rotation.successor, rotation.retired);
        self.put(Ok::<_, ()>(rotation.retired));
        self.keys.push(rotation.successor);
        Ok(())
    }

    fn attempt(&mut self, attempt: &Attempt) -> Result<(), TestCaseError> {
        let pick =
            |which: &prop::sample::Index| (!self.keys.is_empty()).then(|| which.get(&self.keys).clone());
        match attempt {
            Attempt::Wait { minutes } => self.now = self.later(*minutes),
            Attempt::Issue { life } => self.issue(*life),
            Attempt::Rotate { which, grace, life, leaked } => {
                let Some(key) = pick(which) else { return Ok(()) };
                let grace = grace.map(TimeDelta::minutes);
                let expires_at = life.map(|minutes| self.later(minutes));
                self.rotate(key, Rotate { grace, leaked: *leaked, expires_at, by: None })?;
            }
            Attempt::EndGrace { which } => {
                let Some(key) = pick(which) else { return Ok(()) };
                self.put(end_grace(key, self.now));
            }
            Attempt::ExtendGrace { which, minutes } => {
                let Some(key) = pick(which) else { return Ok(()) };
                self.put(extend_grace(key, self.later(*minutes), self.now));
            }
            Attempt::Revoke { which } => {
                let Some(key) = pick(which) else { return Ok(()) };
                self.put(revoke(key, Because { at: self.now, by: None, reason: String::new() }));
            }
        }
        Ok(())
    }

    fn counting(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter().filter(|key| key.counts_at(self.now))
    }

    fn retiring(&self) -> usize {
        self.counting().filter(|key| matches!(key.state, KeyState::Retiring { .. })).count()
    }
}

/// What a key's end must be, from its parts.
fn expected_end(key: &Key) -> Option<Timestamp> {
    match key.state {
        KeyState::Revoked(_) => None,
        KeyState::Retiring { grace_expires_at, .. } if grace_expires_at < key.expires_at => {
            Some(grace_expires_at)
        }
        KeyState::Live | KeyState::Retiring { .. } => Some(key.expires_at),
    }
}

proptest! {
    #[test]
    fn k4_laws_hold_after_any_sequence_of_verbs(seed: u64, attempts in prop::collection::vec(attempt(), 1..60)) {
        let mut world = World { keys: Vec::new(), now: start(), entropy: Seeded(seed) };
        for attempt in &attempts {
            let before = world.keys.clone();
            world.attempt(attempt)?;
            prop_assert!(world.counting().count() <= MAX_LIVE_KEYS, "{attempt:?}");
            prop_assert!(world.retiring() <= MAX_RETIRING_KEYS, "{attempt:?}");
            for (old, new) in before.iter().zip(&world.keys) {
                prop_assert_eq!(new.effective_end(), expected_end(new));
                prop_assert_eq!((old.id, old.hash, old.expires_at), (new.id, new.hash, new.expires_at));
                if !old.counts_at(world.now) {
                    let end = new.effective_end();
                    prop_assert!(end.is_none_or(|end| end <= world.now), "{attempt:?} revived {old:?}");
                }
                if matches!(old.state, KeyState::Revoked(_)) {
                    prop_assert_eq!(old, new);
                }
            }
        }
    }
}
