use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use app::{App, keys};
use chrono::{DateTime, Utc};
use decision::{Caller, Reason};
use model::{AgentId, GatewayId, Holder, OrganizationId, PrincipalId, RobotId, to_micros};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{LimitsBody, MintedView};
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::presented::read;
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};

/// A key to be made: for one of agent, robot, gateway and directory; for none of them, a management key of the
/// caller's own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewKeyBody {
    /// What it is for.
    name: String,
    /// The agent that is to hold it.
    #[schema(value_type = Option<uuid::Uuid>)]
    agent: Option<AgentId>,
    /// The robot that is to hold it.
    #[schema(value_type = Option<uuid::Uuid>)]
    robot: Option<RobotId>,
    /// The gateway that is to hold it.
    #[schema(value_type = Option<uuid::Uuid>)]
    gateway: Option<GatewayId>,
    /// Whether the organization's directory is to hold it (SCIM). Made by a person in a signed-in session alone.
    #[serde(default)]
    directory: bool,
    /// When it ends. Left out: in 90 days. At most in 365.
    expires_at: Option<DateTime<Utc>>,
    /// What it is limited to.
    #[serde(default)]
    limits: LimitsBody,
}

impl NewKeyBody {
    fn holder(&self, organization: OrganizationId, caller: Caller) -> Result<Holder, Problem> {
        match (self.agent, self.robot, self.gateway, self.directory) {
            (Some(id), None, None, false) => Ok(Holder::Agent(id)),
            (None, Some(id), None, false) => Ok(Holder::Robot(id)),
            (None, None, Some(id), false) => Ok(Holder::Gateway(id)),
            (None, None, None, true) => Ok(Holder::Directory(organization)),
            // No holder named: the caller's own. The decision says why not where that is no person.
            (None, None, None, false) => match caller.principal {
                Some(PrincipalId::User(id)) => Ok(Holder::User(id)),
                Some(PrincipalId::Agent(id)) => Ok(Holder::Agent(id)),
                Some(PrincipalId::Robot(id)) => Ok(Holder::Robot(id)),
                None => Err(Problem::denied(Reason::PeopleOnly)),
            },
            _ => Err(Problem::invalid_field(
                "agent",
                "name one holder: an agent, a robot, a gateway or the directory",
            )),
        }
    }
}

/// Makes a key. The answer shows its secret, once.
#[utoipa::path(tag = "keys", params(("org" = String, Path)), request_body = NewKeyBody, responses((status = 201, body = MintedView)))]
#[post("/v1/orgs/{org}/keys")]
pub async fn create(app: Data<App>, tenant: Tenant, body: Body<NewKeyBody>) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    once(&app, &tenant, body.digest, async {
        let facts = app.read(tenant.caller, tenant.organization).await?.facts;
        let new = keys::NewKey {
            holder: body.value.holder(tenant.organization, tenant.caller)?,
            name: read("name", &body.value.name)?,
            expires_at: body.value.expires_at.map(to_micros),
            limits: body.value.limits.read(&facts)?,
        };
        let changed = app.change(tenant.request(), |planning| keys::create(planning, new)).await?;
        let facts = facts_after(&app, tenant.organization)?;
        let view = MintedView::of(&facts, &changed.value, changed.value.key.created_at);
        Ok(written(StatusCode::CREATED, &changed, Some(changed.value.key.clone().into()), view))
    })
    .await
}
