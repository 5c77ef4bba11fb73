//! Keys: the list, one key, and what is done with it. A secret is shown once, on a page of its own.

pub(crate) mod create;
mod end;
pub(crate) mod grace;
mod limits;
mod list;
mod many;
mod own;
pub(crate) mod reveal;
mod revoke;
mod rotate;
pub(crate) mod row;
mod show;
mod shown;

use actix_web::web::ServiceConfig;
use app::{App, Error, Reading};
use decision::{Action, On};
use model::{FactKind, Key, KeyId};
use serde::Deserialize;

use crate::Problem;
use crate::session::Visit;

/// The path of one key.
#[derive(Debug, Deserialize)]
pub(crate) struct KeyPath {
    /// The twelve characters of its public id.
    pub(crate) key: KeyId,
}

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list)
        .service(create::open)
        .service(create::create)
        .service(many::ask)
        .service(many::rotate)
        .service(shown::reveal)
        .service(own::own)
        .service(show::show)
        .service(rotate::ask)
        .service(rotate::rotate)
        .service(end::end)
        .service(end::extend)
        .service(limits::open)
        .service(limits::save)
        .service(revoke::ask)
        .service(revoke::revoke);
}

/// A key that the visitor may see, or the page of every miss.
async fn find(app: &App, visit: &Visit, id: KeyId) -> Result<(Reading, Key), Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let key = reading.facts.key(id).map(|key| Key::clone(key)).ok_or(Error::NotFound(FactKind::Key))?;
    reading.check(Action::KeyRead, On::KeysOf(key.holder))?;
    Ok((reading, key))
}
