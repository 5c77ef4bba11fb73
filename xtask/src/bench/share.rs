//! Where a program under load spends its time, by `perf`: shares of samples, grouped by what the code is for.

use std::path::Path;
use std::process::Command;
use std::thread;

use super::contestant::Contestant;
use super::load;
use crate::failure::Failure;
use crate::step;

/// Samples in a second; no divisor of a timer's rate, so that nothing periodic is always or never met.
const RATE: &str = "499";
/// Seconds of load; samples are taken over somewhat fewer.
const SECONDS: u32 = 8;
/// Seconds of samples.
const SAMPLED: &str = "6";

/// What code is for, and how its symbols are known: the first that matches counts.
const GROUPS: [(&str, &[&str]); 8] = [
    ("allocation", &["mi_", "mimalloc"]),
    (
        "record: rows, statements, hand-over",
        &["store::", "rusqlite", "sqlx", "sea_orm", "recorder", "chrono"],
    ),
    ("authenticate: hash, checksum", &["sha2", "sha256", "keys::", "crc32", "subtle"]),
    ("decide", &["decision::", "model::", "imbl"]),
    ("parse and encode JSON", &["serde_json", "serde_core", "strict_json", "canonicalizer", "ryu", "itoa"]),
    (
        "engine: snapshots, bookkeeping, metrics",
        &["enforcement::", "arc_swap", "metrics", "uuid", "getrandom"],
    ),
    (
        "answer HTTP: server, runtime, routing",
        &["web::", "actix", "http", "mio", "tokio", "bytes", "futures", "local"],
    ),
    ("logging and the rest of Rust", &["::"]),
];

/// Code that is not Rust's.
const SYSTEM: &str = "operating system: network, disk, scheduling";
const LIBRARY: &str = "C library: copying, SQLite's own allocation";
const SQLITE: &str = "SQLite itself";

/// The groups in the order of the page.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    [SYSTEM, SQLITE].into_iter().chain(GROUPS.iter().map(|(name, _)| *name)).chain([LIBRARY])
}

/// The shares of a contestant under load, in percent, in the order of [`names`]; and its ten costliest functions.
pub(super) fn measure(
    contestant: &Contestant,
    connections: u32,
    directory: &Path,
) -> Result<(Vec<f64>, Vec<String>), Failure> {
    let samples = directory.join(format!("{}.perf", contestant.name));
    let process = contestant.program.id().to_string();
    let mut record = Command::new("perf");
    record.args(["record", "--quiet", "-F", RATE, "-p", &process, "-o"]).arg(&samples);
    record.args(["--", "sleep", SAMPLED]);
    thread::scope(|scope| {
        let loading = scope.spawn(|| load::run(contestant, connections, SECONDS));
        let recorded = step::capture(&mut record);
        let loaded = loading.join().map_err(|_| Failure::Unfit("the load stopped".to_owned()))?;
        recorded.and(loaded.map(|_| ()))
    })?;
    let mut report = Command::new("perf");
    report.args(["report", "--stdio", "--sort", "dso,sym", "--percent-limit", "0.01", "-i"]).arg(&samples);
    Ok(shares(&step::capture(&mut report)?))
}

fn shares(report: &str) -> (Vec<f64>, Vec<String>) {
    let lines: Vec<(f64, &str, &str)> = report.lines().filter_map(line).collect();
    let all: f64 = lines.iter().map(|(percent, ..)| percent).sum();
    let of = |name: &str| -> f64 {
        let own = lines.iter().filter(|(_, object, symbol)| group(object, symbol) == name);
        own.map(|(percent, ..)| percent).sum::<f64>() * 100.0 / all
    };
    let costliest = lines.iter().take(10).map(|(percent, _, symbol)| format!("{percent:.1} % `{symbol}`"));
    (names().map(of).collect(), costliest.collect())
}

/// `12.34%  object  [.] symbol`.
fn line(text: &str) -> Option<(f64, &str, &str)> {
    let (percent, rest) = text.trim().split_once('%')?;
    let (object, rest) = rest.trim().split_once(char::is_whitespace)?;
    let (_, symbol) = rest.trim().split_once(']')?;
    Some((percent.trim().parse().ok()?, object, symbol.trim()))
}

fn group(object: &str, symbol: &str) -> &'static str {
    if object.starts_with('[') {
        return SYSTEM;
    }
    if object != "answerable" {
        return LIBRARY;
    }
    let found = GROUPS.iter().find(|(_, marks)| marks.iter().any(|mark| symbol.contains(mark)));
    found.map_or(SQLITE, |(name, _)| *name)
}
