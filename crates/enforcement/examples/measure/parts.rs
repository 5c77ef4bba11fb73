//! The parts of answering one call of `POST /v1/check`, each by itself.

use std::collections::HashMap;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use decision::{Decision, Facts, Record, decide};
use enforcement::{
    Ask, Chance, Clock, Engine, GatewayCaller, Lease, Limiter, Limits, Recorder, RecorderOptions, Replica,
    World, arguments_digest,
};
use keys::Presented;
use model::{DecisionId, Timestamp, to_micros};
use serde::Serialize;
use store::{Options, Store};

use crate::decide::{Ready, call, facts, ready, spread};
use crate::organization::{Made, Wrong};
use crate::seed::{body, today, write};
use crate::timing::{median, nanoseconds};

// The very file that reads a gateway's body.
#[path = "../../../web/src/strict_json.rs"]
mod strict_json;

/// As many agents as the small organization of the bench has.
const AGENTS: u64 = 1_000;
/// Different calls, asked in turn.
const ASKED: u64 = 1_024;
/// Calls timed in one round.
const CALLS: u32 = 50_000;
/// Records in one commit: alone, as at 16 and 256 connections under load, and at most.
const BATCHES: [usize; 4] = [1, 16, 256, 1_000];
/// Commits timed of each size.
const COMMITS: usize = 60;

struct System(Instant);

impl Clock for System {
    #[expect(clippy::disallowed_methods, reason = "what the clock costs is part of what is measured")]
    fn now(&self) -> Timestamp {
        to_micros(chrono::Utc::now())
    }

    fn monotonic(&self) -> Duration {
        self.0.elapsed()
    }
}

impl Chance for System {
    fn fill(&self, bytes: &mut [u8]) {
        // Zeroes instead of random bytes would only repeat an id.
        let _filled = getrandom::fill(bytes);
    }
}

/// The fields of the answer, as the handler encodes them.
#[derive(Serialize)]
struct Answer<'a> {
    decision: bool,
    decision_id: DecisionId,
    reason: &'static str,
    revision: u64,
    actor: Option<&'a decision::Party>,
    owner: Option<&'a decision::Party>,
    on_behalf_of: Option<&'a decision::Party>,
    workspace: Option<&'a str>,
    run_id: Option<model::RunId>,
    obligations: &'a [decision::Obligation],
}

impl<'a> Answer<'a> {
    fn of(record: &'a Record) -> Self {
        let decision = &record.decision;
        Self {
            decision: decision.is_allowed(),
            decision_id: record.id,
            reason: decision.public_reason().code(),
            revision: decision.revision.0,
            actor: decision.actor.as_ref(),
            owner: decision.owner.as_ref(),
            on_behalf_of: record.on_behalf_of.as_ref(),
            workspace: decision.workspace.as_ref().map(|place| place.name.as_str()),
            run_id: record.run,
            obligations: &decision.obligations,
        }
    }
}

/// What every part is asked with.
struct Bench {
    made: Made,
    world: World,
    calls: Vec<Ready>,
    bodies: Vec<Vec<u8>>,
}

/// Prints what each part costs, in nanoseconds, and each commit, in nanoseconds for each record. The database is made
/// in the directory.
pub(crate) async fn run(directory: &Path) -> Result<(), Wrong> {
    let made = Made::new(AGENTS, today());
    let calls: Vec<Ready> = (0..ASKED).map(|n| ready(made.allowed(spread(n, AGENTS)))).collect();
    let bodies = calls.iter().map(|ready| body(&ready.asked).to_string().into_bytes()).collect();
    let system = Arc::new(System(Instant::now()));
    let world = World { clock: system.clone(), chance: system };
    let bench = Bench { made, world, calls, bodies };
    bench.pure()?;
    let url = format!("sqlite://{}", directory.join("parts.sqlite").display());
    let store = Store::connect(&Options { url, max_connections: 4 }).await?;
    store.migrate().await?;
    write(&store, &bench.made).await?;
    bench.engine(&store).await?;
    bench.commits(&store).await?;
    store.close().await;
    Ok(())
}

impl Bench {
    fn call(&self, number: u32) -> Result<&Ready, Wrong> {
        let index = usize::try_from(number)? % self.calls.len();
        Ok(self.calls.get(index).ok_or("no calls")?)
    }

    fn decided(&self, facts: &Facts<'_>, number: u32) -> Result<Decision, Wrong> {
        Ok(decide(facts, call(&self.made, self.call(number)?, self.world.now())))
    }

    fn record(&self, facts: &Facts<'_>, number: u32) -> Result<Record, Wrong> {
        let (now, ready) = (self.world.now(), self.call(number)?);
        let id = DecisionId::draw(now, &mut self.world.entropy());
        Ok(Record::of_call(id, self.decided(facts, number)?, &call(&self.made, ready, now)))
    }

