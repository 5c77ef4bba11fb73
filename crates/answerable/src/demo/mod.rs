//! `answerable demo`: everything in one process, with an organization to look at.

mod ask;
mod keys;
mod northwind;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use settings::Settings;

use crate::assembly::Assembly;
use crate::client::Client;
use crate::demo::keys::Keys;
use crate::failure::Failure;
use crate::running::Running;
use crate::{admin, assembly, first_start, logging, metrics, running};

/// What `demo` can be told.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Where to keep the data. What is there already is found as it was left.
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    data_dir: PathBuf,
    /// Where to listen.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8400")]
    listen: SocketAddr,
    /// Shows the decisions and ends, instead of staying up until Ctrl-C.
    #[arg(long)]
    no_wait: bool,
}

/// Runs the demo.
pub(crate) async fn run(config: Option<&Path>, arguments: Arguments) -> Result<(), Failure> {
    let settings = settings(config, &arguments)?;
    logging::start(&settings.log);
    let directory = &arguments.data_dir;
    std::fs::create_dir_all(directory)
        .map_err(Failure::io(format!("cannot use `{}`", directory.display())))?;
    let store = assembly::open(&settings).await?;
    if let Err(failure) = metrics::start(settings.metrics.listen) {
        // A second demo beside the first is no reason to fail: only the first one's metrics are there.
        tracing::warn!("{failure}");
    }
    let assembly = Assembly { demo: Some(northwind::SLUG), ..assembly::assemble(&settings, store, true) };
    let running = running::start(&settings, assembly, arguments.listen)?;
    let url = format!("http://{}", running.address);
    let shown = show(&running, &url, directory).await;
    match shown {
        Ok(()) if arguments.no_wait => running.stop().await,
        Ok(()) => {
            println!("\nUp at {url} until Ctrl-C. What to try next is in README.md.");
            running.until_told().await
        }
        Err(failure) => {
            running.stop().await?;
            Err(failure)
        }
    }
}

/// The demo's settings: the usual ones, on a file of its own.
fn settings(config: Option<&Path>, arguments: &Arguments) -> Result<Settings, Failure> {
    let mut settings = Settings::from_environment(config)?;
    let file = arguments.data_dir.join("answerable.sqlite");
    settings.database.url = settings::ConnectionUrl::sqlite(&file);
    settings.server.listen = arguments.listen;
    settings.server.public_url = format!("http://{}", arguments.listen);
    Ok(settings)
}

async fn show(running: &Running, url: &str, directory: &Path) -> Result<(), Failure> {
    let keys = match Keys::read(directory)? {
        Some(keys) if is_there(running, keys.organization()).await? => keys,
        // Its data was removed: what was set up in its place is not the demo's to show.
        Some(_) => {
            println!("ANSWERABLE_URL={url}");
            return first_start::print_link(&running.app, url).await;
        }
        None => seed(running, url, directory).await?,
    };
    let link = admin::sign_in_link(&running.app, url, keys.organization(), None).await?;
    println!("ANSWERABLE_URL={url}");
    println!("ANSWERABLE_SIGN_IN_LINK={link}");
    keys.print();
    ask::show_decisions(&Client::new(url, keys.gateway())?, &keys).await
}

/// Whether the organization of an earlier start is there still.
async fn is_there(running: &Running, slug: &str) -> Result<bool, Failure> {
    Ok(running.app.store.organization_by_slug(slug).await?.is_some())
}

async fn seed(running: &Running, url: &str, directory: &Path) -> Result<Keys, Failure> {
    if !running.app.store.organizations().await?.is_empty() {
        return Err(Failure::Said(format!(
            "`{0}` has data but no demo keys: a demo that was ended too early. Remove `{0}` and start again",
            directory.display()
        )));
    }
    let management = admin::create_organization(
        &running.app,
        northwind::SLUG,
        "Northwind",
        "Maya Chen",
        Some("maya@northwind.example"),
    )
    .await?;
    let client = Client::new(url, &management)?;
    until_ready(&client).await?;
    let keys = northwind::seed(&client, management).await?;
    keys.write(directory)?;
    Ok(keys)
}

/// The lease is taken in the first moments.
async fn until_ready(client: &Client) -> Result<(), Failure> {
    for _ in 0..100 {
        if client.is_ok("/readyz").await {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err(Failure::Said("the node did not become ready within 5 seconds".to_owned()))
}
