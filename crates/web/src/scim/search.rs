//! Searching by a body instead of an address, so that what is looked for stands in no log (RFC 7644, section 3.4.3).

use actix_web::HttpResponse;
use actix_web::web::Data;
use app::App;

use super::answer::Answer;
use super::call::Call;
use super::error::ScimError;
use super::list::{Query, list};
use super::schema::ResourceKind;

/// `POST /.search`
pub(super) async fn everywhere(app: Data<App>, call: Call) -> HttpResponse {
    call.answer(&app, search(&app, &call, &ResourceKind::ALL)).await
}

/// `POST /Users/.search`
pub(super) async fn people(app: Data<App>, call: Call) -> HttpResponse {
    call.answer(&app, search(&app, &call, &[ResourceKind::User])).await
}

/// `POST /Groups/.search`
pub(super) async fn groups(app: Data<App>, call: Call) -> HttpResponse {
    call.answer(&app, search(&app, &call, &[ResourceKind::Group])).await
}

async fn search(app: &App, call: &Call, kinds: &[ResourceKind]) -> Result<Answer, ScimError> {
    let query = Query::of_search(&call.json()?)?;
    let facts = app.read(call.directory.caller, call.directory.organization).await?.facts;
    list(&facts, &call.directory.base, kinds, &query).map(Answer::document)
}
