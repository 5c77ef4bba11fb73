use std::sync::Arc;

use app::App;
use egress::Egress;
use enforcement::{Engine, Lease, Recorder, RecorderOptions, Replica};
use settings::{DatabaseKind, Settings};
use store::{Options, Store};
use tokio::task::JoinHandle;

use crate::failure::Failure;
use crate::system;

/// The parts, put together.
pub(crate) struct Assembly {
    /// The use cases over all the parts.
    pub(crate) app: App,
    /// Ends when everything submitted to it is recorded.
    pub(crate) recording: Option<JoinHandle<()>>,
}

/// Opens the database that the settings name.
pub(crate) async fn open(settings: &Settings) -> Result<Store, Failure> {
    let options = Options {
        url: settings.database.url.expose().to_owned(),
        max_connections: settings.database.max_connections,
    };
    Ok(Store::connect(&options).await?)
}

/// Brings a SQLite file to this program's schema; refuses a PostgreSQL that is behind.
///
/// A file belongs to this one process. A shared database does not: there the operator decides when its schema moves.
pub(crate) async fn ready_schema(store: &Store, kind: DatabaseKind) -> Result<(), Failure> {
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
            if pending.is_empty() {
                return Ok(());
            }
            let list = pending.join(", ");
            Err(Failure::Said(format!("the database lacks {list}; run `answerable migrate up` first")))
        }
    }
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
    let engine = Arc::new(Engine::new(world, store.clone(), replica, lease, Arc::new(recorder)));
    let egress = Egress::new(settings.egress.allow.clone());
    let app = App { engine, store, egress, node: settings.enforcement.node_name.clone() };
    Assembly { app, recording }
}
