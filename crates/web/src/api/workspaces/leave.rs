use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::web::{Data, Path, Query};
use app::App;
use app::workspaces::{self, Left};
use model::UserId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::named;
use crate::Problem;
use crate::api::members::{Ended, ReasonQuery};
use crate::api::reason::ReasonBody;
use crate::api::written::revoked;
use crate::api::{Body, Tenant};

/// The path of one person in a workspace.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PersonPath {
    /// The workspace's id or slug.
    pub workspace: String,
    /// The person's id.
    #[param(value_type = uuid::Uuid)]
    pub user: UserId,
}

/// What ended with a place in a workspace.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeftView {
    /// Memberships that were removed.
    workspace_memberships: Ended,
    /// Invitations of agents that were withdrawn.
    invitations: Ended,
    /// Agents of the organization that were there through this person and are out with them. They act on elsewhere.
    agents_out: Ended,
}

impl From<&Left> for LeftView {
    fn from(left: &Left) -> Self {
        Self {
            workspace_memberships: Ended::of(&left.cut.workspace_memberships),
            invitations: Ended::of(&left.cut.invitations),
            agents_out: Ended::of(&left.agents_out),
        }
    }
}

/// Takes a person out of a workspace with all their roles. Their agents are out in the same moment.
#[utoipa::path(tag = "workspaces", params(("org" = String, Path), PersonPath, ReasonQuery), request_body = ReasonBody, responses((status = 200, body = LeftView)))]
#[delete("/v1/orgs/{org}/workspaces/{workspace}/members/{user}")]
pub async fn leave(
    app: Data<App>,
    tenant: Tenant,
    path: Path<PersonPath>,
    query: Query<ReasonQuery>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    let facts = app.read(tenant.caller, tenant.organization).await?.facts;
    let workspace = named(&facts, &path.workspace)?;
    let reason = query.or(&body.value);
    let changed =
        app.change(tenant.request(), |p| workspaces::leave(p, workspace, path.user, reason)).await?;
    Ok(revoked(&changed, None, LeftView::from(&changed.value)))
}
