use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::web::{Data, Path, Query};
use app::{App, members};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{MemberPath, ReasonQuery};
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::revoked;
use crate::api::{Body, Tenant};

/// A person who is signed in here nowhere any more.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignedOutView {
    /// Their id.
    user: Uuid,
}

/// Signs a person out of the organization in every browser. Their keys and agents are left as they are.
#[utoipa::path(tag = "members", params(("org" = String, Path), MemberPath, ReasonQuery), request_body = ReasonBody, responses((status = 200, body = SignedOutView)))]
#[delete("/v1/orgs/{org}/members/{user}/sessions")]
pub async fn end_sessions(
    app: Data<App>,
    tenant: Tenant,
    path: Path<MemberPath>,
    query: Query<ReasonQuery>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    let reason = query.or(&body.value);
    let changed = app.change(tenant.request(), |p| members::end_sessions(p, path.user, reason)).await?;
    Ok(revoked(&changed, None, SignedOutView { user: path.user.uuid() }))
}
