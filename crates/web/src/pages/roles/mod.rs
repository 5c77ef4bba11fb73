//! `/o/{org}/roles`: named sets of grants, and who holds them

mod edit;
mod grant;
mod limits;
mod list;
mod remove;
mod role;

use actix_web::web::ServiceConfig;
use app::{Error, Reading};
use decision::{Action, On};
use model::{FactKind, Role, RoleId};
use serde::Deserialize;

/// The path of one role.
#[derive(Debug, Deserialize)]
struct RolePath {
    /// Its id.
    role: RoleId,
}

/// The role of a path, if the reader may see roles.
fn seen(reading: &Reading, role: RoleId) -> Result<&Role, Error> {
    reading.check(Action::RoleRead, On::Role(role))?;
    let role = reading.facts.role(role).ok_or(Error::NotFound(FactKind::Role))?;
    Ok(role)
}

/// Mounts the pages of roles.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list)
        .service(edit::ask_new)
        .service(edit::create)
        .service(role::show)
        .service(edit::ask_edit)
        .service(edit::update)
        .service(remove::show)
        .service(remove::submit)
        .service(grant::ask_new)
        .service(grant::ask_edit)
        .service(grant::submit)
        .service(grant::remove);
}
