use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path};
use app::App;

use super::{ConnectionPath, ConnectionView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::written;

/// Makes a new key by which we prove to the provider who we are, where `client_authentication` is `private_key_jwt`. Its public
/// half stands at `keys_uri`. Where people come in by the connection, it waits for a second person.
#[utoipa::path(tag = "connections", params(("org" = String, Path), ConnectionPath), responses((status = 200, body = ConnectionView)))]
#[post("/v1/orgs/{org}/connections/{connection}/key")]
pub async fn key(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ConnectionPath>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let changed = app.make_client_key(tenant.request(), path.connection).await?;
    let view = ConnectionView::of(&app, &changed.value.connection);
    Ok(written(StatusCode::OK, &changed, Some(changed.value.connection.clone().into()), view))
}
