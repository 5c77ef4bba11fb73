use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use app::App;
use app::directory::groups;
use model::GroupId;

use super::view::still_there;
use crate::scim::answer::Answer;
use crate::scim::call::{Call, Directory};
use crate::scim::change::change;
use crate::scim::error::ScimError;

/// `DELETE /Groups/{id}`
pub(in crate::scim) async fn remove(app: Data<App>, call: Call, id: Path<String>) -> HttpResponse {
    call.answer(&app, remove_group(&app, &call.directory, &id, call.if_match.as_deref())).await
}

/// Removes a group.
pub(in crate::scim) async fn remove_group(
    app: &App,
    directory: &Directory,
    id: &str,
    if_match: Option<&str>,
) -> Result<Answer, ScimError> {
    let id: GroupId = id.parse().map_err(|_| ScimError::not_found())?;
    change(app, directory, |planning| {
        still_there(planning.facts, id, if_match)?;
        Ok(groups::remove(planning, id)?)
    })
    .await?;
    Ok(Answer::nothing(StatusCode::NO_CONTENT))
}
