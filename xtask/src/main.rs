//! The chores of the repository, one file each: `cargo xtask <name>`.

mod bench;
mod failure;
mod kill;
mod parts;
mod screens;
mod step;
mod test;
mod tree;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The chores of the repository.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Install what is missing, then check everything: format, lints, documentation, tests.
    Test,
    /// Only install the real components the tests run against.
    Parts,
    /// Measure against the yardstick, in interleaved rounds; writes docs/BENCHMARKS.md.
    Bench(bench::Arguments),
    /// Measure the parts of one request; writes docs/PROFILE.md.
    Profile {
        /// Measure what was built last, without looking whether it is of the present tree.
        #[arg(long)]
        as_built: bool,
    },
    /// Measure the pages with lists in a large organization; writes docs/LISTS.md.
    Pages(bench::pages::Arguments),
    /// Measure what an organization that hammers does to the answers of a quiet one; prints a table.
    Neighbours(bench::neighbours::Arguments),
    /// Take a picture of every page, into target/screens.
    Screens,
    /// Kill the program under load and look for what was lost; writes docs/KILL.md.
    Kill(kill::Arguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().chore {
        Chore::Test => test::run(),
        Chore::Parts => parts::install(),
        Chore::Bench(arguments) => bench::run(&arguments),
        Chore::Profile { as_built } => bench::profile(as_built),
        Chore::Pages(arguments) => bench::pages::run(&arguments),
        Chore::Neighbours(arguments) => bench::neighbours::run(&arguments),
        Chore::Screens => screens::run(),
        Chore::Kill(arguments) => kill::run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}
