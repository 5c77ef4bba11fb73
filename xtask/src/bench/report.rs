//! docs/BENCHMARKS.md.

use std::fmt::Write;
use std::fs;
use std::thread;

use super::heats::{Heats, median};
use super::inside::Inside;
use super::load::Load;

/// A ratio that has to be reached.
struct Target {
    what: &'static str,
    ours: &'static str,
    theirs: &'static str,
    connections: u32,
    figure: fn(&Load) -> f64,
    bound: Bound,
}

enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

fn rate(load: &Load) -> f64 {
    load.per_second
}

fn p50(load: &Load) -> f64 {
    load.p50
}

fn p99(load: &Load) -> f64 {
    load.p99
}

/// What the design asks for.
fn targets() -> Vec<Target> {
    let recorded = ("answerable", "cerbos");
    let unrecorded = ("answerable-unrecorded", "cerbos-unaudited");
    let of = |what, (ours, theirs), connections, figure, bound| Target {
        what,
        ours,
        theirs,
        connections,
        figure,
        bound,
    };
    vec![
        of("requests/s, recorded durably against file audit", recorded, 16, rate, Bound::AtLeast(3.0)),
        of("requests/s, recorded durably against file audit", recorded, 256, rate, Bound::AtLeast(8.0)),
        of("requests/s, recorder off against audit off", unrecorded, 16, rate, Bound::AtLeast(10.0)),
        of("requests/s, recorder off against audit off", unrecorded, 256, rate, Bound::AtLeast(10.0)),
        of("p50, recorder off against audit off", unrecorded, 16, p50, Bound::AtMost(0.15)),
        of("p50, recorded durably against file audit", recorded, 256, p50, Bound::AtMost(0.15)),
        of(
            "requests/s, recorded: 100,000 agents against 1,000",
            ("answerable-large", "answerable"),
            16,
            rate,
            Bound::AtLeast(0.9),
        ),
        of(
            "requests/s, recorder off: 100,000 agents against 1,000",
            ("answerable-large-unrecorded", "answerable-unrecorded"),
            16,
            rate,
            Bound::AtLeast(0.9),
        ),
    ]
}

/// The whole page.
pub(super) fn write(
    heats: &Heats,
    inside: &[Inside],
    memory_per_agent: Option<u64>,
    seconds: u32,
    grants: (f64, f64),
) -> String {
    let mut page = String::new();
    // Writing to a string cannot fail.
    let _ok = page_parts(&mut page, heats, inside, memory_per_agent, seconds, grants);
    page
}

fn page_parts(
    page: &mut String,
    heats: &Heats,
    inside: &[Inside],
    memory_per_agent: Option<u64>,
    seconds: u32,
    (small, large): (f64, f64),
) -> std::fmt::Result {
    writeln!(page, "# Benchmarks\n\nWritten by `cargo xtask bench`; do not edit.\n")?;
    writeln!(page, "{}", how(seconds, small, large))?;
    writeln!(page, "## Ratios\n")?;
    ratios(page, heats)?;
    writeln!(page, "\n{}\n\n{}", reading(heats), budget(heats))?;
    writeln!(page, "\n## Figures\n")?;
    figures(page, heats)?;
    writeln!(page, "\n## `decide` alone\n")?;
    decide(page, inside)?;
    if let Some(bytes) = memory_per_agent {
        writeln!(
            page,
            "\nA running program holds {:.1} KiB more memory for each agent of the large organization over the small one: \
             the agent, its key, its ten grants, and their share of people, workspaces and attachments.",
            thousands_of(bytes)
        )?;
    }
    Ok(())
}

/// How the target for the median time is read, and the figure that it is not read for.
fn reading(heats: &Heats) -> String {
    let ratios = heats.ratios("answerable", "cerbos", 16, p50);
    format!(
        "In a closed loop the median time is the connections divided by the requests in a second: a ratio of three in the one \
         is a third in the other. So the target for it is read where the targets for requests leave it open: with the \
         recorder off at 16 connections, where the time is that of the answer, and recorded at 256. Recorded at 16 \
         connections, where each answer waits for a flush of the disk, it is {:.2}.",
        median(&ratios)
    )
}

/// What the ratio of many connections means in time of the machine's cores, all of which are busy then.
fn budget(heats: &Heats) -> String {
    let cores = thread::available_parallelism().ok().and_then(|cores| u32::try_from(cores.get()).ok());
    let cores = cores.map_or(f64::NAN, f64::from);
    let each = |rate: f64| cores * 1e6 / rate;
    let of = |name| heats.median(name, 256, rate);
    let yardstick = of("cerbos");
    let (wanted, recorded, unrecorded) =
        (each(8.0 * yardstick), each(of("answerable")), each(of("answerable-unrecorded")));
    format!(
        "At 256 connections the cores are the limit, and the load generator takes its part of them. Cerbos answers \
         {yardstick:.0} requests/s there; eight times that is {:.0}, which leaves {wanted:.0} µs of the {cores:.0} cores \
         for a request with its record, load generator included. A request without a record takes {unrecorded:.0} µs, so a \
         record may take {:.0} µs; it takes {:.0} µs, with handing over, writing, flushing and waking. \
         [PROFILE.md](PROFILE.md) shows where they go.",
        8.0 * yardstick,
        wanted - unrecorded,
        recorded - unrecorded,
    )
}

