use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use app::App;
use app::directory::groups;
use serde_json::Value;

use super::told::told;
use super::view::show;
use crate::api::written::facts_after;
use crate::scim::answer::Answer;
use crate::scim::call::{Call, Directory};
use crate::scim::change::change;
use crate::scim::error::ScimError;
use crate::scim::read;
use crate::scim::schema::ResourceKind;

/// `POST /Groups`
pub(in crate::scim) async fn create(app: Data<App>, call: Call) -> HttpResponse {
    let work = async {
        let shown = call.shown()?;
        let mut answer = create_group(&app, &call.directory, &call.json()?).await?;
        answer.body = answer.body.map(|body| shown.of(ResourceKind::Group, body));
        Ok(answer)
    };
    call.answer(&app, work).await
}

/// Brings a group.
pub(in crate::scim) async fn create_group(
    app: &App,
    directory: &Directory,
    body: &Value,
) -> Result<Answer, ScimError> {
    let told = told(&read::resource(ResourceKind::Group, body)?)?;
    let changed = change(app, directory, |planning| Ok(groups::create(planning, told)?)).await?;
    let facts = facts_after(app, directory.organization).map_err(|_| ScimError::internal())?;
    let resource = show(&facts, &directory.base, changed.value, false).ok_or_else(ScimError::internal)?;
    Ok(Answer::resource(StatusCode::CREATED, resource))
}
