use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, roles};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ConstraintBody, GrantView, RolePath};
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::presented::{read, server_id};
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};

/// A grant to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGrantBody {
    /// On which server: its id or slug.
    server: String,
    /// Which tools: a name, or a pattern with `*`.
    tools: String,
    /// What must hold of the arguments; all of it. Left out: nothing.
    #[serde(default)]
    constraints: Vec<ConstraintBody>,
}

/// Adds a grant to a role. A call that a grant limits is denied where the gateway does not send the arguments.
#[utoipa::path(tag = "roles", params(("org" = String, Path), RolePath), request_body = NewGrantBody, responses((status = 201, body = GrantView)))]
#[post("/v1/orgs/{org}/roles/{role}/grants")]
pub async fn add_grant(
    app: Data<App>,
    tenant: Tenant,
    path: Path<RolePath>,
    body: Body<NewGrantBody>,
) -> Result<HttpResponse, Problem> {
    once(&app, &tenant, body.digest, async {
        let NewGrantBody { server, tools, constraints } = body.value;
        let facts = app.read(tenant.caller, tenant.organization).await?.facts;
        let new = roles::NewGrant {
            role: path.role,
            server: server_id(&facts, "server", &server)?,
            tools: read("tools", &tools)?,
            constraints: constraints.into_iter().map(Into::into).collect(),
        };
        let changed = app.change(tenant.request(), |planning| roles::add_grant(planning, new)).await?;
        let facts = facts_after(&app, tenant.organization)?;
        let view = GrantView::of(&facts, &changed.value);
        Ok(written(StatusCode::CREATED, &changed, Some(changed.value.clone().into()), view))
    })
    .await
}
