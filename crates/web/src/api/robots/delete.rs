use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::web::{Data, Path};
use app::{App, robots};

use super::{RobotPath, RobotView};
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::{facts_after, revoked};
use crate::api::{Body, Tenant};

/// Deletes a robot, softly: its keys end, it leaves every workspace, and evidence keeps it.
#[utoipa::path(tag = "robots", params(("org" = String, Path), RobotPath), request_body = ReasonBody, responses((status = 200, body = RobotView)))]
#[delete("/v1/orgs/{org}/robots/{robot}")]
pub async fn delete(
    app: Data<App>,
    tenant: Tenant,
    path: Path<RobotPath>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    let changed = app.change(tenant.request(), |p| robots::delete(p, path.robot, &body.value.reason)).await?;
    let facts = facts_after(&app, tenant.organization)?;
    let view = RobotView::of(&facts, &changed.value);
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}
