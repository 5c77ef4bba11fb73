//! `/o/{org}/gateways`: what asks here about calls, how it is connected, and whether it still asks

mod act;
mod edit;
mod gateway;
mod list;
mod new;
mod snippets;
mod standing;

use actix_web::web::ServiceConfig;
use app::{Error, Reading};
use decision::{Action, On};
use model::{FactKind, Gateway, GatewayId};
use serde::Deserialize;

/// The path of one gateway.
#[derive(Debug, Deserialize)]
struct GatewayPath {
    /// Its id.
    gateway: GatewayId,
}

/// The gateway of a path, if the reader may see it.
fn seen<'a>(reading: &'a Reading, path: &GatewayPath) -> Result<&'a Gateway, Error> {
    reading.check(Action::GatewayRead, On::Gateway(path.gateway))?;
    let gateway = reading.facts.gateway(path.gateway).ok_or(Error::NotFound(FactKind::Gateway))?;
    Ok(gateway)
}

/// Mounts the pages of gateways.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list)
        .service(new::open)
        .service(new::create)
        .service(gateway::show)
        .service(edit::open)
        .service(edit::save)
        .service(act::ask_pause)
        .service(act::pause)
        .service(act::resume)
        .service(act::ask_revoke)
        .service(act::revoke);
}
