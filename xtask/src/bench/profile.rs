//! docs/PROFILE.md: what one request costs, part by part.

use std::fmt::Write;
use std::path::Path;

use super::contestant::{self, Contestant};
use super::load::figure;
use super::{SMALL, share};
use crate::failure::Failure;
use crate::{step, tree};

/// A part: its name in the output of the example, what the reader calls it, and what happens in it.
const PARTS: [(&str, &str, &str); 8] = [
    ("parse", "parse", "read the body as strict JSON: no key twice, at any depth"),
    (
        "gateway",
        "authenticate the gateway",
        "checksum and SHA-256 of its key, look-up, comparison in constant time",
    ),
    ("credential", "authenticate the agent", "the same for the agent's key"),
    ("decide", "decide", "every question of `decide`, on the snapshot"),
    ("digest", "digest", "canonical JSON and SHA-256 of the arguments"),
    ("write_down", "write down", "the record: id, time, what was asked beside what was found"),
    (
        "engine",
        "all of the engine",
        "from the agent's key to the finished record: the four above, reading the snapshot, counting",
    ),
    ("encode", "encode", "the answer as JSON"),
];

/// Records in one commit, as the example names them.
const COMMITS: [(&str, u32); 4] =
    [("commit_1", 1), ("commit_16", 16), ("commit_256", 256), ("commit_1000", 1_000)];

/// Measures, and returns the page.
pub(super) fn measure(directory: &Path) -> Result<String, Failure> {
    println!("==> the parts by themselves");
    let parts = step::capture(contestant::measure().arg("parts").arg(directory))?;
    let mut page = String::from("# Profile of a request\n\nWritten by `cargo xtask profile`; do not edit.\n");
    // Writing to a string cannot fail.
    let _ok = by_themselves(&mut page, &parts);
    let _ok = shared(&mut page, directory)?;
    Ok(page)
}

fn by_themselves(page: &mut String, parts: &str) -> std::fmt::Result {
    let of = |name: &str| figure(parts, name).unwrap_or(f64::NAN);
    writeln!(
        page,
        "\n## Each part by itself\n\nOne allowed `POST /v1/check` in an organization of 1,000 agents, on one core;"
    )?;
    writeln!(
        page,
        "medians of nine rounds of 50,000 calls.\n\n| part | what happens | ns |\n| --- | --- | ---: |"
    )?;
    for (name, title, what) in PARTS {
        writeln!(page, "| {title} | {what} | {:.0} |", of(name))?;
    }
    writeln!(
        page,
        "\nRecording, on SQLite with every commit flushed to the disk. A commit is shared by whatever waits for it,"
    )?;
    writeln!(page, "so a record costs less the more callers there are.\n")?;
    writeln!(
        page,
        "| records in one commit | µs for each record | ms for the commit |\n| ---: | ---: | ---: |"
    )?;
    for (name, records) in COMMITS {
        let each = of(name) / 1e3;
        writeln!(page, "| {records} | {each:.1} | {:.2} |", each * f64::from(records) / 1e3)?;
    }
    Ok(())
}

/// The shares under load, where the machine has `perf`.
fn shared(page: &mut String, directory: &Path) -> Result<std::fmt::Result, Failure> {
    if tree::find_program("perf").is_none() {
        println!("    no `perf` here: shares under load are left out");
        return Ok(Ok(()));
    }
    let seeded = contestant::seed(directory, SMALL)?;
    let mut found = Vec::new();
    for (name, title, is_recording, connections) in [
        ("recorded-16", "recorded, 16 connections", true, 16),
        ("recorded-256", "recorded, 256 connections", true, 256),
        ("unrecorded-16", "recorder off, 16 connections", false, 16),
    ] {
        println!("==> shares under load: {title}");
        let own = seeded.copy(&format!("{name}.sqlite"))?;
        let contestant = Contestant::answerable(name, &own, is_recording, directory)?;
        let (shares, costliest) = share::measure(&contestant, connections, directory)?;
        found.push((title, shares, costliest));
    }
    Ok(shares(page, &found))
}

fn shares(page: &mut String, found: &[(&str, Vec<f64>, Vec<String>)]) -> std::fmt::Result {
    writeln!(
        page,
        "\n## Shares under load\n\nPercent of the program's processor time, from samples by `perf`, grouped by symbol."
    )?;
    writeln!(page, "Inlined code counts for the function it is inlined into.\n")?;
    let titles: Vec<&str> = found.iter().map(|(title, ..)| *title).collect();
    writeln!(page, "| | {} |\n| --- |{}", titles.join(" | "), " ---: |".repeat(titles.len()))?;
    for (row, name) in share::names().enumerate() {
        let cells = found.iter().map(|(_, shares, _)| shares.get(row).copied().unwrap_or(f64::NAN));
        let cells: Vec<String> = cells.map(|share| format!("{share:.1}")).collect();
        writeln!(page, "| {name} | {} |", cells.join(" | "))?;
    }
    for (title, _, costliest) in found {
        writeln!(page, "\nCostliest functions, {title}: {}.", costliest.join(", "))?;
    }
    Ok(())
}
