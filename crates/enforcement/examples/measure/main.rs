//! What the bench needs from inside: `cargo xtask bench` and `cargo xtask pages` run it, nobody else has to.
//!
//! - `seed <database-url> <agents> <calls> <file>`: writes an organization into an empty database and, to the file,
//!   bodies of calls to ask about; prints the gateway's secret.
//! - `fill <database-url> <agents> <decisions>`: writes an organization and a month of its evidence.
//! - `decide <agents>`: nanoseconds of one decision, and the memory of the facts it rests on.
//! - `parts <directory>`: nanoseconds of each part of answering one call, recording included.

mod decide;
mod dice;
mod evidence;
mod organization;
mod parts;
mod seed;
mod timing;

use std::process::ExitCode;

use organization::Wrong;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(wrong) => {
            eprintln!("measure: {wrong}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &[String]) -> Result<(), Wrong> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["seed", url, agents, calls, file] => {
            seed::run(url, agents.parse()?, calls.parse()?, file.as_ref()).await
        }
        ["fill", url, agents, decisions] => evidence::run(url, agents.parse()?, decisions.parse()?).await,
        ["decide", agents] => decide::run(agents.parse()?),
        ["parts", directory] => parts::run(directory.as_ref()).await,
        _ => Err("expected `seed`, `fill`, `decide` or `parts` with their arguments".into()),
    }
}
