//! `cargo xtask bench`: the numbers of docs/BENCHMARKS.md, from one run of interleaved rounds.

mod contestant;
mod heats;
mod inside;
mod load;
pub(crate) mod neighbours;
pub(crate) mod pages;
mod profile;
mod program;
mod report;
mod share;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use clap::Args;

use contestant::Contestant;
use heats::{Heat, Heats};

use crate::failure::Failure;
use crate::{step, tree};

/// How long and how often to measure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Rounds; each measures everything once.
    #[arg(long, default_value_t = 5)]
    rounds: u32,
    /// Seconds of load for each figure of a round.
    #[arg(long, default_value_t = 8)]
    seconds: u32,
    /// Measure what was built last, without looking whether it is of the present tree.
    #[arg(long)]
    as_built: bool,
}

/// The organization that most is measured on, in agents.
const SMALL: u32 = 1_000;
/// The organization that shows how the program grows.
const LARGE: u32 = 100_000;
/// Few gateways, and many.
const CONNECTIONS: [u32; 2] = [16, 256];

/// Measures everything, prints it, and writes docs/BENCHMARKS.md.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if !arguments.as_built {
        build()?;
    }
    let directory = directory("bench")?;
    println!("==> seeding {SMALL} and {LARGE} agents");
    let small = contestant::seed(&directory, SMALL)?;
    let large = contestant::seed(&directory, LARGE)?;
    let inside = inside::measure(&[SMALL, LARGE])?;
    let start = |name, seeded: &contestant::Seeded, is_recording| {
        let own = seeded.copy(&format!("{name}.sqlite"))?;
        Contestant::answerable(name, &own, is_recording, &directory)
    };
    let contestants = vec![
        start("answerable", &small, true)?,
        Contestant::cerbos("cerbos", true, &directory)?,
        start("answerable-unrecorded", &small, false)?,
        Contestant::cerbos("cerbos-unaudited", false, &directory)?,
        start("answerable-large", &large, true)?,
        start("answerable-large-unrecorded", &large, false)?,
    ];
    let memory = memory_per_agent(&contestants);
    let heats = Heats::run(&contestants, &plan(), arguments.rounds, arguments.seconds)?;
    drop(contestants);
    let text = report::write(&heats, &inside, memory, arguments.seconds, (small.grants, large.grants));
    println!("{text}");
    tree::write(&tree::root().join("docs/BENCHMARKS.md"), &text)?;
    fs::remove_dir_all(&directory).map_err(|source| Failure::File { path: directory, source })
}

/// Times the parts of one request, and writes docs/PROFILE.md.
pub(crate) fn profile(as_built: bool) -> Result<(), Failure> {
    if !as_built {
        build()?;
    }
    let directory = directory("profile")?;
    let text = profile::measure(&directory)?;
    println!("{text}");
    tree::write(&tree::root().join("docs/PROFILE.md"), &text)?;
    fs::remove_dir_all(&directory).map_err(|source| Failure::File { path: directory, source })
}

/// Everyone at every number of connections; the large organization at one, beside the small.
fn plan() -> Vec<Heat> {
    let sides = ["answerable", "cerbos", "answerable-unrecorded", "cerbos-unaudited"];
    let mut plan: Vec<Heat> = CONNECTIONS
        .into_iter()
        .flat_map(|connections| sides.map(|name| Heat { name, connections }))
        .collect();
    plan.extend(
        ["answerable-large", "answerable-large-unrecorded"].map(|name| Heat { name, connections: 16 }),
    );
    plan
}

/// One command for both, so that what they share is built once and in one way.
fn build() -> Result<(), Failure> {
    let mut command = Command::new("cargo");
    command.args(["build", "--release", "--package", "answerable", "--package", "enforcement"]);
    command.args(["--bin", "answerable", "--example", "measure"]).current_dir(tree::root());
    step::run("release build", &mut command)
}

/// A fresh directory on the disk that the tree is on.
fn directory(name: &str) -> Result<PathBuf, Failure> {
    let directory = tree::root().join("target").join(name);
    let make = || {
        if directory.exists() {
            fs::remove_dir_all(&directory)?;
        }
        fs::create_dir_all(&directory)
    };
    make().map_err(|source| Failure::File { path: directory.clone(), source })?;
    Ok(directory)
}

/// What one more agent costs a running program in memory, with its key and its ten grants, in bytes.
fn memory_per_agent(contestants: &[Contestant]) -> Option<u64> {
    let of = |name: &str| contestants.iter().find(|c| c.name == name)?.program.resident_bytes();
    let more = of("answerable-large")?.saturating_sub(of("answerable")?);
    more.checked_div(u64::from(LARGE - SMALL))
}
