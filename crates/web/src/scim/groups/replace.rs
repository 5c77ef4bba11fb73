use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use app::App;
use app::directory::groups;
use model::GroupId;
use serde_json::Value;

use super::told::told;
use super::view::{show, still_there};
use crate::api::written::facts_after;
use crate::scim::answer::Answer;
use crate::scim::call::{Call, Directory};
use crate::scim::change::change;
use crate::scim::error::ScimError;
use crate::scim::read;
use crate::scim::schema::ResourceKind;

/// `PUT /Groups/{id}`
pub(in crate::scim) async fn replace(app: Data<App>, call: Call, id: Path<String>) -> HttpResponse {
    let work = async {
        let shown = call.shown()?;
        let body = call.json()?;
        let mut answer = replace_group(&app, &call.directory, &id, &body, call.if_match.as_deref()).await?;
        answer.body = answer.body.map(|body| shown.of(ResourceKind::Group, body));
        Ok(answer)
    };
    call.answer(&app, work).await
}

/// Replaces what is told of a group.
pub(in crate::scim) async fn replace_group(
    app: &App,
    directory: &Directory,
    id: &str,
    body: &Value,
    if_match: Option<&str>,
) -> Result<Answer, ScimError> {
    let id: GroupId = id.parse().map_err(|_| ScimError::not_found())?;
    let sent = read::resource(ResourceKind::Group, body)?;
    change(app, directory, |planning| {
        still_there(planning.facts, id, if_match)?;
        Ok(groups::replace(planning, id, told(&sent)?)?)
    })
    .await?;
    shown_after(app, directory, id)
}

/// The group as it is after a change.
pub(super) fn shown_after(app: &App, directory: &Directory, id: GroupId) -> Result<Answer, ScimError> {
    let facts = facts_after(app, directory.organization).map_err(|_| ScimError::internal())?;
    let resource = show(&facts, &directory.base, id, false).ok_or_else(ScimError::not_found)?;
    Ok(Answer::resource(StatusCode::OK, resource))
}
