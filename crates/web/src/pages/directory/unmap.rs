//! Letting a group no longer give something.

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpResponse, post};
use app::App;
use app::directory::groups;
use model::GroupMappingId;

use super::rows::given;
use crate::Problem;
use crate::api::written::facts_after;
use crate::pages::Redirect;
use crate::session::{Form, NoFields, Visit};

/// Takes it back.
#[post("/o/{org}/settings/directory/mappings/{mapping}/remove")]
pub(super) async fn unmap(
    app: Data<App>,
    visit: Visit,
    path: Path<(String, GroupMappingId)>,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Error> {
    let removed = app.change(visit.request(), |planning| groups::unmap(planning, path.1)).await;
    let removed = removed.map_err(Problem::from)?.value;
    let facts = facts_after(&app, visit.organization)?;
    let what = given(&facts, removed.gives);
    let to = format!("/o/{}/settings/directory", visit.slug);
    Ok(Redirect::to(to)
        .saying(format!("Whoever had it only by the group no longer has it: {what}."))
        .response())
}
