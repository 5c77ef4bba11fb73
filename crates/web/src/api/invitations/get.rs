use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::{Data, Path};
use app::{App, Error, workspaces};
use decision::{Action, On};
use model::{FactKind, Invitation};

use super::{InvitationPath, InvitationView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::found;

/// Shows an invitation.
#[utoipa::path(tag = "invitations", params(("org" = String, Path), InvitationPath), responses((status = 200, body = InvitationView)))]
#[get("/v1/orgs/{org}/invitations/{invitation}")]
pub async fn get(
    app: Data<App>,
    tenant: Tenant,
    path: Path<InvitationPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    reading.check(Action::OrganizationRead, On::Organization)?;
    let invitation = reading
        .facts
        .invitation(path.invitation)
        .filter(|invitation| workspaces::may_see(&reading, invitation.agent, Some(invitation.invited_by)))
        .ok_or(Error::NotFound(FactKind::Invitation))?;
    Ok(found(Invitation::clone(invitation), InvitationView::of(&app, &reading.facts, invitation)))
}
