//! How much one organization may ask for, so that none is slow because another is busy.
//!
//! A rate is kept as the moment at which all that was asked for would have been worked off (the generic cell rate
//! algorithm): one number for each organization, moved by one atomic step, and nothing that has to be refilled.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use model::OrganizationId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What one organization may ask for. Zero: as much as it likes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Questions of its gateways in a second, on this node.
    pub calls_per_second: u32,
    /// Requests to the management API and the pages in a second, on this node.
    pub requests_per_second: u32,
    /// Requests to the management API and the pages that are worked on at once: its share of the database's
    /// connections. Never none. Half as many more are worked on for those who manage nothing ([`Share::Others`]).
    pub requests_at_once: u32,
    /// Agents that have not been revoked.
    pub agents: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { calls_per_second: 1_000, requests_per_second: 50, requests_at_once: 4, agents: 10_000 }
    }
}

/// Twice a second's worth may come at once: gateways and people come in bursts.
const BURST_SECONDS: u64 = 2;
/// A request that finds its organization's share of the database in use waits so long for a turn.
const TURN_WITHIN: Duration = Duration::from_secs(1);

/// Out of which share of its organization's a request to the management API or the pages is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// A person's, signed in or by a management key.
    People,
    /// Whoever shows another key of the organization: an agent's, a robot's, a gateway's. They manage nothing, and what
    /// they ask for takes nothing from people, who may be about to press the stop button.
    Others,
}

/// The limits of all organizations, and how much of them is used.
#[derive(Debug, Default)]
pub struct Limiter {
    usual: Limits,
    exceptions: HashMap<OrganizationId, Limits>,
    used: RwLock<HashMap<OrganizationId, Arc<Used>>>,
}

#[derive(Debug)]
struct Used {
    calls: Rate,
    people: Requests,
    others: Requests,
}

/// How much of one share of the management API and the pages is used.
#[derive(Debug)]
struct Requests {
    rate: Rate,
    turns: Arc<Semaphore>,
}

/// The turn of one request among those of its organization. It is given back when dropped.
#[derive(Debug)]
pub struct Turn {
    _permit: Option<OwnedSemaphorePermit>,
}

/// More was asked for than the organization may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the organization asks for more than it may; again in {0:?}")]
pub struct OverLimit(pub Duration);

impl Limiter {
    /// A limiter with these limits, and others for some organizations.
    pub fn new(usual: Limits, exceptions: HashMap<OrganizationId, Limits>) -> Self {
        Self { usual, exceptions, used: RwLock::default() }
    }

    /// The limits of an organization.
    pub fn of(&self, organization: OrganizationId) -> Limits {
        self.exceptions.get(&organization).copied().unwrap_or(self.usual)
    }

    /// Takes so many calls of an organization at that moment, all or none.
    pub fn take_calls(
        &self,
        organization: OrganizationId,
        calls: usize,
        now: Duration,
    ) -> Result<(), OverLimit> {
        self.used(organization).calls.take(calls, now)
    }

    /// Takes one request of an organization's share at that moment, and waits for its turn.
    pub async fn take_request(
        &self,
        organization: OrganizationId,
        share: Share,
        now: Duration,
    ) -> Result<Turn, OverLimit> {
        self.take_turn(organization, share, now, TURN_WITHIN).await
    }

    async fn take_turn(
        &self,
        organization: OrganizationId,
        share: Share,
        now: Duration,
        within: Duration,
    ) -> Result<Turn, OverLimit> {
        let used = self.used(organization);
        let requests = match share {
            Share::People => &used.people,
            Share::Others => &used.others,
        };
        requests.rate.take(1, now)?;
        let turn = tokio::time::timeout(within, Arc::clone(&requests.turns).acquire_owned()).await;
        match turn {
            Ok(permit) => Ok(Turn { _permit: permit.ok() }),
            Err(_) => Err(OverLimit(within)),
        }
    }

    fn used(&self, organization: OrganizationId) -> Arc<Used> {
        let known = self.used.read().unwrap_or_else(PoisonError::into_inner).get(&organization).cloned();
        known.unwrap_or_else(|| {
            let limits = self.of(organization);
            let mut all = self.used.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(organization).or_insert_with(|| Arc::new(Used::within(limits))))
        })
    }
}

impl Used {
    fn within(limits: Limits) -> Self {
        let requests = |at_once| Requests::within(limits.requests_per_second, at_once);
        Self {
            calls: Rate::of(limits.calls_per_second),
            people: requests(limits.requests_at_once),
            others: requests(limits.requests_at_once / 2),
        }
    }
}

