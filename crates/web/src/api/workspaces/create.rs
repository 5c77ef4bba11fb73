use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use app::{App, workspaces};
use model::{AccessMode, IdentityMode, Visibility};
use serde::Deserialize;
use utoipa::ToSchema;

use super::WorkspaceView;
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::presented::read;
use crate::api::written::written;
use crate::api::{Body, Tenant};

/// A workspace to be created. What is left out is the stricter choice, save that agents come with their owners.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWorkspaceBody {
    /// Its name in calls and URLs.
    slug: String,
    /// What it is called.
    name: String,
    /// Who may know of it: `private` (default) or `organization`.
    #[schema(value_type = Option<String>)]
    visibility: Option<Visibility>,
    /// How agents get in: `inherit` (default) or `explicit`.
    #[schema(value_type = Option<String>)]
    access_mode: Option<AccessMode>,
    /// Whether guests' agents come with them. Default: no.
    #[serde(default)]
    guest_agents: bool,
    /// Whether an owner's invitation of an agent counts at once. Default: no.
    #[serde(default)]
    auto_accept_agents: bool,
    /// A stricter identity mode than the servers' own: `agent`, `on_behalf_of` or `hybrid`.
    #[schema(value_type = Option<String>)]
    identity_mode: Option<IdentityMode>,
}

/// Creates a workspace. Nobody is in it yet.
#[utoipa::path(tag = "workspaces", params(("org" = String, Path)), request_body = NewWorkspaceBody, responses((status = 201, body = WorkspaceView)))]
#[post("/v1/orgs/{org}/workspaces")]
pub async fn create(
    app: Data<App>,
    tenant: Tenant,
    body: Body<NewWorkspaceBody>,
) -> Result<HttpResponse, Problem> {
    once(&app, &tenant, body.digest, async {
        let new = workspaces::NewWorkspace {
            slug: read("slug", &body.value.slug)?,
            name: read("name", &body.value.name)?,
            visibility: body.value.visibility.unwrap_or(Visibility::Private),
            access_mode: body.value.access_mode.unwrap_or(AccessMode::Inherit),
            guest_agents: body.value.guest_agents,
            auto_accept_agents: body.value.auto_accept_agents,
            identity_mode: body.value.identity_mode,
        };
        let changed = app.change(tenant.request(), |planning| workspaces::create(planning, new)).await?;
        let view = WorkspaceView::from(&changed.value);
        Ok(written(StatusCode::CREATED, &changed, Some(changed.value.clone().into()), view))
    })
    .await
}
