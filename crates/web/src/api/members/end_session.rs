use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::web::{Data, Path, Query};
use app::App;
use model::{SessionId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::ReasonQuery;
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::revoked;
use crate::api::{Body, Tenant};

/// The path of one session of a member.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MemberSessionPath {
    /// The person's id.
    #[param(value_type = uuid::Uuid)]
    user: UserId,
    /// The session's id.
    #[param(value_type = uuid::Uuid)]
    session: SessionId,
}

/// A session that opens the organization no more.
#[derive(Debug, Serialize, ToSchema)]
pub struct EndedSessionView {
    /// Its id.
    id: Uuid,
}

/// Signs a person out of the organization in one browser. Another organization that it opens is left to it.
#[utoipa::path(tag = "members", params(("org" = String, Path), MemberSessionPath, ReasonQuery), request_body = ReasonBody, responses((status = 200, body = EndedSessionView)))]
#[delete("/v1/orgs/{org}/members/{user}/sessions/{session}")]
pub async fn end_session(
    app: Data<App>,
    tenant: Tenant,
    path: Path<MemberSessionPath>,
    query: Query<ReasonQuery>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    let reason = query.or(&body.value);
    let changed = app.end_session_here(tenant.request(), path.user, path.session, reason).await?;
    Ok(revoked(&changed, None, EndedSessionView { id: path.session.uuid() }))
}
