use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use app::App;
use app::directory::groups;
use model::GroupId;
use serde_json::Value;

use super::replace::shown_after;
use super::told::told;
use super::view::{standing, still_there};
use crate::scim::answer::Answer;
use crate::scim::call::{Call, Directory};
use crate::scim::change::change;
use crate::scim::error::ScimError;
use crate::scim::patch::{operations, patched};
use crate::scim::schema::ResourceKind;

/// `PATCH /Groups/{id}`
pub(in crate::scim) async fn patch(app: Data<App>, call: Call, id: Path<String>) -> HttpResponse {
    let work = async {
        let shown = call.shown()?;
        let body = call.json()?;
        let mut answer = patch_group(&app, &call.directory, &id, &body, call.if_match.as_deref()).await?;
        answer.body = answer.body.map(|body| shown.of(ResourceKind::Group, body));
        Ok(answer)
    };
    call.answer(&app, work).await
}

/// Changes what is told of a group by operations.
pub(in crate::scim) async fn patch_group(
    app: &App,
    directory: &Directory,
    id: &str,
    body: &Value,
    if_match: Option<&str>,
) -> Result<Answer, ScimError> {
    let id: GroupId = id.parse().map_err(|_| ScimError::not_found())?;
    let operations = operations(body)?;
    change(app, directory, |planning| {
        let before = standing(planning.facts, id)?;
        still_there(planning.facts, id, if_match)?;
        let after = patched(ResourceKind::Group, &before, &operations)?;
        Ok(groups::replace(planning, id, told(&after)?)?)
    })
    .await?;
    shown_after(app, directory, id)
}
