use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::web::{Data, Path, Query};
use app::{App, workspaces};
use model::WorkspaceMembershipId;
use serde::Deserialize;
use utoipa::IntoParams;

use super::leave::LeftView;
use super::named;
use crate::Problem;
use crate::api::members::ReasonQuery;
use crate::api::reason::ReasonBody;
use crate::api::written::revoked;
use crate::api::{Body, Tenant};

/// The path of one membership in a workspace.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct WorkspaceMembershipPath {
    /// The workspace's id or slug.
    pub workspace: String,
    /// The membership's id.
    #[param(value_type = uuid::Uuid)]
    pub membership: WorkspaceMembershipId,
}

/// Takes one role from a person or robot in a workspace. With the last one they have left it.
#[utoipa::path(tag = "workspaces", params(("org" = String, Path), WorkspaceMembershipPath, ReasonQuery), request_body = ReasonBody, responses((status = 200, body = LeftView)))]
#[delete("/v1/orgs/{org}/workspaces/{workspace}/memberships/{membership}")]
pub async fn leave_one(
    app: Data<App>,
    tenant: Tenant,
    path: Path<WorkspaceMembershipPath>,
    query: Query<ReasonQuery>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    let facts = app.read(tenant.caller, tenant.organization).await?.facts;
    let workspace = named(&facts, &path.workspace)?;
    let reason = query.or(&body.value);
    let changed = app
        .change(tenant.request(), |p| workspaces::leave_one(p, workspace, path.membership, reason))
        .await?;
    Ok(revoked(&changed, None, LeftView::from(&changed.value)))
}
