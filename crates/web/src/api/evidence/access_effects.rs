use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::evidence::{Effect, effects};
use app::{App, Error};
use model::{FactKind, Snapshot};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::access_what::principal;
use crate::Problem;
use crate::api::presented::Named;
use crate::api::{Listed, PageQuery, Tenant};

/// What somebody may call.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The id of a person, an agent or a robot.
    principal: Uuid,
    /// How many items at most, 1 to 1000. Default 100.
    limit: Option<usize>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// A tool in a workspace, and whether somebody may call it there.
#[derive(Debug, Serialize, ToSchema)]
pub struct EffectView {
    /// The server.
    server: Named,
    /// The tool.
    tool: Named,
    /// What the tool can do: `read`, `write` or `destructive`.
    #[schema(value_type = Option<String>)]
    risk: Option<model::Risk>,
    /// The workspace.
    workspace: Named,
    /// `allow` or `deny`.
    #[schema(value_type = String)]
    decision: decision::Verdict,
    /// Why, in full: the code.
    reason: &'static str,
    /// What that means and what to do.
    explanation: &'static str,
}

/// Lists every tool that somebody could ask for, in each workspace that offers it, with the answer and why: the same
/// evaluator that answers gateways. Everybody may ask it of themselves and of their agents. Not more than two thousand
/// are told.
#[utoipa::path(tag = "evidence", operation_id = "list_access_effects", params(("org" = String, Path), Asked), responses((status = 200, body = Listed<EffectView>)))]
#[get("/v1/orgs/{org}/access/effects")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Asked>,
) -> Result<Json<Listed<EffectView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let facts = &reading.facts;
    let principal = principal(facts, query.principal).ok_or(Error::NotFound(FactKind::Agent))?;
    let found = effects(&reading, principal)?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let after: Option<usize> = page.after()?;
    let rest = found.all.into_iter().enumerate().skip(after.map_or(0, |seen| seen.saturating_add(1)));
    let view = |(_, effect): (usize, Effect)| EffectView::of(facts, &effect);
    Ok(Json(page.cut(rest, |(at, _): &(usize, Effect)| at.to_string(), view)?))
}

impl EffectView {
    fn of(facts: &Snapshot, effect: &Effect) -> Self {
        let named = |id: Uuid, name: Option<String>| Named { id, name: name.unwrap_or_default() };
        let tool = facts.tool(effect.tool);
        let server = facts.server(effect.server).map(|server| server.name.to_string());
        let workspace = facts.workspace(effect.workspace).map(|workspace| workspace.name.to_string());
        let reason = effect.decision.reason();
        Self {
            server: named(effect.server.uuid(), server),
            tool: named(effect.tool.uuid(), tool.map(|tool| tool.name.to_string())),
            risk: tool.map(|tool| tool.risk),
            workspace: named(effect.workspace.uuid(), workspace),
            decision: effect.decision.verdict(),
            reason: reason.code(),
            explanation: reason.say(),
        }
    }
}
