use app::App;
use model::Gateway;

use super::GatewayView;
use crate::Problem;
use crate::api::Tenant;

/// A gateway as it is after a write, with how it has asked.
pub(super) async fn shown(app: &App, tenant: &Tenant, gateway: &Gateway) -> Result<GatewayView, Problem> {
    let seen = app.gateways_seen(tenant.organization).await?;
    Ok(GatewayView::of(gateway, seen.of(gateway.id), app.engine.world().now()))
}
