use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::{Data, Path};
use app::{App, Error};
use decision::{Action, On};
use model::{FactKind, MemberInvitation};

use super::{MemberInvitationPath, MemberInvitationView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::found;

/// Shows a person's invitation, never its link.
#[utoipa::path(tag = "member invitations", params(("org" = String, Path), MemberInvitationPath), responses((status = 200, body = MemberInvitationView)))]
#[get("/v1/orgs/{org}/member-invitations/{member_invitation}")]
pub async fn get(
    app: Data<App>,
    tenant: Tenant,
    path: Path<MemberInvitationPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let invitation = reading
        .facts
        .member_invitation(path.member_invitation)
        .ok_or(Error::NotFound(FactKind::MemberInvitation))?;
    reading.check(Action::MemberInvitationRead, On::Invited(invitation.id, invitation.role))?;
    let view = MemberInvitationView::of(&reading, invitation);
    Ok(found(MemberInvitation::clone(invitation), view))
}
