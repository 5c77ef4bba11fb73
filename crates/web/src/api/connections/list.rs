use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};

use super::ConnectionView;
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// Lists the ways in through identity providers, oldest first.
#[utoipa::path(tag = "connections", params(("org" = String, Path), PageQuery), responses((status = 200, body = Listed<ConnectionView>)))]
#[get("/v1/orgs/{org}/connections")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    page: Query<PageQuery>,
) -> Result<Json<Listed<ConnectionView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let connections = reading
        .facts
        .list_connections(page.after()?)
        .filter(|connection| reading.may(Action::ConnectionRead, On::Connection(connection.id)));
    let show = |connection: &std::sync::Arc<model::Connection>| ConnectionView::of(&app, connection);
    Ok(Json(page.cut(connections, |connection| connection.id.to_string(), show)?))
}
