use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};

use super::SignalStreamView;
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};
use crate::gateways::GatewayState;

/// Lists the streams of signals that are believed.
#[utoipa::path(tag = "signal_streams", params(("org" = String, Path), PageQuery), responses((status = 200, body = Listed<SignalStreamView>)))]
#[get("/v1/orgs/{org}/signal-streams")]
pub async fn list(
    app: Data<App>,
    gateways: Data<GatewayState>,
    tenant: Tenant,
    page: Query<PageQuery>,
) -> Result<Json<Listed<SignalStreamView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    reading.check(Action::SignalStreamRead, On::Organization)?;
    let standings = app.stream_standings(tenant.organization).await?;
    let streams = reading.facts.list_signal_streams(page.after()?);
    let show = |stream: &std::sync::Arc<model::SignalStream>| {
        SignalStreamView::of(&reading.facts, &gateways.public_url, stream, standings.get(&stream.id))
    };
    Ok(Json(page.cut(streams, |stream| stream.id.to_string(), show)?))
}
