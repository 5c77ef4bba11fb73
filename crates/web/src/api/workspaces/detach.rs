use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::web::{Data, Path};
use app::{App, Error, workspaces};
use model::FactKind;

use super::attachment::{AttachmentPath, AttachmentView, server_named};
use super::named;
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::{facts_after, revoked};

/// No longer offers a server in a workspace: the very next call of it there is refused.
#[utoipa::path(tag = "workspaces", params(("org" = String, Path), AttachmentPath), responses((status = 200, body = AttachmentView)))]
#[delete("/v1/orgs/{org}/workspaces/{workspace}/servers/{server}")]
pub async fn detach(
    app: Data<App>,
    tenant: Tenant,
    path: Path<AttachmentPath>,
) -> Result<HttpResponse, Problem> {
    let facts = app.read(tenant.caller, tenant.organization).await?.facts;
    let workspace = named(&facts, &path.workspace)?;
    let server = server_named(&facts, &path.server)?;
    let changed = app.change(tenant.request(), |p| workspaces::detach(p, workspace, server)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    let server = facts.server(server).ok_or(Error::NotFound(FactKind::Server))?;
    Ok(revoked(&changed, None, AttachmentView::from(server.as_ref())))
}
