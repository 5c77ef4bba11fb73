use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::evidence::{Held, holders};
use app::{App, Error};
use decision::{Action, On};
use model::FactKind;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::decision_view::PartyView;
use crate::Problem;
use crate::api::servers::server;
use crate::api::{Listed, PageQuery, Tenant};

/// Who may call what.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The server's id or slug.
    server: String,
    /// The tool's exact name.
    tool: String,
    /// The workspace's slug. Left out: each that offers the server.
    workspace: Option<String>,
    /// How many items at most, 1 to 1000. Default 100.
    limit: Option<usize>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Somebody who may call a tool, and by which links.
#[derive(Debug, Serialize, ToSchema)]
pub struct HolderView {
    /// Who.
    principal: PartyView,
    /// The person who answers for it, where it is an agent.
    owner: Option<Uuid>,
    /// In which workspace.
    workspace: Uuid,
    /// By which role.
    role: Option<Uuid>,
    /// By which grant of it.
    grant: Option<Uuid>,
}

/// Lists everybody of the organization who may call a tool with some arguments now, in each workspace that offers it,
/// and by which role and grant: the same evaluator that answers gateways. Not more than a thousand are told, of twenty
/// thousand who are asked about.
#[utoipa::path(tag = "evidence", operation_id = "list_access_holders", params(("org" = String, Path), Asked), responses((status = 200, body = Listed<HolderView>)))]
#[get("/v1/orgs/{org}/access/holders")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Asked>,
) -> Result<Json<Listed<HolderView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let facts = &reading.facts;
    let server = server(facts, &query.server)?.id;
    reading.check(Action::ServerRead, On::Server(server))?;
    let tool = facts.tool_by_name(server, &query.tool).ok_or(Error::NotFound(FactKind::Tool))?.id;
    let place = match &query.workspace {
        Some(slug) => Some(facts.workspace_by_slug(slug).ok_or(Error::NotFound(FactKind::Workspace))?.id),
        None => None,
    };
    let found = holders(&reading, tool, place)?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let after: Option<usize> = page.after()?;
    let rest = found.held.into_iter().enumerate().skip(after.map_or(0, |seen| seen.saturating_add(1)));
    let view = |(_, held): (usize, Held)| HolderView {
        principal: PartyView::now(facts, held.principal),
        owner: held.owner.map(model::UserId::uuid),
        workspace: held.workspace.uuid(),
        role: held.role.map(model::RoleId::uuid),
        grant: held.grant.map(model::GrantId::uuid),
    };
    Ok(Json(page.cut(rest, |(at, _): &(usize, Held)| at.to_string(), view)?))
}
