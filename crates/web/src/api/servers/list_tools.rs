use actix_web::get;
use actix_web::web::{Data, Json, Path, Query};
use app::App;
use decision::{Action, On};

use super::{ServerPath, ToolView};
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// Lists the tools of a server in the order in which they were met, withdrawn ones too.
#[utoipa::path(tag = "servers", params(("org" = String, Path), ServerPath, PageQuery), responses((status = 200, body = Listed<ToolView>)))]
#[get("/v1/orgs/{org}/servers/{server}/tools")]
pub async fn list_tools(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ServerPath>,
    page: Query<PageQuery>,
) -> Result<Json<Listed<ToolView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let server = super::server(&reading.facts, &path.server)?.id;
    reading.check(Action::ServerRead, On::Server(server))?;
    let tools = reading.facts.list_tools(page.after()?).filter(|tool| tool.server == server);
    Ok(Json(page.cut(tools, |tool| tool.id.to_string(), |tool| ToolView::from(tool.as_ref()))?))
}
