use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::{App, Error};
use decision::{Action, On};
use model::{FactKind, PrincipalId, ToolId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::decision_view::PartyView;
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// Who may call what.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The tool's id.
    #[param(value_type = uuid::Uuid)]
    tool: ToolId,
    /// The workspace's slug. Left out: the one that offers the server, where there is only one.
    workspace: Option<String>,
    /// How many items at most, 1 to 1000. Default 100.
    limit: Option<usize>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Lists everybody of the organization who may call a tool with some arguments now: the same evaluator that answers
/// gateways.
#[utoipa::path(tag = "evidence", params(("org" = String, Path), Asked), responses((status = 200, body = Listed<PartyView>)))]
#[get("/v1/orgs/{org}/access/who")]
pub async fn who(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Asked>,
) -> Result<Json<Listed<PartyView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let facts = &reading.facts;
    let tool = facts.tool(query.tool).ok_or(Error::NotFound(FactKind::Tool))?;
    reading.check(Action::ServerRead, On::Server(tool.server))?;
    let allowed = app::evidence::who(&reading, tool.id, query.workspace.as_deref())?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let after: Option<uuid::Uuid> = page.after()?;
    let rest = allowed.into_iter().skip_while(|id| after.is_some_and(|seen| id.uuid() != seen));
    let rest = rest.skip(usize::from(after.is_some()));
    Ok(Json(page.cut(rest, |id: &PrincipalId| id.uuid().to_string(), |id| PartyView::now(facts, id))?))
}
