use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use app::servers::{NewServer, ServerUrl};
use app::{App, servers};
use model::{CredentialMode, IdentityMode};
use serde::Deserialize;
use utoipa::ToSchema;

use super::ServerView;
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::presented::read;
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};

/// A server to be registered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewServerBody {
    /// Its name in calls and gateway configurations: `a-z`, `0-9` and single hyphens. Never used again.
    slug: String,
    /// What it is called. Left out: its slug.
    name: Option<String>,
    /// Where its tools are imported from, if they are.
    url: Option<String>,
    /// Whose credentials it is called with: `shared` or `personal`.
    #[schema(value_type = String)]
    credential_mode: CredentialMode,
    /// Who must be allowed for a call: `agent`, `on_behalf_of` or `hybrid`.
    #[schema(value_type = String)]
    identity_mode: IdentityMode,
}

/// Registers a server. It is offered nowhere until it is attached to a workspace.
#[utoipa::path(tag = "servers", params(("org" = String, Path)), request_body = NewServerBody, responses((status = 201, body = ServerView)))]
#[post("/v1/orgs/{org}/servers")]
pub async fn create(
    app: Data<App>,
    tenant: Tenant,
    body: Body<NewServerBody>,
) -> Result<HttpResponse, Problem> {
    once(&app, &tenant, body.digest, async {
        let NewServerBody { slug, name, url, credential_mode, identity_mode } = body.value;
        let name = read("name", name.as_deref().unwrap_or(&slug))?;
        let url = url.as_deref().map(|url| ServerUrl::checked(&app.egress, url)).transpose()?;
        let new = NewServer { slug: read("slug", &slug)?, name, url, credential_mode, identity_mode };
        let changed = app.change(tenant.request(), |planning| servers::create(planning, new)).await?;
        let facts = facts_after(&app, tenant.organization)?;
        let view = ServerView::of(&facts, &changed.value);
        Ok(written(StatusCode::CREATED, &changed, Some(changed.value.clone().into()), view))
    })
    .await
}
