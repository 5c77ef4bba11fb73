use std::path::Path;

use clap::{Args, Subcommand};
use settings::Settings;

use crate::assembly;
use crate::failure::Failure;

/// What `migrate` can be told.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Applies what is missing.
    Up,
    /// Says what is missing.
    Status,
}

/// Brings the database to this program's schema, or says what is missing.
pub(crate) async fn run(config: Option<&Path>, arguments: Arguments) -> Result<(), Failure> {
    let settings = Settings::from_environment(config)?;
    let store = assembly::open(&settings).await?;
    let (names, said) = match arguments.command {
        Command::Up => (store.migrate().await?, "applied"),
        Command::Status => (store.pending().await?, "missing"),
    };
    for name in &names {
        println!("{said} {name}");
    }
    if names.is_empty() {
        println!("the schema is up to date");
    }
    Ok(())
}
