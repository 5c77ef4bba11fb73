use actix_web::HttpResponse;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::App;

use super::{ConnectionPath, ConnectionView};
use crate::Problem;
use crate::api::reason::ReasonBody;
use crate::api::written::revoked;
use crate::api::{Body, Tenant};

/// Closes a way in, and ends every session that came in by it.
#[utoipa::path(tag = "connections", params(("org" = String, Path), ConnectionPath), request_body = ReasonBody, responses((status = 200, body = ConnectionView)))]
#[post("/v1/orgs/{org}/connections/{connection}/disable")]
pub async fn disable(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ConnectionPath>,
    body: Body<ReasonBody>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let changed = app.disable_connection(tenant.request(), path.connection, &body.value.reason).await?;
    let view = ConnectionView::of(&app, &changed.value);
    Ok(revoked(&changed, Some(changed.value.clone().into()), view))
}
