use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::{Data, Path};
use app::{App, Error};
use decision::{Action, On};
use model::{FactKind, OrganizationMembership};

use super::MemberPath;
use super::detail::MemberDetail;
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::found;

/// Shows a person with the agents they answer for and the workspaces they are in.
#[utoipa::path(tag = "members", params(("org" = String, Path), MemberPath), responses((status = 200, body = MemberDetail)))]
#[get("/v1/orgs/{org}/members/{user}")]
pub async fn get(app: Data<App>, tenant: Tenant, path: Path<MemberPath>) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    reading.check(Action::MemberRead, On::Member(path.user))?;
    let member = reading.facts.member(path.user).ok_or(Error::NotFound(FactKind::OrganizationMembership))?;
    Ok(found(OrganizationMembership::clone(member), MemberDetail::of(&reading, member)))
}
