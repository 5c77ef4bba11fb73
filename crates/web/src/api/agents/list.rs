use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};
use model::UserId;
use serde::Deserialize;
use utoipa::IntoParams;

use super::AgentView;
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// Which agents.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Filter {
    /// Only those of this owner.
    #[param(value_type = Option<uuid::Uuid>)]
    owner: Option<UserId>,
    /// Only those in this state: `live`, `paused`, `unowned`, `revoked`.
    state: Option<String>,
    limit: Option<usize>,
    after: Option<String>,
}

/// Lists the agents that the caller may see, oldest first.
#[utoipa::path(tag = "agents", params(("org" = String, Path), Filter), responses((status = 200, body = Listed<AgentView>)))]
#[get("/v1/orgs/{org}/agents")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Filter>,
) -> Result<Json<Listed<AgentView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let agents = reading
        .facts
        .list_agents(page.after()?)
        .filter(|agent| query.owner.is_none_or(|owner| agent.owner == owner))
        .filter(|agent| query.state.as_deref().is_none_or(|state| agent.state.as_str() == state))
        .filter(|agent| reading.may(Action::AgentRead, On::Agent(agent.id)));
    let listed =
        page.cut(agents, |agent| agent.id.to_string(), |agent| AgentView::of(&reading.facts, agent))?;
    Ok(Json(listed))
}
