//! How much one address may ask for that shows no credential, or one person by what reaches others, so that they disturb
//! nobody else.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Addresses or people remembered at once: a few megabytes, however many ask.
const MOST_ADDRESSES: usize = 50_000;

/// How often each address, or each of something else, may still do something: a bucket, refilled by one after another.
///
/// What is kept of each is one moment: when its bucket will be full again. A full bucket is not kept at all.
#[derive(Debug)]
pub(crate) struct Buckets<K = IpAddr> {
    /// How often at once.
    size: u32,
    /// One is given back after so long.
    each: Duration,
    full_again: Mutex<HashMap<K, Duration>>,
}

impl<K: Copy + Eq + Hash> Buckets<K> {
    /// So many at once, and in that time.
    pub(crate) fn new(size: u32, within: Duration) -> Self {
        Self { size, each: within / size.max(1), full_again: Mutex::default() }
    }

    /// Takes one from the bucket of whoever it is. Refused: how long until there is one again.
    ///
    /// `now` is a clock that never goes back.
    pub(crate) fn take_of(&self, whose: K, now: Duration) -> Result<(), Duration> {
        let mut full_again = self.full_again.lock().unwrap_or_else(PoisonError::into_inner);
        let after = full_again.get(&whose).copied().unwrap_or_default().max(now) + self.each;
        let full = now + self.each * self.size;
        let Some(early) = after.checked_sub(full).filter(|early| !early.is_zero()) else {
            make_room(&mut full_again, whose, now);
            full_again.insert(whose, after);
            return Ok(());
        };
        Err(early)
    }
}

impl Buckets<IpAddr> {
    /// Takes one from the bucket of an address, as [`Self::take_of`] does.
    pub(crate) fn take(&self, address: IpAddr, now: Duration) -> Result<(), Duration> {
        self.take_of(site(address), now)
    }
}

/// Forgets who has all of their bucket, or else whoever has most of it: they lose least by being forgotten, and a
/// flood of addresses cannot lock the others out.
fn make_room<K: Copy + Eq + Hash>(full_again: &mut HashMap<K, Duration>, coming: K, now: Duration) {
    if full_again.len() < MOST_ADDRESSES || full_again.contains_key(&coming) {
        return;
    }
    full_again.retain(|_, full| *full > now);
    if full_again.len() >= MOST_ADDRESSES {
        let fullest = full_again.iter().min_by_key(|(_, full)| **full).map(|(whose, _)| *whose);
        fullest.map(|whose| full_again.remove(&whose));
    }
}

/// Who a limit is for: one address, and for IPv6 the whole /64, which one subscriber has all of.
fn site(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// Sixty in an hour.
    fn sixty() -> Buckets {
        Buckets::new(60, 3_600 * SECOND)
    }

    fn burst(limit: &Buckets, address: IpAddr, now: Duration) -> usize {
        (0..200).take_while(|_| limit.take(address, now).is_ok()).count()
    }

    #[test]
    fn an_address_may_do_it_sixty_times_and_then_once_a_minute() {
        let limit = sixty();
        let address = IpAddr::from([192, 0, 2, 1]);
        let start = 1_000 * SECOND;
        assert_eq!(burst(&limit, address, start), 60);
        assert_eq!(limit.take(address, start), Err(60 * SECOND));
        assert_eq!(limit.take(address, start + 59 * SECOND), Err(SECOND));
        assert_eq!(burst(&limit, address, start + 60 * SECOND), 1);
        assert_eq!(burst(&limit, address, start + 660 * SECOND), 10);
        assert_eq!(burst(&limit, address, start + 100_000 * SECOND), 60, "never more than a full bucket");
        assert_eq!(burst(&limit, IpAddr::from([192, 0, 2, 2]), start), 60, "others are not disturbed");
    }

    #[test]
    fn a_subscriber_has_one_bucket() {
        let limit = sixty();
        let parse = |text: &str| text.parse::<IpAddr>().unwrap();
        assert_eq!(burst(&limit, parse("2001:db8:1:2::1"), SECOND), 60);
        assert_eq!(burst(&limit, parse("2001:db8:1:2:ffff::9"), SECOND), 0);
        assert_eq!(burst(&limit, parse("2001:db8:1:3::1"), SECOND), 60);
        assert_eq!(burst(&limit, parse("192.0.2.1"), SECOND), 60);
        assert_eq!(burst(&limit, parse("::ffff:192.0.2.1"), SECOND), 0);
    }

    #[test]
    fn a_flood_of_addresses_neither_grows_it_nor_frees_the_greedy() {
        let limit = sixty();
        let greedy = IpAddr::from([192, 0, 2, 1]);
        assert_eq!(burst(&limit, greedy, SECOND), 60);
        for n in 0..u32::try_from(MOST_ADDRESSES).unwrap() + 100 {
            assert_eq!(limit.take(IpAddr::from((10 << 24 | n).to_be_bytes()), SECOND), Ok(()));
        }
        assert_eq!(limit.full_again.lock().unwrap().len(), MOST_ADDRESSES);
        assert_eq!(burst(&limit, greedy, SECOND), 0);
    }
}
