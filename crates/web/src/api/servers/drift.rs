use actix_web::get;
use actix_web::web::{Data, Json, Path, Query};
use app::App;
use decision::{Action, On};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{ServerPath, ToolView};
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// A tool that is denied until somebody has looked at it, with both definitions to be compared.
#[derive(Debug, Serialize, ToSchema)]
pub struct DriftView {
    #[serde(flatten)]
    tool: ToolView,
    /// What is served now. All of it is the server's claim.
    definition_content: Option<Value>,
    /// What a person accepted last. Null: nothing yet.
    reviewed_content: Option<Value>,
}

/// Lists the tools of a server whose definition nobody has accepted, with what was accepted before.
#[utoipa::path(tag = "servers", params(("org" = String, Path), ServerPath, PageQuery), responses((status = 200, body = Listed<DriftView>)))]
#[get("/v1/orgs/{org}/servers/{server}/drift")]
pub async fn drift(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ServerPath>,
    page: Query<PageQuery>,
) -> Result<Json<Listed<DriftView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let server = super::server(&reading.facts, &path.server)?.id;
    reading.check(Action::ServerRead, On::Server(server))?;
    let tools = app::servers::drifted(&reading.facts, server, page.after()?);
    let Listed { items: tools, next } = page.cut(tools, |tool| tool.id.to_string(), Clone::clone)?;
    let mut items = Vec::with_capacity(tools.len());
    for tool in tools {
        let drifted = app.drift(tenant.organization, tool).await?;
        items.push(DriftView {
            tool: ToolView::from(&drifted.tool),
            definition_content: drifted.definition,
            reviewed_content: drifted.reviewed,
        });
    }
    Ok(Json(Listed { items, next }))
}
