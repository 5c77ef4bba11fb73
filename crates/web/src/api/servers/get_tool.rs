use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::{Data, Path};
use app::App;
use decision::{Action, On};
use model::Tool;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{ToolPath, ToolView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::found;

/// A tool with what its server serves for it now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ToolWithDefinition {
    #[serde(flatten)]
    tool: ToolView,
    /// What is served now: the parts that the digest is of. All of it is the server's claim.
    definition_content: Option<Value>,
}

/// Shows a tool with its definition.
#[utoipa::path(tag = "servers", params(("org" = String, Path), ToolPath), responses((status = 200, body = ToolWithDefinition)))]
#[get("/v1/orgs/{org}/servers/{server}/tools/{tool}")]
pub async fn get_tool(app: Data<App>, tenant: Tenant, path: Path<ToolPath>) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let server = super::server(&reading.facts, &path.server)?.id;
    reading.check(Action::ServerRead, On::Server(server))?;
    let tool = super::tool(&reading.facts, server, &path.tool)?;
    let definition_content = app.definition(tenant.organization, tool.definition).await?;
    let view = ToolWithDefinition { tool: ToolView::from(tool.as_ref()), definition_content };
    Ok(found(Tool::clone(tool), view))
}
