use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::{Data, Path};
use app::App;
use decision::{Action, On};
use model::Server;

use super::{ServerPath, ServerView};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::found;

/// Shows a server, also a removed one.
#[utoipa::path(tag = "servers", params(("org" = String, Path), ServerPath), responses((status = 200, body = ServerView)))]
#[get("/v1/orgs/{org}/servers/{server}")]
pub async fn get(app: Data<App>, tenant: Tenant, path: Path<ServerPath>) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let server = super::server(&reading.facts, &path.server)?;
    reading.check(Action::ServerRead, On::Server(server.id))?;
    Ok(found(Server::clone(server), ServerView::of(&reading.facts, server)))
}
