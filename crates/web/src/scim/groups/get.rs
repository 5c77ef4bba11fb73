use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use app::App;

use super::view::show;
use crate::scim::answer::Answer;
use crate::scim::call::Call;
use crate::scim::error::ScimError;
use crate::scim::schema::ResourceKind;
use crate::scim::version::is_among;

/// `GET /Groups/{id}`
pub(in crate::scim) async fn get(app: Data<App>, call: Call, id: Path<String>) -> HttpResponse {
    let work = async {
        let shown = call.shown()?;
        let without_members = shown.leaves_out(ResourceKind::Group, "members");
        let id = id.parse().map_err(|_| ScimError::not_found())?;
        let facts = app.read(call.directory.caller, call.directory.organization).await?.facts;
        let resource =
            show(&facts, &call.directory.base, id, without_members).ok_or_else(ScimError::not_found)?;
        let mut answer = Answer::resource(StatusCode::OK, resource);
        let has =
            |version: &String| call.if_none_match.as_ref().is_some_and(|header| is_among(header, version));
        if answer.version.as_ref().is_some_and(has) {
            return Ok(Answer { body: None, status: StatusCode::NOT_MODIFIED, ..answer });
        }
        answer.body = answer.body.map(|body| shown.of(ResourceKind::Group, body));
        Ok(answer)
    };
    call.answer(&app, work).await
}
