use std::path::Path;

use clap::Args;
use settings::{Role, Settings};

use crate::failure::Failure;
use crate::{assembly, first_start, logging, metrics, running};

/// What `serve` can be told beside the settings.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Which part of the work this process does: `all`, `admin` or `enforcement`.
    #[arg(long, value_name = "ROLE")]
    role: Option<Role>,
    /// Answers without recording, to measure what recording costs. Never for anybody's agents.
    #[arg(long, hide = true)]
    unrecorded_for_measurement: bool,
}

/// Serves until told to stop.
pub(crate) async fn run(config: Option<&Path>, arguments: Arguments) -> Result<(), Failure> {
    let mut settings = Settings::from_environment(config)?;
    if let Some(role) = arguments.role {
        settings.server.role = role;
    }
    logging::start(&settings.log);
    let store = assembly::open(&settings).await?;
    metrics::start(settings.metrics.listen)?;
    if arguments.unrecorded_for_measurement {
        tracing::warn!("decisions are NOT recorded; this process is for measuring only");
    }
    let assembly = assembly::assemble(&settings, store, !arguments.unrecorded_for_measurement);
    let running = running::start(&settings, assembly, settings.server.listen)?;
    tracing::info!(address = %running.address, node = %settings.enforcement.node_name, "serving");
    if settings.server.role != Role::Enforcement {
        first_start::print_link(&running.app, &running.public_url).await?;
    }
    running.until_told().await
}
