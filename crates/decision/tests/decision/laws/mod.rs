//! The laws of the model, on random organizations. Each run draws the same cases.

mod agreement;
mod existence;
mod narrowing;
mod owners;
mod snapshots;
mod visibility;

use std::cell::Cell;

use decision::Subject;
use model::{AgentId, Fact, PrincipalId, Snapshot, UserId};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::ask::{Ask, What};
use crate::asking::{Drawn, drawn};
use crate::case::decided;
use crate::generate::{SLUGS, THREE, TOOLS};
use crate::id;

/// Runs a law on so many pairs of organizations, always the same ones, and writes no files.
fn for_all(cases: u32, law: impl Fn(Drawn) -> Result<(), TestCaseError>) {
    let rng_seed = RngSeed::Fixed(20_271);
    let config = Config { cases, rng_seed, failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(&drawn(), law).unwrap_or_else(|failed| panic!("{failed}"));
}

/// How often a law had something to say. One that never had would prove nothing.
#[derive(Default)]
struct Count(Cell<usize>);

impl Count {
    fn add(&self) {
        self.add_all(1);
    }

    fn add_all(&self, more: usize) {
        self.0.set(self.0.get() + more);
    }

    fn at_least(self, least: usize, what: &str) {
        println!("{} {what}", self.0.get());
        assert!(self.0.get() >= least, "only {} {what}", self.0.get());
    }
}

/// Both organizations, ready to be asked.
#[derive(Clone)]
struct Sides {
    host: Snapshot,
    away: Snapshot,
}

impl Sides {
    fn of(drawn: &Drawn) -> Self {
        Self { host: drawn.host.snapshot(), away: drawn.away.snapshot() }
    }

    fn allow(&self, ask: &Ask) -> bool {
        decided(&self.host, &self.away, ask).is_allowed()
    }

    fn home(&self, ask: &Ask) -> &Snapshot {
        if ask.abroad { &self.away } else { &self.host }
    }

    /// Who makes the call, as far as anybody does.
    fn principal(&self, ask: &Ask) -> Option<PrincipalId> {
        match ask.subject {
            Subject::Asserted(principal) => Some(principal),
            Subject::Key(key) | Subject::Mismatch(key) => match self.home(ask).key(key)?.holder {
                model::Holder::Agent(id) => Some(PrincipalId::Agent(id)),
                model::Holder::Robot(id) => Some(PrincipalId::Robot(id)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The owner, where an agent makes the call.
    fn owner(&self, ask: &Ask) -> Option<UserId> {
        let PrincipalId::Agent(id) = self.principal(ask)? else { return None };
        Some(self.home(ask).agent(id)?.owner)
    }
}

/// Everything that a principal could call in some workspaces: every tool and the connection, on every server.
fn sweep(principal: PrincipalId, abroad: bool, workspaces: &[usize]) -> Vec<Ask> {
    let tools = TOOLS.map(|tool| What::Tool(tool.into(), Some(serde_json::json!({"amount": 50}))));
    let whats: Vec<What> = tools.into_iter().chain([What::Session, What::Unseen]).collect();
    let ask = |workspace: usize, server: usize, what: &What| Ask {
        gateway: id::gateway(1),
        subject: Subject::Asserted(principal),
        delegation: false,
        server: SLUGS[server - 1].into(),
        workspace: Some(SLUGS[workspace - 1].into()),
        what: what.clone(),
        address: None,
        uses: 0,
        abroad,
    };
    let places = workspaces.iter().flat_map(|workspace| THREE.map(|server| (*workspace, server)));
    places
        .flat_map(|(workspace, server)| whats.iter().map(move |what| ask(workspace, server, what)))
        .collect()
}

/// The agents of a person, with whether they belong to the other organization.
fn agents_of(sides: &Sides, owner: UserId) -> Vec<(AgentId, bool)> {
    let of = |side: &Snapshot, abroad| side.agents_of(owner).map(|a| (a.id, abroad)).collect::<Vec<_>>();
    [of(&sides.host, false), of(&sides.away, true)].concat()
}

/// The facts that a snapshot holds, one by one.
fn facts(side: &Snapshot) -> Vec<Fact> {
    side.facts().collect()
}
