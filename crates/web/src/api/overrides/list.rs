use actix_web::get;
use actix_web::web::{Data, Json, Path, Query};
use app::{App, Reading, workspaces};
use model::{Override, OverrideId};

use super::OverrideView;
use crate::Problem;
use crate::api::workspaces::{WorkspacePath, seen};
use crate::api::{Listed, PageQuery, Tenant};

/// Lists how a workspace narrows agents, as far as the caller may see the agents.
#[utoipa::path(tag = "overrides", params(("org" = String, Path), WorkspacePath, PageQuery), responses((status = 200, body = Listed<OverrideView>)))]
#[get("/v1/orgs/{org}/workspaces/{workspace}/overrides")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    path: Path<WorkspacePath>,
    page: Query<PageQuery>,
) -> Result<Json<Listed<OverrideView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let workspace = seen(&reading, &path.workspace)?.id;
    let after: Option<OverrideId> = page.after()?;
    let overrides = reading
        .facts
        .list_overrides(after)
        .filter(|narrowing| narrowing.workspace == workspace && may_see(&app, &reading, narrowing));
    let listed = page.cut(overrides, |narrowing| narrowing.id.to_string(), |n| OverrideView::of(&app, n))?;
    Ok(Json(listed))
}

fn may_see(app: &App, reading: &Reading, narrowing: &Override) -> bool {
    let agent = app.held_agent(narrowing.agent_organization, narrowing.agent);
    workspaces::may_see(reading, narrowing.agent, agent.map(|agent| agent.owner))
}