#[expect(clippy::cast_precision_loss, reason = "bytes of one agent")]
fn thousands_of(bytes: u64) -> f64 {
    bytes as f64 / 1024.0
}

fn how(seconds: u32, small: f64, large: f64) -> String {
    let cores = thread::available_parallelism().map_or(0, std::num::NonZeroUsize::get);
    let memory = fs::read_to_string("/proc/meminfo").ok();
    let memory =
        memory.as_deref().and_then(|text| text.lines().find_map(|line| line.strip_prefix("MemTotal:")));
    let kibibytes: Option<f64> = memory.and_then(|text| text.split_whitespace().next()?.parse().ok());
    let gibibytes = kibibytes.unwrap_or(f64::NAN) / 1_048_576.0;
    format!(
        "Machine: {cores} cores, {gibibytes:.0} GiB of memory, one virtual disk. The load generator shares the cores \
         with what it loads.\n\
         Read ratios and not absolutes: everybody takes a turn in every round, every other round backwards.\n\n\
         - Load: `wrk`, 2 threads, closed loops over kept-open connections, {seconds} seconds for each figure; \
         4,096 different bodies in turn, over many agents, servers and tools.\n\
         - Every answer has to be 200; a second before each figure looks into every answer, and all have to allow.\n\
         - Answerable: `POST /v1/check` with a key to verify, arguments to compare with a constraint, a snapshot of \
         1,000 agents and {small} grants. *Recorded*: each decision is in SQLite and flushed to the disk before it is \
         answered. *Recorder off*: with a switch that exists for this measurement only. Run as `deploy/answerable.service` runs it: on large pages of memory.\n\
         - Cerbos, the yardstick: `POST /api/check/resources` with a policy of the same meaning. It keeps no facts, so \
         they come with the request; it verifies no key. Its file audit is not flushed to the disk.\n\
         - The large organization: 100,000 agents with a key each, {large} grants.\n"
    )
}

fn ratios(page: &mut String, heats: &Heats) -> std::fmt::Result {
    writeln!(page, "| what | connections | round by round | median | target | |")?;
    writeln!(page, "| --- | ---: | --- | ---: | ---: | --- |")?;
    for Target { what, ours, theirs, connections, figure, bound } in targets() {
        let ratios = heats.ratios(ours, theirs, connections, figure);
        let middle = median(&ratios);
        let (target, is_met) = match bound {
            Bound::AtLeast(bound) => (format!("≥ {bound}"), middle >= bound),
            Bound::AtMost(bound) => (format!("≤ {bound}"), middle <= bound),
        };
        let met = if is_met { "met" } else { "**missed**" };
        let rounds: Vec<String> = ratios.iter().map(|ratio| format!("{ratio:.2}")).collect();
        writeln!(
            page,
            "| {what} | {connections} | {} | {middle:.2} | {target} | {met} |",
            rounds.join(", ")
        )?;
    }
    Ok(())
}

fn figures(page: &mut String, heats: &Heats) -> std::fmt::Result {
    let sides = [
        ("answerable", "Answerable, recorded"),
        ("cerbos", "Cerbos, file audit"),
        ("answerable-unrecorded", "Answerable, recorder off"),
        ("cerbos-unaudited", "Cerbos, audit off"),
        ("answerable-large", "Answerable, recorded, 100,000 agents"),
        ("answerable-large-unrecorded", "Answerable, recorder off, 100,000 agents"),
    ];
    writeln!(page, "Medians of the rounds.\n\n| | connections | requests/s | p50 | p99 |")?;
    writeln!(page, "| --- | ---: | ---: | ---: | ---: |")?;
    for connections in super::CONNECTIONS {
        for (name, title) in sides {
            let of = |figure| heats.median(name, connections, figure);
            let (rate, p50, p99) = (of(rate), of(p50) / 1e3, of(p99) / 1e3);
            if rate.is_finite() {
                writeln!(page, "| {title} | {connections} | {rate:.0} | {p50:.2} ms | {p99:.2} ms |")?;
            }
        }
    }
    Ok(())
}

fn decide(page: &mut String, inside: &[Inside]) -> std::fmt::Result {
    writeln!(page, "On one core, over 8,192 different calls in turn, facts in memory.\n")?;
    writeln!(page, "| agents | grants | allow | deny (no grant) | memory of the facts for each agent |")?;
    writeln!(page, "| ---: | ---: | ---: | ---: | ---: |")?;
    for Inside { agents, bytes_per_agent, allow, deny } in inside {
        let grants = agents * 10;
        writeln!(
            page,
            "| {agents} | {grants} | {allow:.0} ns | {deny:.0} ns | {:.1} KiB |",
            bytes_per_agent / 1024.0
        )?;
    }
    Ok(())
}
