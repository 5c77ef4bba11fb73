use std::sync::Arc;

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::{App, Reading};
use model::{Agent, AgentId, UserId, WorkspaceId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::AgentView;
use crate::Problem;
use crate::api::order::Order;
use crate::api::words::one_of;
use crate::api::{Listed, PageQuery, Tenant};
use crate::pages::agents::{self, Seen};

/// Which agents, and in which order: what the page of the agents offers. What is left out does not narrow.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct Filter {
    /// Only those with this in their name, whatever its case.
    q: Option<String>,
    /// Only those of this owner.
    #[param(value_type = Option<uuid::Uuid>)]
    owner: Option<UserId>,
    /// Only those whose owner is in this workspace.
    #[param(value_type = Option<uuid::Uuid>)]
    workspace: Option<WorkspaceId>,
    /// Only those in this state: `live`, `paused`, `unowned`, `revoked`; `not_revoked` is all but the last.
    state: Option<String>,
    /// Only those with a key that counts (`key`), with none (`none`), or with one that ends within 14 days (`soon`).
    credential: Option<String>,
    /// Only those that were never seen (`never`), or that are live and were not seen for 30 days (`quiet`).
    used: Option<String>,
    /// `created` (the oldest first, as where nothing is said), `name`, `state` (what somebody has to look after comes
    /// first) or `seen` (the last seen first); with a hyphen in front from the end.
    sort: Option<String>,
    /// How many items at most, 1 to 1000. Default 100.
    limit: Option<usize>,
    /// The `next` of the page before, in the same order.
    after: Option<String>,
}

impl Filter {
    /// The filter of the page that says the same.
    fn read(&self) -> Result<agents::Filter, Problem> {
        let states = ["live", "paused", "unowned", "revoked", "not_revoked"];
        let state = match one_of("state", self.state.as_deref(), &states)? {
            None => "any",
            Some("not_revoked") => "",
            Some(state) => state,
        };
        let credential = one_of("credential", self.credential.as_deref(), &["key", "none", "soon"])?;
        let used = one_of("used", self.used.as_deref(), &["never", "quiet"])?;
        Ok(agents::Filter {
            q: self.q.clone().unwrap_or_default(),
            owner: self.owner.map(|id| id.to_string()).unwrap_or_default(),
            workspace: self.workspace.map(|id| id.to_string()).unwrap_or_default(),
            state: state.to_owned(),
            credential: credential.unwrap_or_default().to_owned(),
            used: used.unwrap_or_default().to_owned(),
            sort: self.sort.clone().unwrap_or_default(),
            ..agents::Filter::default()
        })
    }
}

/// Lists the agents that the caller may see, oldest first where no other order is asked for.
#[utoipa::path(tag = "agents", params(("org" = String, Path), Filter), responses((status = 200, body = Listed<AgentView>)))]
#[get("/v1/orgs/{org}/agents")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Filter>,
) -> Result<Json<Listed<AgentView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let order = Order::read(query.sort.as_deref(), &["created", "name", "state", "seen"])?;
    let filter = query.read()?;
    let seen = if filter.asks_when_seen() {
        app.agents_seen(&reading, tenant.organization).await?
    } else {
        Seen::new()
    };
    Ok(Json(cut(&reading, &filter, &seen, order, &page)?))
}

fn cut(
    reading: &Reading,
    filter: &agents::Filter,
    seen: &Seen,
    order: Order,
    page: &PageQuery,
) -> Result<Listed<AgentView>, Problem> {
    let view = |agent: &Arc<Agent>| AgentView::of(&reading.facts, agent);
    if order.is_plain() {
        let agents = reading.facts.list_agents(page.after::<AgentId>()?);
        return page.cut(filter.leaves(reading, seen, agents), |agent| agent.id.to_string(), view);
    }
    let order = filter.order();
    let after = page.place(|text| order.read(text))?;
    let (found, next) = order.cut(filter.of(reading, seen), seen, after, page.limit()?);
    Ok(Listed { items: found.iter().map(view).collect(), next })
}
