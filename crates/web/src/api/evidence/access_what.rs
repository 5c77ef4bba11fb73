use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::{App, Error};
use decision::{Action, On};
use model::{AgentId, FactKind, PrincipalId, RobotId, Snapshot, ToolId, UserId};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::Problem;
use crate::api::servers::{ToolView, server};
use crate::api::{Listed, PageQuery, Tenant};

/// What somebody may call.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The id of a person, an agent or a robot.
    principal: Uuid,
    /// The server's id or slug.
    server: String,
    /// The workspace's slug. Left out: the one that offers the server, where there is only one.
    workspace: Option<String>,
    /// How many items at most, 1 to 1000. Default 100.
    limit: Option<usize>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Lists the tools of a server that somebody may call with some arguments now. Everybody may ask it of themselves and
/// of their agents.
#[utoipa::path(tag = "evidence", params(("org" = String, Path), Asked), responses((status = 200, body = Listed<ToolView>)))]
#[get("/v1/orgs/{org}/access/what")]
pub async fn what(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Asked>,
) -> Result<Json<Listed<ToolView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let server = server(&reading.facts, &query.server)?.id;
    reading.check(Action::ServerRead, On::Server(server))?;
    let principal = principal(&reading.facts, query.principal).ok_or(Error::NotFound(FactKind::Agent))?;
    let tools = app::evidence::what(&reading, principal, server, query.workspace.as_deref())?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let after: Option<ToolId> = page.after()?;
    let rest = tools.into_iter().skip_while(|tool| after.is_some_and(|seen| tool.id != seen));
    let rest = rest.skip(usize::from(after.is_some()));
    Ok(Json(page.cut(rest, |tool| tool.id.to_string(), |tool| ToolView::from(&tool))?))
}

/// The principal of that id, whichever kind it is: no two kinds share one.
pub(super) fn principal(facts: &Snapshot, id: Uuid) -> Option<PrincipalId> {
    let agent = AgentId::from_uuid(id);
    let robot = RobotId::from_uuid(id);
    let user = UserId::from_uuid(id);
    let agent = facts.agent(agent).map(|_| PrincipalId::Agent(agent));
    let robot = || facts.robot(robot).map(|_| PrincipalId::Robot(robot));
    let user = || facts.member(user).map(|_| PrincipalId::User(user));
    agent.or_else(robot).or_else(user)
}
