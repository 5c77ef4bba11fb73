use actix_web::HttpResponse;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, members};
use serde::Serialize;
use utoipa::ToSchema;

use super::{CutView, MemberPath, MemberView};
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::revoked;
use crate::api::{Body, Tenant};

/// A deactivated person, and what ended with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuspendedView {
    /// The person.
    #[serde(flatten)]
    member: MemberView,
    /// What ended in the same transaction.
    cut: CutView,
}

/// Deactivates a person: in the same transaction their agents are latched and all those keys revoked.
#[utoipa::path(tag = "members", params(("org" = String, Path), MemberPath), request_body = ReasonBody, responses((status = 200, body = SuspendedView)))]
#[post("/v1/orgs/{org}/members/{user}/suspend")]
pub async fn suspend(
    app: Data<App>,
    tenant: Tenant,
    path: Path<MemberPath>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    let changed =
        app.change(tenant.request(), |p| members::suspend(p, path.user, &body.value.reason)).await?;
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let (member, cut) = &changed.value;
    let view = SuspendedView { member: MemberView::of(&reading, member), cut: cut.into() };
    Ok(revoked(&changed, Some(member.clone().into()), view))
}
