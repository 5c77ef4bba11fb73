use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use app::App;
use app::members::{self, Who};
use model::{OrganizationRole, UserId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::MemberView;
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::presented::read;
use crate::api::written::written;
use crate::api::{Body, Tenant};

/// A person to be added: somebody new by name, or somebody from elsewhere on this installation by id.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMemberBody {
    /// What somebody new is called.
    name: Option<String>,
    /// Who is known already.
    #[schema(value_type = Option<uuid::Uuid>)]
    user: Option<UserId>,
    /// Where mail goes. It identifies nobody.
    email: Option<String>,
    /// `owner`, `admin`, `member`, `auditor` or `guest`.
    #[schema(value_type = String)]
    role: OrganizationRole,
}

/// Adds a person to the organization.
#[utoipa::path(tag = "members", params(("org" = String, Path)), request_body = NewMemberBody, responses((status = 201, body = MemberView)))]
#[post("/v1/orgs/{org}/members")]
pub async fn add(app: Data<App>, tenant: Tenant, body: Body<NewMemberBody>) -> Result<HttpResponse, Problem> {
    // Who makes an owner gives everything away, and for good.
    if body.value.role == OrganizationRole::Owner {
        tenant.fresh()?;
    }
    once(&app, &tenant, body.digest, async {
        let role = body.value.role;
        let who = who(&app, body.value).await?;
        let changed = app.change(tenant.request(), |planning| members::add(planning, who, role)).await?;
        let reading = app.read(tenant.caller, tenant.organization).await?;
        let view = MemberView::of(&reading, &changed.value);
        Ok(written(StatusCode::CREATED, &changed, Some(changed.value.clone().into()), view))
    })
    .await
}

async fn who(app: &App, body: NewMemberBody) -> Result<Who, Problem> {
    match (body.name, body.user) {
        (Some(name), None) => Ok(Who::New { name: read("name", &name)?, email: body.email }),
        (None, Some(user)) => {
            Ok(Who::Known { user, person: app.person_elsewhere(user).await?, email: body.email })
        }
        _ => Err(Problem::invalid_field("name", "give either the name of somebody new or a known user's id")),
    }
}
