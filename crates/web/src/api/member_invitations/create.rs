use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use app::App;
use app::member_invitations::NewMemberInvitation;
use model::{InvitedPlace, OrganizationRole, RoleId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::MemberInvitationView;
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::presented::workspace_id;
use crate::api::written::written;
use crate::api::{Body, Tenant};
use crate::gateways::GatewayState;

/// A person to be invited.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMemberInvitationBody {
    /// Where to send the link. Left out: hand the link in the answer over yourself.
    email: Option<String>,
    /// `owner`, `admin`, `member`, `auditor` or `guest`.
    #[schema(value_type = String)]
    role: OrganizationRole,
    /// The workspaces that they are to enter, and as what.
    #[serde(default)]
    workspaces: Vec<InvitedPlaceBody>,
    /// After how many days it ends, 1 to 30. Left out: 7.
    days: Option<u16>,
    /// Whether who accepts it, signed in through another organization's provider, may come in by that account. In a
    /// signed-in session only, within five minutes of proving who one is.
    #[serde(default)]
    accepts_identity: bool,
}

/// A workspace that an invited person is to enter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitedPlaceBody {
    /// Its id or slug.
    workspace: String,
    /// The role that they hold there.
    #[schema(value_type = uuid::Uuid)]
    role: RoleId,
}

/// An invitation with its link.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitedView {
    /// The invitation.
    #[serde(flatten)]
    invitation: MemberInvitationView,
    /// What the person opens. It is told once, works once, and whoever has it can use it.
    link: String,
}

/// Invites a person to the organization, by mail where there is an address, and by a link that is told once.
#[utoipa::path(tag = "member invitations", params(("org" = String, Path)), request_body = NewMemberInvitationBody, responses((status = 201, body = InvitedView)))]
#[post("/v1/orgs/{org}/member-invitations")]
pub async fn create(
    app: Data<App>,
    gateways: Data<GatewayState>,
    tenant: Tenant,
    body: Body<NewMemberInvitationBody>,
) -> Result<HttpResponse, Problem> {
    // Both let somebody else act as whoever is invited, or as an owner.
    if body.value.accepts_identity || body.value.role == OrganizationRole::Owner {
        tenant.fresh()?;
    }
    once(&app, &tenant, body.digest, async {
        let reading = app.read(tenant.caller, tenant.organization).await?;
        let NewMemberInvitationBody { email, role, workspaces, days, accepts_identity } = body.value;
        let place = |(at, place): (usize, InvitedPlaceBody)| {
            let field = format!("workspaces.{at}.workspace");
            let workspace = workspace_id(&reading.facts, &field, &place.workspace)?;
            Ok(InvitedPlace { workspace, role: place.role })
        };
        let places = workspaces.into_iter().enumerate().map(place).collect::<Result<_, Problem>>()?;
        let new = NewMemberInvitation { email, role, places, days, accepts_identity };
        let changed = app.invite_member(tenant.request(), new, &gateways.public_url).await?;
        let reading = app.read(tenant.caller, tenant.organization).await?;
        let invitation = MemberInvitationView::of(&reading, &changed.value.invitation);
        let link = format!("{}/invitations/{}", gateways.public_url, changed.value.token.as_str());
        let fact = changed.value.invitation.clone().into();
        Ok(written(StatusCode::CREATED, &changed, Some(fact), InvitedView { invitation, link }))
    })
    .await
}
