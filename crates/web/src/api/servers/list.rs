use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use decision::{Action, On};
use serde::Deserialize;
use utoipa::IntoParams;

use super::ServerView;
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// Which servers.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Filter {
    /// Only those in this state: `active`, `removed`.
    state: Option<String>,
    limit: Option<usize>,
    after: Option<String>,
}

/// Lists the servers, oldest first.
#[utoipa::path(tag = "servers", params(("org" = String, Path), Filter), responses((status = 200, body = Listed<ServerView>)))]
#[get("/v1/orgs/{org}/servers")]
pub async fn list(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Filter>,
) -> Result<Json<Listed<ServerView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let servers = reading
        .facts
        .list_servers(page.after()?)
        .filter(|server| query.state.as_deref().is_none_or(|state| (state == "active") == server.is_active()))
        .filter(|server| reading.may(Action::ServerRead, On::Server(server.id)));
    let listed =
        page.cut(servers, |server| server.id.to_string(), |server| ServerView::of(&reading.facts, server))?;
    Ok(Json(listed))
}
