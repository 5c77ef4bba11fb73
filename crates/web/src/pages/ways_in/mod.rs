//! `/o/{org}/settings/sign-in`: ways in through identity providers, and domains of mail addresses.

mod act;
mod authentication;
mod break_glass;
mod connection;
mod domain;
mod edit;
mod enforce;
mod group_lines;
mod new;
mod on_logout;
mod overview;
mod secret;
mod set_up;

use actix_web::web::ServiceConfig;
use app::{Error, Reading};
use decision::{Action, On};
use model::{Connection, ConnectionId, Domain, DomainId, FactKind};
use serde::Deserialize;

/// The path of one connection.
#[derive(Debug, Deserialize)]
struct ConnectionPath {
    /// Its id.
    connection: ConnectionId,
}

/// The path of one domain.
#[derive(Debug, Deserialize)]
struct DomainPath {
    /// Its id.
    domain: DomainId,
}

/// The connection of a path, if the reader may see it.
fn seen(reading: &Reading, id: ConnectionId) -> Result<Connection, Error> {
    reading.check(Action::ConnectionRead, On::Connection(id))?;
    let connection = reading.facts.connection(id).ok_or(Error::NotFound(FactKind::Connection))?;
    Ok(Connection::clone(connection))
}

/// The domain of a path, if the reader may see it.
fn seen_domain(reading: &Reading, id: DomainId) -> Result<Domain, Error> {
    reading.check(Action::DomainRead, On::Domain(id))?;
    let domain = reading.facts.domain(id).ok_or(Error::NotFound(FactKind::Domain))?;
    Ok(Domain::clone(domain))
}

/// The page of all ways in.
fn home(slug: &str) -> String {
    format!("/o/{slug}/settings/sign-in")
}

/// The page of one connection.
fn page_of(slug: &str, id: ConnectionId) -> String {
    format!("{}/connections/{id}", home(slug))
}

/// Mounts the pages.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(overview::overview)
        .service(new::show)
        .service(new::submit)
        .service(connection::show)
        .service(edit::show)
        .service(edit::submit)
        .service(secret::show)
        .service(secret::submit)
        .service(enforce::show)
        .service(enforce::submit)
        .service(act::act)
        .service(set_up::give)
        .service(set_up::ask)
        .service(set_up::fill_in)
        .service(break_glass::show)
        .service(break_glass::add)
        .service(break_glass::remove)
        .service(domain::ask_new)
        .service(domain::add)
        .service(domain::show)
        .service(domain::prove)
        .service(domain::remove);
}
