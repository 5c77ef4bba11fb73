//! How fast evidence is appended: rows per second and the time of one append, by how many records come together.
//!
//! `cargo run --release -p store --example append`
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::wildcard_imports,
    reason = "a measurement stops where it fails, and shares the tests' world"
)]
#![expect(dead_code, reason = "the tests use more of the world than a measurement needs")]

#[path = "../tests/conformance/calls.rs"]
mod calls;
#[path = "../tests/conformance/world.rs"]
mod world;

use std::time::{Duration, Instant};

use decision::{Record, Stamp};
use model::DecisionId;
use store::{Options, Store};
use testkit::directory::Directory;
use testkit::postgres::{Durability, Postgres, owner};

use crate::calls::Calls;
use crate::world::World;

/// Long enough for hundreds of flushes, short enough to wait for.
const EACH: Duration = Duration::from_secs(3);

fn main() {
    let directory = Directory::new();
    let postgres = Postgres::new(Durability::On);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for url in [format!("sqlite://{}", directory.join("store.sqlite").display()), postgres.database()] {
        runtime.block_on(measure(&url));
    }
}

async fn measure(url: &str) {
    let open = async |url: String| Store::connect(&Options { url, max_connections: 4 }).await.unwrap();
    open(owner(url)).await.migrate().await.unwrap();
    let store = open(url.to_owned()).await;
    let mut world = World::create(&store, 1, "northwind").await;
    let calls = calls::prepare(&mut world).await;
    println!("{:?}\n  records   rows/s    p50 µs    p99 µs", store.backend());
    let mut sequence = 0;
    for size in [1, 16, 37, 64, 256] {
        let mut times = Vec::new();
        let started = Instant::now();
        let mut spent = Duration::ZERO;
        while started.elapsed() < EACH {
            let records = records(&mut world, &calls, size, &mut sequence);
            let before = Instant::now();
            store.append(&records).await.unwrap();
            times.push(before.elapsed());
            spent += before.elapsed();
        }
        times.sort_unstable();
        let rows = f64::from(u32::try_from(times.len() * size).unwrap()) / spent.as_secs_f64();
        let (p50, p99) = (times[times.len() / 2].as_micros(), times[times.len() * 99 / 100].as_micros());
        println!("  {size:>7} {rows:>8.0} {p50:>9} {p99:>9}");
    }
}

/// Decided calls, numbered as a recorder numbers them.
fn records(world: &mut World, calls: &Calls, size: usize, sequence: &mut u64) -> Vec<Record> {
    let one = calls.call(world, calls.key, "notes", "create_note");
    let number = |_| {
        *sequence += 1;
        let stamp = Stamp { node: "node-1".into(), epoch: 1_762_178_400_000, sequence: *sequence };
        let at = world.now();
        Record { id: DecisionId::draw(at, &mut world.chance), at, stamp, ..one.clone() }
    };
    (0..size).map(number).collect()
}
