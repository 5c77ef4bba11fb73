//! Five failures in a quarter of an hour on one account from one address (security.md S8). The address belongs to it, so
//! that a guesser locks out nobody but themselves.

use std::net::IpAddr;

use chrono::TimeDelta;
use model::{Entropy, Timestamp};
use sha2::{Digest, Sha256};
use store::Attempt;
use uuid::Builder;

use crate::{App, Error};

const MOST: u32 = 5;
const WITHIN: TimeDelta = TimeDelta::minutes(15);

/// Whether one more may be tried.
pub(super) enum Room {
    /// It may; to be forgiven if it succeeds.
    For(Attempt),
    /// Not before that moment.
    NotBefore(Timestamp),
}

impl App {
    /// Takes room for one attempt on a name that may be nobody's.
    pub(super) async fn attempt(&self, name: &str, address: Option<IpAddr>) -> Result<Room, Error> {
        let world = self.engine.world();
        let now = world.now();
        let mut random = [0; 16];
        world.entropy().fill(&mut random);
        let attempt = Attempt {
            id: Builder::from_random_bytes(random).into_uuid(),
            account_hash: Sha256::digest(name.as_bytes()).into(),
            address: address.map(neighbourhood).unwrap_or_default(),
            at: now,
        };
        match self.store.begin_attempt(&attempt, now - WITHIN, MOST).await? {
            None => Ok(Room::For(attempt)),
            Some(oldest) => Ok(Room::NotBefore(oldest + WITHIN)),
        }
    }

    /// Forgets what nobody will finish and nobody is held back by any more.
    pub async fn forget_old_attempts(&self) -> Result<u64, Error> {
        let now = self.engine.world().now();
        Ok(self.store.forget_attempts(now, now - WITHIN).await?)
    }
}

/// An IPv6 customer has at least 2^64 addresses; they count as one.
fn neighbourhood(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::neighbourhood;

    #[test]
    fn addresses_count_by_who_can_have_them() {
        for (address, counted) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(neighbourhood(address.parse().unwrap()), counted);
        }
    }
}
