//! `cargo xtask kill`: the kill test of the suite with as many rounds as wanted, and its table in docs/KILL.md.

use std::process::Command;

use clap::Args;

use crate::failure::Failure;
use crate::{parts, step, tree};

/// How often to kill.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Rounds on SQLite; on PostgreSQL a fifth of them.
    #[arg(long, default_value_t = 1_000)]
    rounds: u32,
}

/// Kills the program under load that often, looks every answered decision up, and writes docs/KILL.md.
///
/// The test does the work, so that the suite and this table cannot come to mean different things.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    parts::install()?;
    let mut command = Command::new("cargo");
    command
        .args([
            "test",
            // As the suite builds it: of one package alone it would be built anew, with other features.
            "--workspace",
            "--test",
            "it",
            "--",
            "kill::",
            "--nocapture",
            "--test-threads=1",
        ])
        .current_dir(tree::root())
        .env("KILL_ROUNDS", arguments.rounds.to_string())
        .env("KILL_TABLE", tree::root().join("target/kill"));
    let title = format!("{} rounds of kill -9", arguments.rounds);
    step::run(&title, &mut command)?;
    let rows = ["sqlite", "postgresql"].map(|name| tree::read(&tree::root().join("target/kill").join(name)));
    let [sqlite, postgres] = rows;
    tree::write(&tree::root().join("docs/KILL.md"), &page(&sqlite?, &postgres?))
}

fn page(sqlite: &str, postgres: &str) -> String {
    format!(
        "# `kill -9` under load\n\n\
         Written by `cargo xtask kill`; do not edit. The suite runs the same with 100 and 20 rounds (`tests/it/kill.rs`).\n\n\
         Each round starts the program on the data of the rounds before, has eight connections ask `/v1/check` as fast \
         as they are answered, and kills it at a random moment. On PostgreSQL the database crashes as well in every \
         third round, just before the kill, and recovers before the next. At the end every id that was ever answered is looked \
         up in the evidence, and the numbering of each start of the program is looked through for gaps.\n\n\
         | database | rounds | kills of the program | crashes of the database | decisions answered | answered and lost | \
         recorded | gaps in the numbering |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n{sqlite}{postgres}\n\
         More may be recorded than was answered: a decision is durable before it is answered, and a kill may come in \
         between. That is the safe side.\n"
    )
}
