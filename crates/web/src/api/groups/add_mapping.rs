use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::App;
use app::directory::groups;
use model::{Gives, OrganizationRole, RoleId, Snapshot};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{GroupPath, MappingView};
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::presented::workspace_id;
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};

/// What a group is to give: `organization_role`, or `workspace` and `role`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMappingBody {
    /// To be that in the organization: `admin`, `member`, `auditor` or `guest`. Only an owner lets a group make admins.
    #[schema(value_type = Option<String>)]
    organization_role: Option<OrganizationRole>,
    /// A workspace, by id or slug.
    workspace: Option<String>,
    /// With which role there.
    #[schema(value_type = Option<uuid::Uuid>)]
    role: Option<RoleId>,
}

impl NewMappingBody {
    fn gives(&self, facts: &Snapshot) -> Result<Gives, Problem> {
        match (self.organization_role, &self.workspace, self.role) {
            (Some(role), None, None) => Ok(Gives::OrganizationRole { role }),
            (None, Some(workspace), Some(role)) => {
                let workspace = workspace_id(facts, "workspace", workspace)?;
                Ok(Gives::WorkspaceRole { workspace, role })
            }
            _ => {
                let expected = "name an `organization_role`, or a `workspace` and a `role` in it";
                Err(Problem::invalid_field("organization_role", expected))
            }
        }
    }
}

/// Lets a group give a role, at once to everybody in it.
#[utoipa::path(tag = "groups", params(("org" = String, Path), GroupPath), request_body = NewMappingBody, responses((status = 201, body = MappingView)))]
#[post("/v1/orgs/{org}/groups/{group}/mappings")]
pub async fn add_mapping(
    app: Data<App>,
    tenant: Tenant,
    path: Path<GroupPath>,
    body: Body<NewMappingBody>,
) -> Result<HttpResponse, Problem> {
    once(&app, &tenant, body.digest, async {
        let facts = app.read(tenant.caller, tenant.organization).await?.facts;
        let gives = body.value.gives(&facts)?;
        let changed = app.change(tenant.request(), |p| groups::map(p, path.group, gives)).await?;
        let facts = facts_after(&app, tenant.organization)?;
        let view = MappingView::of(&facts, &changed.value);
        Ok(written(StatusCode::CREATED, &changed, Some(changed.value.clone().into()), view))
    })
    .await
}
