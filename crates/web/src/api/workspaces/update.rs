use actix_web::HttpResponse;
use actix_web::patch;
use actix_web::web::{Data, Path};
use app::App;
use app::workspaces::{self, Stricter};
use model::{AccessMode, IdentityMode, Visibility};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::{WorkspacePath, WorkspaceView, named};
use crate::Problem;
use crate::api::presented::read;
use crate::api::written::revoked;
use crate::api::{Body, Tenant};

/// What is to be otherwise. Left out: as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkspacePatch {
    /// What it is called.
    name: Option<String>,
    /// Who may know of it: `private` or `organization`.
    #[schema(value_type = Option<String>)]
    visibility: Option<Visibility>,
    /// How agents get in: `inherit` or `explicit`.
    #[schema(value_type = Option<String>)]
    access_mode: Option<AccessMode>,
    /// Whether guests' agents come with them.
    guest_agents: Option<bool>,
    /// Whether an owner's invitation of an agent counts at once.
    auto_accept_agents: Option<bool>,
    /// A stricter identity mode than the servers' own: `agent`, `on_behalf_of` or `hybrid`. Null: none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    identity_mode: Stricter,
}

/// Tells a null, which takes the mode away, from a field that was left out.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Stricter, D::Error> {
    let given: Option<IdentityMode> = Option::deserialize(deserializer)?;
    Ok(given.map_or(Stricter::Lifted, Stricter::Mode))
}

/// Changes a workspace's name and rules. A stricter rule holds from the very next call on.
#[utoipa::path(tag = "workspaces", params(("org" = String, Path), WorkspacePath), request_body = WorkspacePatch, responses((status = 200, body = WorkspaceView)))]
#[patch("/v1/orgs/{org}/workspaces/{workspace}")]
pub async fn update(
    app: Data<App>,
    tenant: Tenant,
    path: Path<WorkspacePath>,
    body: Body<WorkspacePatch>,
) -> Result<HttpResponse, Problem> {
    let facts = app.read(tenant.caller, tenant.organization).await?.facts;
    let workspace = named(&facts, &path.workspace)?;
    let rules = workspaces::Rules {
        name: body.value.name.as_deref().map(|name| read("name", name)).transpose()?,
        visibility: body.value.visibility,
        access_mode: body.value.access_mode,
        guest_agents: body.value.guest_agents,
        auto_accept_agents: body.value.auto_accept_agents,
        identity_mode: body.value.identity_mode,
    };
    let changed = app.change(tenant.request(), |p| workspaces::update(p, workspace, rules)).await?;
    let view = WorkspaceView::from(&changed.value);
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}
