use actix_web::get;
use actix_web::web::{Data, Json, Path, Query};
use app::{App, Error};
use model::{FactKind, ServerId};

use super::attachment::{AttachmentPath, AttachmentView, server_named};
use super::{WorkspacePath, seen};
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// Lists the servers that a workspace offers.
#[utoipa::path(tag = "workspaces", params(("org" = String, Path), WorkspacePath, PageQuery), responses((status = 200, body = Listed<AttachmentView>)))]
#[get("/v1/orgs/{org}/workspaces/{workspace}/servers")]
pub async fn list_servers(
    app: Data<App>,
    tenant: Tenant,
    path: Path<WorkspacePath>,
    page: Query<PageQuery>,
) -> Result<Json<Listed<AttachmentView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let workspace = seen(&reading, &path.workspace)?.id;
    let after: Option<ServerId> = page.after()?;
    let servers =
        reading.facts.servers_in(workspace).filter(|server| after.is_none_or(|after| server.id > after));
    let listed =
        page.cut(servers, |server| server.id.to_string(), |server| AttachmentView::from(server.as_ref()))?;
    Ok(Json(listed))
}

/// Shows a server that a workspace offers.
#[utoipa::path(tag = "workspaces", params(("org" = String, Path), AttachmentPath), responses((status = 200, body = AttachmentView)))]
#[get("/v1/orgs/{org}/workspaces/{workspace}/servers/{server}")]
pub async fn get_server(
    app: Data<App>,
    tenant: Tenant,
    path: Path<AttachmentPath>,
) -> Result<Json<AttachmentView>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let workspace = seen(&reading, &path.workspace)?.id;
    let server = server_named(&reading.facts, &path.server)?;
    let attached = reading.facts.server(server).filter(|_| reading.facts.is_attached(server, workspace));
    let server = attached.ok_or(Error::NotFound(FactKind::Attachment))?;
    Ok(Json(AttachmentView::from(server.as_ref())))
}
