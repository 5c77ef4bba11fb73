use std::collections::HashMap;
use std::sync::Arc;

use app::App;
use app::accounts::Breaches;
use chrono::TimeDelta;
use egress::Egress;
use egress::dns::Dns;
use enforcement::{Engine, Lease, Limiter, Limits, Recorder, RecorderOptions, Replica};
use settings::{ConnectionUrl, DatabaseKind, LimitName, Settings};
use signin::SignIn;
use store::{Options, Store};
use tokio::task::JoinHandle;

use crate::failure::Failure;
use crate::{secrets, system};

/// The parts, put together.
pub(crate) struct Assembly {
    /// The use cases over all the parts.
    pub(crate) app: App,
    /// Ends when everything submitted to it is recorded.
    pub(crate) recording: Option<JoinHandle<()>>,
    /// The slug of the organization that the demo made up; none: no demo is run.
    pub(crate) demo: Option<&'static str>,
}

/// Opens the database that the settings name, at this program's schema and with the keys for its secrets.
pub(crate) async fn open(settings: &Settings) -> Result<Store, Failure> {
    let store = open_unsealed(settings, &settings.database.url).await?;
    ready_schema(&store, settings.database.kind()).await?;
    let store = store.with_secrets(secrets::load(settings)?);
    store.check_data_keys().await?;
    Ok(store)
}

/// Opens the database at that address without the keys: for who looks at its tables and at no secret.
pub(crate) async fn open_unsealed(settings: &Settings, url: &ConnectionUrl) -> Result<Store, Failure> {
    let options =
        Options { url: url.expose().to_owned(), max_connections: settings.database.max_connections };
    Ok(Store::connect(&options).await?)
}

/// Brings a SQLite file to this program's schema; refuses a PostgreSQL that is behind, or that would not keep
/// organizations apart for the role that it is opened as.
///
/// A file belongs to this one process. A shared database does not: there the operator decides when its schema moves.
async fn ready_schema(store: &Store, kind: DatabaseKind) -> Result<(), Failure> {
    match kind {
        DatabaseKind::Sqlite => {
            let applied = store.migrate().await?;
            if !applied.is_empty() {
                tracing::info!(migrations = applied.len(), "brought the database to this program's schema");
            }
            Ok(())
        }
        DatabaseKind::Postgres => {
            let pending = store.pending().await?;
            if !pending.is_empty() {
                let list = pending.join(", ");
                return Err(Failure::Said(format!(
                    "the database lacks {list}; run `answerable migrate up` first"
                )));
            }
            let gaps = store.isolation_gaps().await?;
            if gaps.is_empty() { Ok(()) } else { Err(Failure::Said(gaps.join("; "))) }
        }
    }
}

/// How much each organization may ask for: a tenth of the database's connections among other things, and never fewer
/// than two, since one request may have to wait for another of its own.
fn limiter(settings: &Settings) -> Limiter {
    let usual = Limits {
        calls_per_second: settings.limits.calls_per_second,
        requests_per_second: settings.limits.requests_per_second,
        requests_at_once: (settings.database.max_connections / 10).max(2),
        agents: settings.limits.agents,
    };
    let mut exceptions = HashMap::new();
    for exception in &settings.limits.exceptions {
        let limits = exceptions.entry(exception.organization).or_insert(usual);
        match exception.limit {
            LimitName::CallsPerSecond => limits.calls_per_second = exception.value,
            LimitName::RequestsPerSecond => limits.requests_per_second = exception.value,
            LimitName::Agents => limits.agents = exception.value,
        }
    }
    Limiter::new(usual, exceptions)
}

/// Puts the parts together over an open database. `durable` is false only for measuring.
pub(crate) fn assemble(settings: &Settings, store: Store, durable: bool) -> Assembly {
    let world = system::world();
    let options = RecorderOptions {
        node: settings.enforcement.node_name.clone(),
        batch: settings.enforcement.recorder_batch,
        durable,
    };
    let (recorder, recording) = Recorder::start(store.clone(), options, &world);
    let replica = Arc::new(Replica::new(store.clone()));
    let lease = Arc::new(Lease::new(settings.enforcement.lease()));
    let engine = Engine::new(world, store.clone(), replica, lease, Arc::new(recorder));
    let engine = Arc::new(engine.with_limiter(limiter(settings)));
    let egress = Egress::new(settings.egress.allow.clone());
    let app = App {
        engine,
        store,
        dns: Dns::new(settings.dns.resolver),
        signin: SignIn::new(egress.clone()),
        refresh_every: settings.sign_in.refresh().and_then(|every| TimeDelta::from_std(every).ok()),
        breaches: settings.passwords.breach_ranges_url.clone().map_or_else(Breaches::unasked, Breaches::at),
        egress,
        public_url: settings.server.public_url.clone(),
        node: settings.enforcement.node_name.clone(),
    };
    Assembly { app, recording, demo: None }
}
