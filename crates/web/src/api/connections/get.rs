use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::{Data, Path};
use app::{App, Error};
use decision::{Action, On};
use model::{Connection, FactKind};

use super::{ConnectionPath, ConnectionView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::found;

/// Shows a way in through an identity provider.
#[utoipa::path(tag = "connections", params(("org" = String, Path), ConnectionPath), responses((status = 200, body = ConnectionView)))]
#[get("/v1/orgs/{org}/connections/{connection}")]
pub async fn get(
    app: Data<App>,
    tenant: Tenant,
    path: Path<ConnectionPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    reading.check(Action::ConnectionRead, On::Connection(path.connection))?;
    let connection =
        reading.facts.connection(path.connection).ok_or(Error::NotFound(FactKind::Connection))?;
    Ok(found(Connection::clone(connection), ConnectionView::of(&app, connection)))
}
