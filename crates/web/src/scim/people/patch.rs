use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use app::App;
use app::directory::people;
use model::UserId;
use serde_json::Value;

use super::replace::shown_after;
use super::told::told;
use super::view::standing;
use crate::scim::answer::Answer;
use crate::scim::call::{Call, Directory};
use crate::scim::change::change;
use crate::scim::error::ScimError;
use crate::scim::patch::{operations, patched};
use crate::scim::schema::ResourceKind;
use crate::scim::version::still;

/// `PATCH /Users/{id}`
pub(in crate::scim) async fn patch(app: Data<App>, call: Call, id: Path<String>) -> HttpResponse {
    let work = async {
        let shown = call.shown()?;
        let body = call.json()?;
        let mut answer = patch_person(&app, &call.directory, &id, &body, call.if_match.as_deref()).await?;
        answer.body = answer.body.map(|body| shown.of(ResourceKind::User, body));
        Ok(answer)
    };
    call.answer(&app, work).await
}

/// Changes what is told of a person by operations. One that removes `active` leaves it as it was.
pub(in crate::scim) async fn patch_person(
    app: &App,
    directory: &Directory,
    id: &str,
    body: &Value,
    if_match: Option<&str>,
) -> Result<Answer, ScimError> {
    let id: UserId = id.parse().map_err(|_| ScimError::not_found())?;
    let operations = operations(body)?;
    change(app, directory, |planning| {
        let before = standing(planning.facts, id)?;
        still(if_match, &before)?;
        let were_active = before.get("active").and_then(Value::as_bool).unwrap_or(false);
        let after = patched(ResourceKind::User, &before, &operations)?;
        Ok(people::replace(planning, id, told(after, were_active)?)?)
    })
    .await?;
    shown_after(app, directory, id)
}
