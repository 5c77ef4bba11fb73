use chrono::{DateTime, TimeDelta};
use model::{AgentId, Entropy, GatewayId, Holder, Key, KeyLimits, RobotId, Timestamp, UserId};

use crate::{Issue, Issued, issue};

/// A repeatable source: the generator `SplitMix64` from a seed.
pub(crate) struct Seeded(pub(crate) u64);

impl Entropy for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut mixed = self.0;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            let drawn = (mixed ^ (mixed >> 31)).to_le_bytes();
            chunk.copy_from_slice(&drawn[..chunk.len()]);
        }
    }
}

/// A source that gives the bytes it was made of, then panics.
pub(crate) struct Scripted(pub(crate) Vec<u8>);

impl Entropy for Scripted {
    fn fill(&mut self, bytes: &mut [u8]) {
        let rest = self.0.split_off(bytes.len());
        bytes.copy_from_slice(&std::mem::replace(&mut self.0, rest));
    }
}

/// A fixed moment that everything starts at.
pub(crate) fn start() -> Timestamp {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

/// That many minutes after the start.
pub(crate) fn minute(minutes: i64) -> Timestamp {
    start() + TimeDelta::minutes(minutes)
}

/// One holder of each kind.
pub(crate) fn holders() -> [Holder; 4] {
    let entropy = &mut Seeded(7);
    [
        Holder::Agent(AgentId::draw(start(), entropy)),
        Holder::Robot(RobotId::draw(start(), entropy)),
        Holder::Gateway(GatewayId::draw(start(), entropy)),
        Holder::User(UserId::draw(start(), entropy)),
    ]
}

/// Some agent.
pub(crate) fn agent() -> Holder {
    holders()[0]
}

/// Asks for a key with no special wishes.
pub(crate) fn plain(holder: Holder) -> Issue {
    Issue {
        holder,
        name: "build farm".parse().unwrap(),
        expires_at: None,
        limits: KeyLimits::default(),
        created_by: None,
    }
}

/// Issues a plain key at the start.
pub(crate) fn issued(holder: Holder, seed: u64) -> Issued {
    issue(plain(holder), &[], start(), &mut Seeded(seed)).unwrap()
}

/// Issues so many plain keys of one agent at the start.
pub(crate) fn several(count: u64) -> Vec<Key> {
    (0..count).map(|seed| issued(agent(), seed).key).collect()
}
