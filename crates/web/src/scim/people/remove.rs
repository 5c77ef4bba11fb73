use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use app::App;
use app::directory::people;
use model::UserId;

use super::view::standing;
use crate::scim::answer::Answer;
use crate::scim::call::{Call, Directory};
use crate::scim::change::change;
use crate::scim::error::ScimError;
use crate::scim::version::still;

/// `DELETE /Users/{id}`
pub(in crate::scim) async fn remove(app: Data<App>, call: Call, id: Path<String>) -> HttpResponse {
    call.answer(&app, remove_person(&app, &call.directory, &id, call.if_match.as_deref())).await
}

/// Removes a person.
pub(in crate::scim) async fn remove_person(
    app: &App,
    directory: &Directory,
    id: &str,
    if_match: Option<&str>,
) -> Result<Answer, ScimError> {
    let id: UserId = id.parse().map_err(|_| ScimError::not_found())?;
    change(app, directory, |planning| {
        still(if_match, &standing(planning.facts, id)?)?;
        Ok(people::remove(planning, id)?)
    })
    .await?;
    Ok(Answer::nothing(StatusCode::NO_CONTENT))
}
