//! The program: the only place that reads configuration, clock and chance, and wires everything together.

mod admin;
mod assembly;
mod check;
mod client;
mod counting;
mod demo;
mod doctor;
mod ending;
mod failure;
mod first_start;
mod logging;
mod mail;
mod metrics;
mod migrate;
mod openapi;
mod polling;
mod refreshing;
mod revoking;
mod running;
mod secrets;
mod serve;
mod silence;
mod system;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::failure::Failure;

/// Under load every fourth moment of the program was spent in the system's allocator: requests are allocated on one
/// thread and recorded on another.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Gives every AI agent an identity of its own and a person who answers for it.
#[derive(Debug, Parser)]
#[command(name = "answerable", version)]
struct Cli {
    /// A TOML file with settings. The environment (`ANSWERABLE_<SECTION>__<FIELD>`) wins over it.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs everything in one process with a seeded organization, and shows real decisions.
    Demo(demo::Arguments),
    /// Serves, with the settings given.
    Serve(serve::Arguments),
    /// Brings the database to this program's schema, or says what is missing.
    Migrate(migrate::Arguments),
    /// Checks settings, database and address, and says what to mend.
    Doctor,
    /// Prints the OpenAPI 3.1 document of the API.
    Openapi,
    /// Asks the enforcement endpoint the way a gateway would, and prints the path.
    Check(check::Arguments),
    /// The operator's own commands.
    Admin(admin::Arguments),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("answerable: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<(), Failure> {
    // Chosen once for the whole process, before anything opens a connection.
    let _already = rustls::crypto::ring::default_provider().install_default();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::io("start"))?;
    let config = cli.config.as_deref();
    runtime.block_on(async {
        match cli.command {
            Command::Demo(arguments) => demo::run(config, arguments).await,
            Command::Serve(arguments) => serve::run(config, arguments).await,
            Command::Migrate(arguments) => migrate::run(config, arguments).await,
            Command::Doctor => doctor::run(config).await,
            Command::Openapi => openapi::run(),
            Command::Check(arguments) => check::run(arguments).await,
            Command::Admin(arguments) => admin::run(config, arguments).await,
        }
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        super::Cli::command().debug_assert();
    }
}
