use actix_web::HttpResponse;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::{App, robots};

use super::{RobotPath, RobotView};
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::{facts_after, revoked};
use crate::api::{Body, Tenant};

/// Holds a robot: its very next call is refused. Reversible.
#[utoipa::path(tag = "robots", params(("org" = String, Path), RobotPath), request_body = ReasonBody, responses((status = 200, body = RobotView)))]
#[post("/v1/orgs/{org}/robots/{robot}/pause")]
pub async fn pause(
    app: Data<App>,
    tenant: Tenant,
    path: Path<RobotPath>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    let changed = app.change(tenant.request(), |p| robots::pause(p, path.robot, &body.value.reason)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    let view = RobotView::of(&facts, &changed.value);
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}
