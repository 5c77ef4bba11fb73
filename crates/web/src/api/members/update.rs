use actix_web::HttpResponse;
use actix_web::patch;
use actix_web::web::{Data, Path};
use app::{App, members};
use model::OrganizationRole;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{MemberPath, MemberView};
use crate::Problem;
use crate::api::written::revoked;
use crate::api::{Body, Tenant};

/// What a person is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberPatch {
    /// `owner`, `admin`, `member`, `auditor` or `guest`.
    #[schema(value_type = String)]
    role: OrganizationRole,
}

/// Changes a person's role in the organization. Nobody gives or takes a role above their own.
#[utoipa::path(tag = "members", params(("org" = String, Path), MemberPath), request_body = MemberPatch, responses((status = 200, body = MemberView)))]
#[patch("/v1/orgs/{org}/members/{user}")]
pub async fn update(
    app: Data<App>,
    tenant: Tenant,
    path: Path<MemberPath>,
    body: Body<MemberPatch>,
) -> Result<HttpResponse, Problem> {
    // Who makes an owner gives everything away, and for good.
    if body.value.role == OrganizationRole::Owner {
        tenant.fresh()?;
    }
    let changed = app.change(tenant.request(), |p| members::set_role(p, path.user, body.value.role)).await?;
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let view = MemberView::of(&reading, &changed.value);
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}
