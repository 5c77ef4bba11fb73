use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;
use app::App;
use app::accounts::BreakGlass;
use model::UserId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::BreakGlassView;
use crate::Problem;
use crate::api::idempotency::once;
use crate::api::written::{facts_after, written};
use crate::api::{Body, Tenant};

/// Who is to come in past the provider.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBreakGlassBody {
    /// The member's id.
    #[schema(value_type = uuid::Uuid)]
    user: UserId,
}

/// Names a member who may come in past the organization's provider while it is demanded: somebody active who has a
/// passkey, or a password with an authenticator. Two at most. Each use is told to every owner and administrator.
#[utoipa::path(tag = "break_glass", params(("org" = String, Path)), request_body = NewBreakGlassBody, responses((status = 201, body = BreakGlassView)))]
#[post("/v1/orgs/{org}/break-glass")]
pub async fn add(
    app: Data<App>,
    tenant: Tenant,
    body: Body<NewBreakGlassBody>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    once(&app, &tenant, body.digest, async {
        let user = body.value.user;
        let changed = app.add_break_glass(tenant.request(), user).await?;
        let facts = facts_after(&app, tenant.organization)?;
        let view = BreakGlassView::of(&facts, BreakGlass { user, can_sign_in: true });
        Ok(written(StatusCode::CREATED, &changed, None, view))
    })
    .await
}