    /// The parts that wait for nothing.
    fn pure(&self) -> Result<(), Wrong> {
        let snapshot = facts(&self.made)?;
        let facts = Facts::of(&snapshot);
        let record = self.record(&facts, 0)?;
        let decision = &record.decision;
        show(
            "parse",
            nanoseconds(CALLS, |n| {
                let index = usize::try_from(n).unwrap_or(0) % self.bodies.len();
                self.bodies.get(index).map(|body| strict_json::parse(body).is_ok())
            }),
        );
        show(
            "credential",
            nanoseconds(CALLS, |n| {
                let presented = Presented::parse(self.call(n).ok()?.asked.credential.expose()).ok()?;
                snapshot.key(presented.id()).map(|key| presented.proves(key))
            }),
        );
        show("decide", nanoseconds(CALLS, |n| self.decided(&facts, n).is_ok_and(|d| d.is_allowed())));
        show("digest", nanoseconds(CALLS, |n| Some(arguments_digest(&self.call(n).ok()?.asked.arguments))));
        show(
            "write_down",
            nanoseconds(CALLS, |n| {
                let (now, ready) = (self.world.now(), self.call(n).ok()?);
                let id = DecisionId::draw(now, &mut self.world.entropy());
                Some(Record::of_call(id, decision.clone(), &call(&self.made, ready, now)))
            }),
        );
        show("encode", nanoseconds(CALLS, |_| serde_json::to_vec(&Answer::of(&record)).is_ok()));
        Ok(())
    }

    /// The engine as a whole, without recording.
    async fn engine(&self, store: &Store) -> Result<(), Wrong> {
        let options = RecorderOptions { node: "measured".to_owned(), batch: 1, durable: false };
        let (recorder, _none) = Recorder::start(store.clone(), options, &self.world);
        let replica = Arc::new(Replica::new(store.clone()));
        let lease = Arc::new(Lease::new(Duration::from_hours(1)));
        lease.renewed(self.world.clock.monotonic());
        // What a call costs, not how many an organization may make.
        let unlimited = Limits { calls_per_second: 0, ..Limits::default() };
        let engine = Engine::new(self.world.clone(), store.clone(), replica, lease, Arc::new(recorder))
            .with_limiter(Limiter::new(unlimited, HashMap::new()));
        let token = Made::gateway_token();
        let caller = engine.gateway(token.expose(), None).await?;
        let mut gateway = Vec::new();
        let mut answer = Vec::new();
        for _ in 0..9 {
            let began = Instant::now();
            for _ in 0..CALLS {
                black_box(engine.gateway(token.expose(), None).await?);
            }
            gateway.push(each(began.elapsed(), f64::from(CALLS)));
            answer.push(self.answers(&engine, &caller).await?);
        }
        show("gateway", median(&mut gateway));
        show("engine", median(&mut answer));
        Ok(())
    }

    async fn answers(&self, engine: &Engine, caller: &GatewayCaller) -> Result<f64, Wrong> {
        let began = Instant::now();
        for number in 0..CALLS {
            let ready = self.call(number)?;
            let asked = call(&self.made, ready, self.world.now());
            let ask = Ask {
                credential: Some(ready.asked.credential.expose()),
                claim: None,
                delegation: None,
                server: asked.server,
                workspace: asked.workspace,
                operation: asked.operation,
                address: None,
                run: None,
                trace: None,
                min_revision: None,
            };
            if !black_box(engine.answer(caller, &ask).await?).decision().is_allowed() {
                return Err("a call meant to be allowed was not".into());
            }
        }
        Ok(each(began.elapsed(), f64::from(CALLS)))
    }

    /// One commit of so many records, flushed to the disk.
    async fn commits(&self, store: &Store) -> Result<(), Wrong> {
        let snapshot = facts(&self.made)?;
        let facts = Facts::of(&snapshot);
        for size in BATCHES {
            let mut times = Vec::with_capacity(COMMITS);
            for _ in 0..COMMITS {
                let records: Vec<Record> =
                    (0..u32::try_from(size)?).map(|n| self.record(&facts, n)).collect::<Result<_, _>>()?;
                let began = Instant::now();
                store.append(&records).await?;
                times.push(each(began.elapsed(), f64::from(u32::try_from(size)?)));
            }
            show(&format!("commit_{size}"), median(&mut times));
        }
        Ok(())
    }
}

fn each(took: Duration, count: f64) -> f64 {
    took.as_secs_f64() * 1e9 / count
}

fn show(part: &str, nanoseconds: f64) {
    println!("{part}={nanoseconds:.0}");
}
