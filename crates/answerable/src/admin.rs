use std::path::Path;

use app::App;
use app::organizations::{FirstOwner, NewOrganization};
use clap::{Args, Subcommand};
use settings::Settings;

use crate::failure::Failure;
use crate::{assembly, logging};

/// What the operator wants.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Creates an organization with its first owner, and prints a management key for them, once.
    CreateOrganization {
        /// Its name in URLs: a-z, 0-9 and hyphens.
        #[arg(long)]
        slug: String,
        /// What people call it.
        #[arg(long)]
        name: String,
        /// The name of its first owner.
        #[arg(long)]
        owner: String,
        /// Where mail to the owner goes.
        #[arg(long)]
        email: Option<String>,
    },
}

/// Does it.
pub(crate) async fn run(config: Option<&Path>, arguments: Arguments) -> Result<(), Failure> {
    let settings = Settings::from_environment(config)?;
    logging::start(&settings.log);
    let store = assembly::open(&settings).await?;
    assembly::ready_schema(&store, settings.database.kind()).await?;
    let app = assembly::assemble(&settings, store, true).app;
    match arguments.command {
        Command::CreateOrganization { slug, name, owner, email } => {
            let token = create_organization(&app, &slug, &name, &owner, email.as_deref()).await?;
            println!("ANSWERABLE_ORG={slug}");
            println!("ANSWERABLE_API_KEY={token}");
            Ok(())
        }
    }
}

/// Creates an organization and gives back the first management key of its first owner.
pub(crate) async fn create_organization(
    app: &App,
    slug: &str,
    name: &str,
    owner: &str,
    email: Option<&str>,
) -> Result<String, Failure> {
    let said = |what: &'static str| move |wrong: model::NameError| Failure::Said(format!("{what}: {wrong}"));
    let new = NewOrganization {
        slug: slug.parse().map_err(said("slug"))?,
        name: name.parse().map_err(said("name"))?,
        owner: FirstOwner {
            name: owner.parse().map_err(said("owner"))?,
            email: email.map(ToOwned::to_owned),
        },
    };
    let created = app.create_organization(new).await?;
    Ok(created.value.key.token.expose().to_owned())
}
