use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::web::{Data, Path, Query};
use app::{App, members};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{CutView, MemberPath};
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::revoked;
use crate::api::{Body, Tenant};

/// Why, for clients that cannot send a body with DELETE.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct ReasonQuery {
    /// In the words of whoever does it; at most 500 characters.
    pub reason: String,
}

impl ReasonQuery {
    /// The reason of the body, or else of the query.
    pub(crate) fn or<'a>(&'a self, body: &'a ReasonBody) -> &'a str {
        if body.reason.is_empty() { &self.reason } else { &body.reason }
    }
}

/// A person who is no longer here, and what ended with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovedView {
    /// Their id.
    id: Uuid,
    /// What ended in the same transaction.
    cut: CutView,
}

/// Removes a person from the organization. Hand their agents over first, or they are latched.
#[utoipa::path(tag = "members", params(("org" = String, Path), MemberPath, ReasonQuery), request_body = ReasonBody, responses((status = 200, body = RemovedView)))]
#[delete("/v1/orgs/{org}/members/{user}")]
pub async fn remove(
    app: Data<App>,
    tenant: Tenant,
    path: Path<MemberPath>,
    query: Query<ReasonQuery>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    let reason = query.or(&body.value);
    let changed = app.change(tenant.request(), |p| members::remove(p, path.user, reason)).await?;
    let view = RemovedView { id: path.user.uuid(), cut: (&changed.value).into() };
    Ok(revoked(&changed, None, view))
}
