//! In which order the list of agents stands, and where a page of it goes on.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use model::{Agent, AgentId, AgentState, Timestamp};

/// As many as are read without losing the place.
const ON_A_PAGE: usize = 50;

/// When each agent was last seen; whoever never was is left out.
pub(crate) type Seen = BTreeMap<AgentId, Timestamp>;

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The newest first.
    Newest,
    /// By name, whatever its case.
    Name,
    /// What somebody has to look after first: nobody answers, paused, live, revoked.
    State,
    /// The last seen first.
    Seen,
}

/// An order, or that order from its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Order {
    pub(super) by: By,
    is_reversed: bool,
}

/// Where an agent stands in an order. No two stand at one place, so that a page goes on exactly where the last one
/// ended, also where that agent is gone meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    key: Key,
    id: Reverse<AgentId>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Newest,
    Name(String),
    State(u8),
    /// Microseconds since 1970; 0: never.
    Seen(Reverse<i64>),
}

impl Order {
    /// The order that an address names: `name`, `state` or `seen`, with a hyphen in front from the end.
    pub(crate) fn of(sort: &str) -> Self {
        let by = match sort.trim_start_matches('-') {
            "name" => By::Name,
            "state" => By::State,
            "seen" => By::Seen,
            _ => By::Newest,
        };
        Self { by, is_reversed: by != By::Newest && sort.starts_with('-') }
    }

    /// The page that follows a place, and the place of its last agent where more come after it.
    pub(super) fn page(
        self,
        agents: Vec<Arc<Agent>>,
        seen: &Seen,
        after: &str,
    ) -> (Vec<Arc<Agent>>, Option<String>) {
        self.cut(agents, seen, self.read(after), ON_A_PAGE)
    }

    /// The same of at most so many.
    pub(crate) fn cut(
        self,
        agents: Vec<Arc<Agent>>,
        seen: &Seen,
        after: Option<Place>,
        most: usize,
    ) -> (Vec<Arc<Agent>>, Option<String>) {
        let placed = |agent: Arc<Agent>| (self.place(&agent, seen), agent);
        let mut placed: Vec<(Place, Arc<Agent>)> = agents.into_iter().map(placed).collect();
        if let Some(after) = after {
            placed.retain(|(place, _)| if self.is_reversed { *place < after } else { *place > after });
        }
        placed.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        if self.is_reversed {
            placed.reverse();
        }
        let more = placed.len() > most;
        placed.truncate(most);
        let next = placed.last().filter(|_| more).map(|(place, _)| place.to_string());
        (placed.into_iter().map(|(_, agent)| agent).collect(), next)
    }

    fn place(self, agent: &Agent, seen: &Seen) -> Place {
        let key = match self.by {
            By::Newest => Key::Newest,
            By::Name => Key::Name(agent.name.as_str().to_lowercase()),
            By::State => Key::State(rank(&agent.state)),
            By::Seen => Key::Seen(Reverse(seen.get(&agent.id).map_or(0, Timestamp::timestamp_micros))),
        };
        Place { key, id: Reverse(agent.id) }
    }

    /// Reads the place that an address goes on from. None: it is no place in this order.
    pub(crate) fn read(self, text: &str) -> Option<Place> {
        let (key, id) = match self.by {
            By::Newest => ("", text),
            By::Name | By::State | By::Seen => text.rsplit_once('.')?,
        };
        let key = match self.by {
            By::Newest => Key::Newest,
            By::Name => Key::Name(key.to_owned()),
            By::State => Key::State(key.parse().ok()?),
            By::Seen => Key::Seen(Reverse(key.parse().ok()?)),
        };
        Some(Place { key, id: Reverse(id.parse().ok()?) })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            Key::Newest => {}
            Key::Name(name) => write!(f, "{name}.")?,
            Key::State(rank) => write!(f, "{rank}.")?,
            Key::Seen(Reverse(at)) => write!(f, "{at}.")?,
        }
        write!(f, "{}", self.id.0)
    }
}

fn rank(state: &AgentState) -> u8 {
    match state {
        AgentState::Unowned(_) => 0,
        AgentState::Paused(_) => 1,
        AgentState::Live => 2,
        AgentState::Revoked(_) => 3,
    }
}

#[cfg(test)]
mod tests {
    use model::{Because, Entropy, UserId};

    use super::*;

    struct Counting(u8);

    impl Entropy for Counting {
        fn fill(&mut self, bytes: &mut [u8]) {
            self.0 = self.0.wrapping_add(1);
            bytes.fill(self.0);
        }
    }

    /// More than a page, with equal names, states and times among them, and a dot in a name.
    fn agents() -> (Vec<Arc<Agent>>, Seen) {
        let (start, mut chance) = (Timestamp::UNIX_EPOCH, Counting(0));
        let because = Because { at: start, by: None, reason: String::new() };
        let mut seen = Seen::new();
        let mut agent = |at: usize| {
            let names = ["b", "A", "a.b", "C"];
            let created_at = start + chrono::TimeDelta::seconds(at.try_into().unwrap());
            let id = AgentId::draw(created_at, &mut chance);
            if !at.is_multiple_of(3) {
                seen.insert(id, start + chrono::TimeDelta::minutes((at % 7).try_into().unwrap()));
            }
            Arc::new(Agent {
                id,
                name: names[at % names.len()].parse().unwrap(),
                purpose: String::new(),
                owner: UserId::MIN,
                state: match at % 4 {
                    0 => AgentState::Live,
                    1 => AgentState::Paused(because.clone()),
                    2 => AgentState::Unowned(because.clone()),
                    _ => AgentState::Revoked(because.clone()),
                },
                scope: model::Scope::default(),
                never: model::Scope::default(),
                created_at,
                created_by: UserId::MIN,
            })
        };
        let agents = (0..130).map(&mut agent).collect();
        (agents, seen)
    }

    #[test]
    fn pages_follow_each_other_and_miss_nobody_in_every_order() {
        let (agents, seen) = agents();
        for sort in ["", "name", "-name", "state", "-state", "seen", "-seen"] {
            let order = Order::of(sort);
            let (mut all, mut after) = (Vec::new(), String::new());
            loop {
                let (page, next) = order.page(agents.clone(), &seen, &after);
                all.extend(page.iter().map(|agent| order.place(agent, &seen)));
                let Some(next) = next else { break };
                after = next;
            }
            assert_eq!(all.len(), agents.len(), "{sort}");
            let rises =
                all.windows(2).all(|two| if order.is_reversed { two[0] > two[1] } else { two[0] < two[1] });
            assert!(rises, "{sort}");
        }
    }

    #[test]
    fn a_page_goes_on_where_the_last_agent_is_gone() {
        let (mut agents, seen) = agents();
        let order = Order::of("name");
        let (first, next) = order.page(agents.clone(), &seen, "");
        let last = first.last().unwrap().id;
        agents.retain(|agent| agent.id != last);
        let (second, _) = order.page(agents.clone(), &seen, &next.unwrap());
        assert!(second.iter().all(|agent| first.iter().all(|before| before.id != agent.id)));
        assert_eq!(second.len(), ON_A_PAGE);
        assert_eq!(order.page(agents, &seen, "no place").0.len(), ON_A_PAGE);
    }
}
