use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, workspaces};
use model::{Member, RobotId, RoleId, Snapshot, UserId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::memberships::WorkspaceMembershipView;
use super::{WorkspacePath, named};
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};

/// Who is to be put into a workspace, and with which role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWorkspaceMembershipBody {
    /// A person: an active member of the organization, guests among them.
    #[schema(value_type = Option<uuid::Uuid>)]
    user: Option<UserId>,
    /// Or a robot.
    #[schema(value_type = Option<uuid::Uuid>)]
    robot: Option<RobotId>,
    /// The role's id or name.
    role: String,
}

/// Puts a person or robot into a workspace. A person's agents may enter with them, bounded by their scopes.
#[utoipa::path(tag = "workspaces", params(("org" = String, Path), WorkspacePath), request_body = NewWorkspaceMembershipBody, responses((status = 201, body = WorkspaceMembershipView)))]
#[post("/v1/orgs/{org}/workspaces/{workspace}/memberships")]
pub async fn enter(
    app: Data<App>,
    tenant: Tenant,
    path: Path<WorkspacePath>,
    body: Body<NewWorkspaceMembershipBody>,
) -> Result<HttpResponse, Problem> {
    once(&app, &tenant, body.digest, async {
        let facts = app.read(tenant.caller, tenant.organization).await?.facts;
        let workspace = named(&facts, &path.workspace)?;
        let member = match (body.value.user, body.value.robot) {
            (Some(user), None) => Member::User(user),
            (None, Some(robot)) => Member::Robot(robot),
            _ => return Err(Problem::invalid_field("user", "name one: a user or a robot")),
        };
        let role = role(&facts, &body.value.role)?;
        let changed = app.change(tenant.request(), |p| workspaces::enter(p, workspace, member, role)).await?;
        let facts = facts_after(&app, tenant.organization)?;
        let view = WorkspaceMembershipView::of(&facts, &changed.value);
        Ok(written(StatusCode::CREATED, &changed, Some(changed.value.clone().into()), view))
    })
    .await
}

/// A role by id or name.
fn role(facts: &Snapshot, text: &str) -> Result<RoleId, Problem> {
    let by_name = || facts.list_roles(None).find(|role| role.name.as_str() == text).map(|role| role.id);
    let found = text.parse().ok().or_else(by_name);
    found.ok_or_else(|| Problem::invalid_field("role", "no role of that id or name"))
}
