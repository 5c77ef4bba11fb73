use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::{Data, Path};
use app::{App, Error};
use decision::{Action, On};
use model::FactKind;

use super::{AgentPath, AgentView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::found;

/// Shows an agent.
#[utoipa::path(tag = "agents", params(("org" = String, Path), AgentPath), responses((status = 200, body = AgentView)))]
#[get("/v1/orgs/{org}/agents/{agent}")]
pub async fn get(app: Data<App>, tenant: Tenant, path: Path<AgentPath>) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    reading.check(Action::AgentRead, On::Agent(path.agent))?;
    let agent = reading.facts.agent(path.agent).ok_or(Error::NotFound(FactKind::Agent))?;
    Ok(found(model::Agent::clone(agent), AgentView::of(&reading.facts, agent)))
}
