//! `kill -9` under load: what was answered is in the evidence, however the program or its database ended.
//!
//! `cargo xtask kill` runs this with more rounds and takes the figures into docs/KILL.md.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::net::SocketAddr;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::json;
use testkit::answerable::Program;
use testkit::http::{Connection, Request};
use testkit::paths::part;
use testkit::postgres::{Durability, Postgres};
use testkit::process::{eventually, run};
use testkit::random::SeededBytes;
use tokio::task::JoinSet;

use crate::world::{Ask, Own, Scene, check_body, serve};

/// Rounds in the suite: enough to meet every stage of a commit many times, few enough to wait for.
const ROUNDS: u64 = 100;
/// Connections that ask at the same time, so that commits carry several decisions.
const CONNECTIONS: usize = 8;
/// The kill comes within so many microseconds of the first answer: commits take a few hundred.
const LATEST_KILL: u64 = 150_000;
/// A start, and a recovery of the database.
const SOON: Duration = Duration::from_mins(1);
/// On PostgreSQL, every so many rounds the database crashes too.
const CRASH_EVERY: u64 = 3;
/// On PostgreSQL a round costs more: a fifth of the rounds.
const POSTGRES_SHARE: u64 = 5;

/// Everything numbered in the evidence: id, node, epoch and sequence, from a database file that nothing runs on.
const NUMBERED: &str = "
import sqlite3, sys
database = sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True)
for row in database.execute('select lower(hex(id)), node, epoch, sequence from decisions where sequence > 0'):
    print('|'.join(map(str, row)))
";

/// What happened in all rounds.
#[derive(Default)]
struct Tally {
    kills: u64,
    crashes: u64,
    /// The ids that were answered, each with its round.
    answered: Vec<(u64, String)>,
}

/// Connections that ask as fast as they are answered.
struct Load {
    clients: JoinSet<Vec<String>>,
    answers: Arc<AtomicU64>,
}

impl Load {
    fn start(address: SocketAddr, request: &Request) -> Self {
        let answers = Arc::new(AtomicU64::new(0));
        let mut clients = JoinSet::new();
        for _ in 0..CONNECTIONS {
            clients.spawn(ask(address, request.clone(), Arc::clone(&answers)));
        }
        Self { clients, answers }
    }

    /// Waits until something is answered that was not when this was called.
    async fn is_answered(&self) {
        let before = self.answers.load(Ordering::Acquire);
        let more = async || (self.answers.load(Ordering::Acquire) > before).then_some(());
        eventually("the program answers under load", SOON, more).await;
    }

    /// Everything that was answered. Ends when the program has.
    async fn finish(self) -> Vec<String> {
        self.clients.join_all().await.into_iter().flatten().collect()
    }
}

/// Asks until the connection breaks, and gives back the ids of the decisions that were answered.
async fn ask(address: SocketAddr, request: Request, answers: Arc<AtomicU64>) -> Vec<String> {
    let mut ids = Vec::new();
    let Ok(mut connection) = Connection::open(address).await else { return ids };
    while let Ok(response) = connection.exchange(&request).await {
        match response.status {
            200 => {
                ids.push(response.json()["decision_id"].as_str().expect("an id").replace('-', ""));
                answers.fetch_add(1, Ordering::AcqRel);
            }
            // No lease yet, or no database: not answered, so nothing to find.
            503 => tokio::time::sleep(Duration::from_millis(1)).await,
            other => panic!("{other}: {}", response.text()),
        }
    }
    ids
}

impl Tally {
    /// One life of the program, ended in the middle of its work.
    async fn round(
        &mut self,
        round: u64,
        url: &str,
        request: &Request,
        dice: &mut SeededBytes,
        disturb: impl Fn(),
    ) {
        let mut program = Program::serve(&[("ANSWERABLE_DATABASE__URL", url)]);
        let load = Load::start(program.address, request);
        load.is_answered().await;
        // The wait is the point: the kill may come at any moment of a commit.
        tokio::time::sleep(Duration::from_micros(dice.below(LATEST_KILL))).await;
        disturb();
        program.child.kill();
        self.kills += 1;
        self.answered.extend(load.finish().await.into_iter().map(|id| (round, id)));
    }

