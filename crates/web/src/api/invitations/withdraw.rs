use actix_web::HttpResponse;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, Error, invitations};
use model::FactKind;

use super::{InvitationPath, InvitationView};
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::{facts_after, revoked};
use crate::api::{Body, Tenant};

/// Takes an invitation back: for whoever answers for the agent.
#[utoipa::path(tag = "invitations", params(("org" = String, Path), InvitationPath), request_body = ReasonBody, responses((status = 200, body = InvitationView)))]
#[post("/v1/orgs/{org}/invitations/{invitation}/withdraw")]
pub async fn withdraw(
    app: Data<App>,
    tenant: Tenant,
    path: Path<InvitationPath>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    let facts = app.read(tenant.caller, tenant.organization).await?.facts;
    let invitation = facts.invitation(path.invitation).ok_or(Error::NotFound(FactKind::Invitation))?;
    let request = tenant.request_with_home(invitation.agent_organization);
    let changed =
        app.change(request, |p| invitations::withdraw(p, path.invitation, &body.value.reason)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    let view = InvitationView::of(&app, &facts, &changed.value);
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}
