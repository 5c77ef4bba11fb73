use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use app::App;
use app::directory::people;
use model::UserId;
use serde_json::Value;

use super::told::told;
use super::view::{show, standing};
use crate::api::written::facts_after;
use crate::scim::answer::Answer;
use crate::scim::call::{Call, Directory};
use crate::scim::change::change;
use crate::scim::error::ScimError;
use crate::scim::read;
use crate::scim::schema::ResourceKind;
use crate::scim::version::still;

/// `PUT /Users/{id}`
pub(in crate::scim) async fn replace(app: Data<App>, call: Call, id: Path<String>) -> HttpResponse {
    let work = async {
        let shown = call.shown()?;
        let body = call.json()?;
        let mut answer = replace_person(&app, &call.directory, &id, &body, call.if_match.as_deref()).await?;
        answer.body = answer.body.map(|body| shown.of(ResourceKind::User, body));
        Ok(answer)
    };
    call.answer(&app, work).await
}

/// Replaces what is told of a person.
pub(in crate::scim) async fn replace_person(
    app: &App,
    directory: &Directory,
    id: &str,
    body: &Value,
    if_match: Option<&str>,
) -> Result<Answer, ScimError> {
    let id: UserId = id.parse().map_err(|_| ScimError::not_found())?;
    let sent = read::resource(ResourceKind::User, body)?;
    change(app, directory, |planning| {
        let before = standing(planning.facts, id)?;
        still(if_match, &before)?;
        let were_active = before.get("active").and_then(Value::as_bool).unwrap_or(false);
        Ok(people::replace(planning, id, told(sent, were_active)?)?)
    })
    .await?;
    shown_after(app, directory, id)
}

/// The person as they are after a change.
pub(super) fn shown_after(app: &App, directory: &Directory, id: UserId) -> Result<Answer, ScimError> {
    let facts = facts_after(app, directory.organization).map_err(|_| ScimError::internal())?;
    let resource = show(&facts, &directory.base, id).ok_or_else(ScimError::not_found)?;
    Ok(Answer::resource(StatusCode::OK, resource))
}