    /// Every answered decision is recorded, and no start of the program left out a number.
    fn check(&self, name: &str, rounds: u64, recorded: &str) {
        let rows: Vec<[&str; 4]> = recorded.lines().map(columns).collect();
        let ids: BTreeSet<&str> = rows.iter().map(|[id, ..]| *id).collect();
        let lost: Vec<_> = self.answered.iter().filter(|(_, id)| !ids.contains(id.as_str())).collect();
        assert!(lost.is_empty(), "{} of {} are lost: {:?}", lost.len(), self.answered.len(), lost.first());
        let mut starts: BTreeMap<(&str, &str), Vec<u64>> = BTreeMap::new();
        for [_, node, epoch, sequence] in &rows {
            starts.entry((node, epoch)).or_default().push(sequence.parse().expect("a number"));
        }
        for (start, sequences) in &mut starts {
            sequences.sort_unstable();
            assert!(sequences.iter().copied().eq(1..=sequences.len() as u64), "a gap in {start:?}");
        }
        assert!(starts.len() as u64 >= rounds, "{} starts were recorded in {rounds} rounds", starts.len());
        self.report(name, rounds, rows.len());
    }

    fn report(&self, name: &str, rounds: u64, recorded: usize) {
        let (kills, crashes, answered) = (self.kills, self.crashes, self.answered.len());
        let row = format!("| {name} | {rounds} | {kills} | {crashes} | {answered} | 0 | {recorded} | 0 |\n");
        println!("{row}");
        if let Some(directory) = env::var_os("KILL_TABLE") {
            std::fs::create_dir_all(&directory).expect("a directory for the table");
            std::fs::write(std::path::Path::new(&directory).join(name.to_lowercase()), row).expect("a row");
        }
    }
}

fn columns(line: &str) -> [&str; 4] {
    line.split('|').collect::<Vec<_>>().try_into().expect("four columns")
}

fn rounds() -> u64 {
    let wanted = env::var_os("KILL_ROUNDS").and_then(|text| text.to_str()?.parse().ok());
    wanted.unwrap_or(ROUNDS)
}

/// An allowed call, with an argument to compare.
fn request(scene: &Scene<'_>) -> Request {
    let ask = Ask {
        credential: &scene.acting.key.token,
        server: &scene.server,
        tool: "transfer",
        arguments: Some(&json!({"amount": 7})),
    };
    Request::post("/v1/check", &check_body(&ask)).bearer(&scene.world.gateway_key)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_survives_kill_on_sqlite() {
    let Own { world, mut program, data } = Own::start().await;
    let request = request(&Scene::set(&world).await);
    program.child.stop();
    let (mut tally, mut dice) = (Tally::default(), SeededBytes::new(9));
    for round in 1..=rounds() {
        tally.round(round, &world.database, &request, &mut dice, || ()).await;
    }
    let file = data.join("answerable.sqlite");
    let recorded = run(Command::new(part("venv/bin/python")).args(["-c", NUMBERED]).arg(file));
    tally.check("SQLite", rounds(), &recorded);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_survives_kill_and_crash_on_postgresql() {
    let postgres = Postgres::new(Durability::On);
    let url = postgres.database();
    let (mut program, world) = serve(&url, &url, &[]).await;
    let request = request(&Scene::set(&world).await);
    program.child.stop();
    let rounds = rounds().div_ceil(POSTGRES_SHARE);
    let (mut tally, mut dice) = (Tally::default(), SeededBytes::new(10));
    for round in 1..=rounds {
        let crashes = round.is_multiple_of(CRASH_EVERY);
        let crash = || {
            if crashes {
                tokio::task::block_in_place(|| postgres.crash());
            }
        };
        tally.round(round, &url, &request, &mut dice, crash).await;
        if crashes {
            tally.crashes += 1;
            postgres.start();
        }
    }
    let database = url.rsplit('/').next().expect("a name");
    let recorded = postgres.sql(
        database,
        "select replace(id::text, '-', ''), node, epoch, sequence from decisions where sequence > 0",
    );
    tally.check("PostgreSQL", rounds, recorded.trim_end());
}
