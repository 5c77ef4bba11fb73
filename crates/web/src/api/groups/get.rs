use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::{Data, Path};
use app::{App, Error};
use decision::{Action, On};
use model::{FactKind, Group};

use super::{GroupPath, GroupView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::found;

/// Shows a group of the directory.
#[utoipa::path(tag = "groups", params(("org" = String, Path), GroupPath), responses((status = 200, body = GroupView)))]
#[get("/v1/orgs/{org}/groups/{group}")]
pub async fn get(app: Data<App>, tenant: Tenant, path: Path<GroupPath>) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    reading.check(Action::GroupRead, On::Group(path.group))?;
    let group = reading.facts.group(path.group).ok_or(Error::NotFound(FactKind::Group))?;
    Ok(found(Group::clone(group), GroupView::of(&reading.facts, group)))
}
