use settings::{Log, LogFormat};
use tracing_subscriber::EnvFilter;

/// Starts logging to standard error, so that standard output stays for what a command prints.
pub(crate) fn start(log: &Log) {
    // What a filter says of these wins, since it stands behind; otherwise they only speak up when something is wrong.
    let quiet = "actix_server=warn,sea_orm_migration=warn";
    let filter =
        EnvFilter::try_new(format!("{quiet},{}", log.filter)).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match log.format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    if let Err(error) = started {
        eprintln!("answerable: logging: {error}");
    }
}
