use actix_web::HttpResponse;
use actix_web::post;
use actix_web::web::Data;
use app::{App, organizations};

use super::OrganizationView;
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::revoked;
use crate::api::{Body, Tenant};
use crate::serving::UndoWindow;

/// Begins the end of the organization: everything in it is refused from now on, and after the operator's window, 30 days
/// where nothing else is set, its rows are gone for ever, evidence included. Until then it can be undone.
#[utoipa::path(tag = "organizations", params(("org" = String, Path)), request_body = ReasonBody, responses((status = 200, body = OrganizationView)))]
#[post("/v1/orgs/{org}/delete")]
pub async fn delete(
    app: Data<App>,
    window: Data<UndoWindow>,
    tenant: Tenant,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let changed =
        app.change(tenant.request(), |p| organizations::delete(p, &body.value.reason, window.0)).await?;
    let view = OrganizationView::from(&changed.value);
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}
