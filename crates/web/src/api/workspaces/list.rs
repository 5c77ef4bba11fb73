use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};

use super::WorkspaceView;
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// Lists the workspaces that the caller may see, oldest first.
#[utoipa::path(tag = "workspaces", params(("org" = String, Path), PageQuery), responses((status = 200, body = Listed<WorkspaceView>)))]
#[get("/v1/orgs/{org}/workspaces")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    page: Query<PageQuery>,
) -> Result<Json<Listed<WorkspaceView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let workspaces = reading
        .facts
        .list_workspaces(page.after()?)
        .filter(|workspace| reading.may(Action::WorkspaceRead, On::Workspace(workspace.id)));
    let id = |workspace: &&std::sync::Arc<model::Workspace>| workspace.id.to_string();
    Ok(Json(page.cut(workspaces, id, |workspace| WorkspaceView::from(workspace.as_ref()))?))
}
