use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::put;
use actix_web::web::{Data, Path};
use app::App;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ConnectionPath, ConnectionView};
use crate::Problem;
use crate::api::written::written;
use crate::api::{Body, Tenant};

/// The secret that the provider gave.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecretBody {
    /// Sealed when it arrives, and never shown again.
    client_secret: String,
}

/// Enters the secret of the client. Where people come in by the connection, a new one waits for a second person.
#[utoipa::path(tag = "connections", params(("org" = String, Path), ConnectionPath), request_body = SecretBody, responses((status = 200, body = ConnectionView)))]
#[put("/v1/orgs/{org}/connections/{connection}/secret")]
pub async fn secret(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ConnectionPath>,
    body: Body<SecretBody>,
) -> Result<HttpResponse, Problem> {
    tenant.fresh()?;
    let secret = &body.value.client_secret;
    let changed = app.set_client_secret(tenant.request(), path.connection, secret).await?;
    let connection = &changed.value.connection;
    let view = ConnectionView::of(&app, connection);
    Ok(written(StatusCode::OK, &changed, Some(connection.clone().into()), view))
}
