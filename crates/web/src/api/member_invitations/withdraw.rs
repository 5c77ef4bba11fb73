use actix_web::HttpResponse;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, member_invitations};

use super::{MemberInvitationPath, MemberInvitationView};
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::revoked;
use crate::api::{Body, Tenant};

/// Takes a person's invitation back: its link leads nowhere from now on.
#[utoipa::path(tag = "member invitations", params(("org" = String, Path), MemberInvitationPath), request_body = ReasonBody, responses((status = 200, body = MemberInvitationView)))]
#[post("/v1/orgs/{org}/member-invitations/{member_invitation}/withdraw")]
pub async fn withdraw(
    app: Data<App>,
    tenant: Tenant,
    path: Path<MemberInvitationPath>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    let reason = &body.value.reason;
    let changed = app
        .change(tenant.request(), |p| member_invitations::withdraw(p, path.member_invitation, reason))
        .await?;
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let view = MemberInvitationView::of(&reading, &changed.value);
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}
