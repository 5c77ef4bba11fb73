use std::path::Path;

use clap::{Args, Subcommand};
use settings::{DatabaseKind, Settings};
use store::Store;

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
    /// Applies what is missing, and gives the role that serves its rights (PostgreSQL).
    Up {
        /// The role that the program serves as: made where it is missing. By default the user of `database.url`, where
        /// `database.owner_url` is set.
        #[arg(long, value_name = "NAME")]
        app_role: Option<String>,
    },
    /// Says what is missing.
    Status,
}

/// Brings the database to this program's schema, or says what is missing.
pub(crate) async fn run(config: Option<&Path>, arguments: Arguments) -> Result<(), Failure> {
    let settings = Settings::from_environment(config)?;
    let owner = settings.database.owner_url.as_ref().unwrap_or(&settings.database.url);
    let store = assembly::open_unsealed(&settings, owner).await?;
    let (names, said, role) = match arguments.command {
        Command::Up { app_role } => {
            let role = app_role
                .or_else(|| settings.database.owner_url.as_ref().and_then(|_| settings.database.url.user()));
            (store.migrate().await?, "applied", role)
        }
        Command::Status => (store.pending().await?, "missing", None),
    };
    for name in &names {
        println!("{said} {name}");
    }
    if names.is_empty() {
        println!("the schema is up to date");
    }
    if let Some(role) = role.filter(|_| settings.database.kind() == DatabaseKind::Postgres) {
        grant(&store, &role).await?;
    }
    Ok(())
}

async fn grant(store: &Store, role: &str) -> Result<(), Failure> {
    if store.grant_to(role).await? {
        println!("made the role {role}; give it a password: alter role {role} password '...'");
    }
    Ok(())
}
