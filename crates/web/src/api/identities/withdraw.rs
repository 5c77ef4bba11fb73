use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::web::{Data, Path, Query};
use app::App;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::IdentityPath;
use crate::Problem;
use crate::api::members::ReasonQuery;
use crate::api::reason::ReasonBody;
use crate::api::written::revoked;
use crate::api::{Body, Tenant};

/// An account that opens the organization no more.
#[derive(Debug, Serialize, ToSchema)]
pub struct WithdrawnView {
    /// Its id.
    id: Uuid,
}

/// Withdraws an account that was accepted, or declines one that is asked for. Sessions that came in as it open the
/// organization no more from the next request on; keys and agents of the person go on.
#[utoipa::path(operation_id = "withdraw_identity", tag = "members", params(("org" = String, Path), IdentityPath, ReasonQuery), request_body = ReasonBody, responses((status = 200, body = WithdrawnView)))]
#[delete("/v1/orgs/{org}/members/{user}/identities/{identity}")]
pub async fn withdraw(
    app: Data<App>,
    tenant: Tenant,
    path: Path<IdentityPath>,
    query: Query<ReasonQuery>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    let reason = query.or(&body.value);
    let changed = app.withdraw_identity(tenant.request(), path.user, path.identity, reason).await?;
    Ok(revoked(&changed, None, WithdrawnView { id: path.identity.uuid() }))
}
