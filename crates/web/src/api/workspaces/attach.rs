use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::put;
use actix_web::web::{Data, Path};
use app::{App, Error, workspaces};
use model::FactKind;

use super::attachment::{AttachmentPath, AttachmentView, server_named};
use super::named;
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::{facts_after, written};

/// Offers a server in a workspace. Who may call what of it is for the roles held there.
#[utoipa::path(tag = "workspaces", params(("org" = String, Path), AttachmentPath), responses((status = 200, body = AttachmentView), (status = 201, body = AttachmentView)))]
#[put("/v1/orgs/{org}/workspaces/{workspace}/servers/{server}")]
pub async fn attach(
    app: Data<App>,
    tenant: Tenant,
    path: Path<AttachmentPath>,
) -> Result<HttpResponse, Problem> {
    let facts = app.read(tenant.caller, tenant.organization).await?.facts;
    let workspace = named(&facts, &path.workspace)?;
    let server = server_named(&facts, &path.server)?;
    let changed = app.change(tenant.request(), |p| workspaces::attach(p, workspace, server)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    let server = facts.server(server).ok_or(Error::NotFound(FactKind::Server))?;
    let status = if changed.value { StatusCode::CREATED } else { StatusCode::OK };
    Ok(written(status, &changed, None, AttachmentView::from(server.as_ref())))
}
