use actix_web::HttpResponse;
use actix_web::put;
use actix_web::web::{Data, Path};
use app::{App, agents};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{AgentPath, AgentView};
use crate::Problem;
use crate::api::presented::{ScopeEntryBody, read_scope};
use crate::api::written::{facts_after, revoked};
use crate::api::{Body, Tenant};

/// The ceilings as they are to be. Left out: as they are.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CeilingsBody {
    /// The most it may ever do. Empty: nothing.
    scope: Option<Vec<ScopeEntryBody>>,
    /// What it must never do.
    never: Option<Vec<ScopeEntryBody>>,
}

/// Sets an agent's scope and never-list. A scope never widens what the owner has.
#[utoipa::path(tag = "agents", params(("org" = String, Path), AgentPath), request_body = CeilingsBody, responses((status = 200, body = AgentView)))]
#[put("/v1/orgs/{org}/agents/{agent}/scope")]
pub async fn set_scope(
    app: Data<App>,
    tenant: Tenant,
    path: Path<AgentPath>,
    body: Body<CeilingsBody>,
) -> Result<HttpResponse, Problem> {
    let facts = app.read(tenant.caller, tenant.organization).await?.facts;
    let scope =
        body.value.scope.as_deref().map(|entries| read_scope(&facts, "scope", entries)).transpose()?;
    let never =
        body.value.never.as_deref().map(|entries| read_scope(&facts, "never", entries)).transpose()?;
    let wanted = agents::Ceilings { scope, never };
    let changed = app.change(tenant.request(), |p| agents::set_scope(p, path.agent, wanted)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    let view = AgentView::of(&facts, &changed.value);
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}
