use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, invitations};

use super::{InvitationPath, InvitationView};
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};

/// Lets an invited agent in.
#[utoipa::path(tag = "invitations", params(("org" = String, Path), InvitationPath), request_body = ReasonBody, responses((status = 200, body = InvitationView)))]
#[post("/v1/orgs/{org}/invitations/{invitation}/accept")]
pub async fn accept(
    app: Data<App>,
    tenant: Tenant,
    path: Path<InvitationPath>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    let changed =
        app.change(tenant.request(), |p| invitations::accept(p, path.invitation, &body.value.reason)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    let view = InvitationView::of(&app, &facts, &changed.value);
    Ok(written(StatusCode::OK, &changed, Some(changed.value.clone().into()), view))
}
