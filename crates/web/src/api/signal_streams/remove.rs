use actix_web::HttpResponse;
use actix_web::delete;
use actix_web::web::{Data, Path};
use app::App;

use super::{SignalStreamPath, SignalStreamView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::{facts_after, revoked};
use crate::gateways::GatewayState;

/// No longer believes a transmitter of signals.
#[utoipa::path(tag = "signal_streams", params(("org" = String, Path), SignalStreamPath), responses((status = 200, body = SignalStreamView)))]
#[delete("/v1/orgs/{org}/signal-streams/{stream}")]
pub async fn remove(
    app: Data<App>,
    gateways: Data<GatewayState>,
    tenant: Tenant,
    path: Path<SignalStreamPath>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let changed = app.remove_signal_stream(tenant.request(), path.stream).await?;
    let facts = facts_after(&app, tenant.organization)?;
    Ok(revoked(&changed, None, SignalStreamView::of(&facts, &gateways.public_url, &changed.value, None)))
}