impl Requests {
    fn within(per_second: u32, at_once: u32) -> Self {
        let turns = usize::try_from(at_once.max(1)).unwrap_or(1);
        Self { rate: Rate::of(per_second), turns: Arc::new(Semaphore::new(turns)) }
    }
}

/// A rate with its burst. Times are nanoseconds on the clock that only goes forward.
#[derive(Debug)]
struct Rate {
    /// What one costs. Zero: nothing.
    each: u64,
    /// How far ahead of the clock it may be.
    burst: u64,
    worked_off: AtomicU64,
}

impl Rate {
    fn of(per_second: u32) -> Self {
        let second = 1_000_000_000;
        let each = if per_second == 0 { 0 } else { second / u64::from(per_second) };
        Self { each, burst: BURST_SECONDS * second, worked_off: AtomicU64::new(0) }
    }

    fn take(&self, count: usize, now: Duration) -> Result<(), OverLimit> {
        if self.each == 0 {
            return Ok(());
        }
        let now = u64::try_from(now.as_nanos()).unwrap_or(u64::MAX);
        let cost = self.each.saturating_mul(u64::try_from(count).unwrap_or(u64::MAX));
        let taken = self.worked_off.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |worked_off| {
            let next = worked_off.max(now).saturating_add(cost);
            (next.saturating_sub(now) <= self.burst).then_some(next)
        });
        taken.map(drop).map_err(|worked_off| {
            let next = worked_off.max(now).saturating_add(cost);
            OverLimit(Duration::from_nanos(next.saturating_sub(now).saturating_sub(self.burst)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limiter(calls: u32) -> Limiter {
        let limits = Limits { calls_per_second: calls, ..Limits::default() };
        let generous = Limits { calls_per_second: 0, ..limits };
        Limiter::new(limits, [(OrganizationId::MAX, generous)].into())
    }

    #[test]
    fn a_burst_is_taken_and_then_the_rate() {
        let limiter = limiter(1_000);
        let at = |millis: u64| Duration::from_millis(10_000 + millis);
        let taken = (0..5_000).filter(|_| limiter.take_calls(OrganizationId::MIN, 1, at(0)).is_ok()).count();
        assert_eq!(taken, 2_000);
        let refused = limiter.take_calls(OrganizationId::MIN, 1, at(0)).unwrap_err();
        assert_eq!(refused, OverLimit(Duration::from_millis(1)));
        assert!(limiter.take_calls(OrganizationId::MIN, 1, at(1)).is_ok(), "as it was told");
        let taken =
            (0..5_000).filter(|_| limiter.take_calls(OrganizationId::MIN, 1, at(101)).is_ok()).count();
        assert_eq!(taken, 100, "what a tenth of a second gives");
        assert!(
            limiter.take_calls(OrganizationId::MIN, 2_001, at(60_000)).is_err(),
            "never more than a burst"
        );
    }

    #[test]
    fn one_organization_does_not_use_up_anothers() {
        let limiter = limiter(10);
        let (now, other) =
            (Duration::from_secs(100), "00000000-0000-0000-0000-000000000007".parse().unwrap());
        while limiter.take_calls(OrganizationId::MIN, 1, now).is_ok() {}
        assert!(limiter.take_calls(other, 20, now).is_ok());
        assert!(limiter.take_calls(OrganizationId::MAX, 1_000_000, now).is_ok(), "the operator's exception");
    }

    #[tokio::test]
    async fn a_share_of_the_database_is_waited_for_and_given_back() {
        let limiter = limiter(1);
        let (now, soon) = (Duration::from_secs(100), Duration::from_millis(1));
        let take = |organization| limiter.take_turn(organization, Share::People, now, soon);
        let mut turns = Vec::new();
        for _ in 0..Limits::default().requests_at_once {
            turns.push(take(OrganizationId::MIN).await.unwrap());
        }
        assert!(take(OrganizationId::MIN).await.is_err(), "the share is in use");
        assert!(take(OrganizationId::MAX).await.is_ok(), "another's is not");
        turns.pop();
        assert!(take(OrganizationId::MIN).await.is_ok());
    }

    #[tokio::test]
    async fn those_who_manage_nothing_use_up_only_what_is_theirs() {
        let limiter = limiter(1);
        let (now, soon) = (Duration::from_secs(100), Duration::from_millis(1));
        let take = |share| limiter.take_turn(OrganizationId::MIN, share, now, soon);
        let mut held = Vec::new();
        while let Ok(turn) = take(Share::Others).await {
            held.push(turn);
        }
        assert!(!held.is_empty(), "they are heard");
        for _ in 0..1_000 {
            drop(take(Share::Others).await);
        }
        assert!(take(Share::People).await.is_ok(), "neither their turns nor their rate are people's");
    }
}
