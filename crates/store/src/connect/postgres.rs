use std::str::FromStr;
use std::time::Duration;

use sea_orm::SqlxPostgresConnector;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgConnection};

use super::{Inner, Lane, Options};
use crate::StoreError;
use crate::summary::Closed;

/// Neither a page nor a gateway waits longer for a connection than this; a database that is away shows soon.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);
/// Connections not needed for a while go back to a server that others use too.
const IDLE_TIMEOUT: Duration = Duration::from_mins(5);
/// Connections are renewed now and then, so that a failover or a changed address is followed.
const MAX_LIFETIME: Duration = Duration::from_mins(30);

pub(super) async fn connect(options: &Options) -> Result<Inner, StoreError> {
    let server = PgConnectOptions::from_str(&options.url)
        .map_err(|error| StoreError::InvalidUrl(error.to_string()))?;
    probe(&server).await?;
    let pool = PgPoolOptions::new()
        .max_connections(options.max_connections.max(1))
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(IDLE_TIMEOUT)
        .max_lifetime(MAX_LIFETIME)
        // A connection that died while idle is noticed before it is used, and replaced.
        .test_before_acquire(true)
        .connect_lazy_with(server);
    Ok(Inner {
        closed: Closed::default(),
        read: SqlxPostgresConnector::from_sqlx_postgres_pool(pool.clone()),
        write: SqlxPostgresConnector::from_sqlx_postgres_pool(pool.clone()),
        lane: Lane::Postgres(pool),
    })
}

/// One connection, tried once: a pool would try again until its time is up and then no longer know why it failed.
async fn probe(server: &PgConnectOptions) -> Result<(), StoreError> {
    let connection = tokio::time::timeout(ACQUIRE_TIMEOUT, PgConnection::connect_with(server))
        .await
        .map_err(|_| StoreError::unavailable(format!("`{}` does not answer", server.get_host())))??;
    connection.close().await?;
    Ok(())
}
