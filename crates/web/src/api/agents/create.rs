use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use app::{App, agents};
use model::UserId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::AgentView;
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::presented::{ScopeEntryBody, read, read_scope};
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};

/// An agent to be created.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAgentBody {
    /// What it is called.
    name: String,
    /// What it is for.
    #[serde(default)]
    purpose: String,
    /// Who answers for it. Left out: the caller.
    #[schema(value_type = Option<uuid::Uuid>)]
    owner: Option<UserId>,
    /// The most it may ever do. Left out: nothing.
    #[serde(default)]
    scope: Vec<ScopeEntryBody>,
    /// What it must never do.
    #[serde(default)]
    never: Vec<ScopeEntryBody>,
}

/// Creates an agent. Without a scope it may do nothing.
#[utoipa::path(tag = "agents", params(("org" = String, Path)), request_body = NewAgentBody, responses((status = 201, body = AgentView)))]
#[post("/v1/orgs/{org}/agents")]
pub async fn create(
    app: Data<App>,
    tenant: Tenant,
    body: Body<NewAgentBody>,
) -> Result<HttpResponse, Problem> {
    once(&app, &tenant, body.digest, async {
        let facts = app.read(tenant.caller, tenant.organization).await?.facts;
        let new = agents::NewAgent {
            id: None,
            name: read("name", &body.value.name)?,
            purpose: body.value.purpose,
            owner: body.value.owner,
            scope: read_scope(&facts, "scope", &body.value.scope)?,
            never: read_scope(&facts, "never", &body.value.never)?,
        };
        let changed = app.change(tenant.request(), |planning| agents::create(planning, new)).await?;
        let facts = facts_after(&app, tenant.organization)?;
        let view = AgentView::of(&facts, &changed.value);
        Ok(written(StatusCode::CREATED, &changed, Some(changed.value.clone().into()), view))
    })
    .await
}
