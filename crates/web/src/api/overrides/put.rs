use actix_web::HttpResponse;
use actix_web::put;
use actix_web::web::{Data, Path};
use app::{App, overrides};
use decision::{Action, On};
use model::Snapshot;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::DeniedBody;
use super::{OverridePath, OverrideView};
use crate::Problem;
use crate::api::presented::{read, server_id};
use crate::api::workspaces::named;
use crate::api::written::revoked;
use crate::api::{Body, Tenant};

/// How an agent is to be narrowed in a workspace.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OverrideBody {
    /// Nothing at all is to be allowed to it there.
    #[serde(default)]
    blocked: bool,
    /// Tools that it must not call there.
    #[serde(default)]
    denied: Vec<DeniedBody>,
    /// The organization that a guest's agent belongs to, by id or slug. Left out: wherever it is.
    agent_organization: Option<String>,
}

/// Narrows an agent in a workspace, in place of what narrowed it there before.
#[utoipa::path(tag = "overrides", params(("org" = String, Path), OverridePath), request_body = OverrideBody, responses((status = 200, body = OverrideView)))]
#[put("/v1/orgs/{org}/workspaces/{workspace}/overrides/{agent}")]
pub async fn put(
    app: Data<App>,
    tenant: Tenant,
    path: Path<OverridePath>,
    body: Body<OverrideBody>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let facts = std::sync::Arc::clone(&reading.facts);
    let workspace = named(&facts, &path.workspace)?;
    // Before the agent is looked for: who may not narrow learns nothing of agents elsewhere.
    app.require(&reading, Action::OverridePut, On::Workspace(workspace)).await?;
    let wanted =
        overrides::Narrowing { blocked: body.value.blocked, denied: denied(&facts, &body.value.denied)? };
    let home = app.home_of_agent(path.agent, body.value.agent_organization.as_deref()).await?;
    let request = tenant.request_with_home(home);
    let changed = app.change(request, |p| overrides::put(p, workspace, path.agent, wanted)).await?;
    let view = OverrideView::of(&app, &changed.value);
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}

fn denied(
    facts: &Snapshot,
    given: &[DeniedBody],
) -> Result<Vec<(model::ServerId, model::ToolPattern)>, Problem> {
    let one = |(at, denied): (usize, &DeniedBody)| {
        let server = server_id(facts, &format!("denied[{at}].server"), &denied.server)?;
        Ok((server, read(&format!("denied[{at}].tools"), &denied.tools)?))
    };
    given.iter().enumerate().map(one).collect()
}
