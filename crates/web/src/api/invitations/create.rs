use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, invitations};
use model::AgentId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::InvitationView;
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::workspaces::{WorkspacePath, named};
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};

/// Which agent is to be let in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitationBody {
    /// An agent that the caller answers for.
    #[schema(value_type = uuid::Uuid)]
    agent: AgentId,
    /// The organization that it belongs to, by id or slug. Left out: wherever it is.
    agent_organization: Option<String>,
    /// What is said to whoever answers; at most 500 characters.
    #[serde(default)]
    message: String,
}

/// Asks for an agent to be let into a workspace. It can never hold more there than its owner does.
#[utoipa::path(tag = "invitations", params(("org" = String, Path), WorkspacePath), request_body = NewInvitationBody, responses((status = 201, body = InvitationView)))]
#[post("/v1/orgs/{org}/workspaces/{workspace}/invitations")]
pub async fn create(
    app: Data<App>,
    tenant: Tenant,
    path: Path<WorkspacePath>,
    body: Body<NewInvitationBody>,
) -> Result<HttpResponse, Problem> {
    once(&app, &tenant, body.digest, async {
        let facts = app.read(tenant.caller, tenant.organization).await?.facts;
        let workspace = named(&facts, &path.workspace)?;
        let NewInvitationBody { agent, agent_organization, message } = body.value;
        let home = app.home_of_agent(agent, agent_organization.as_deref()).await?;
        let request = tenant.request_with_home(home);
        let changed = app.change(request, |p| invitations::invite(p, workspace, agent, &message)).await?;
        let facts = facts_after(&app, tenant.organization)?;
        let view = InvitationView::of(&app, &facts, &changed.value);
        Ok(written(StatusCode::CREATED, &changed, Some(changed.value.clone().into()), view))
    })
    .await
}
