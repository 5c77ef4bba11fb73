use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use app::App;
use model::ConnectionId;
use serde_json::json;

use crate::Problem;

/// Short, so that a new key is known soon after it was made.
const KEPT: &str = "public, max-age=300";

/// The public keys by which we prove to a connection's provider who we are (RFC 7517).
#[get("/sso/keys/{connection}")]
pub(super) async fn keys(app: Data<App>, connection: Path<ConnectionId>) -> Result<HttpResponse, Problem> {
    let keys = app.client_keys(connection.into_inner()).await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, KEPT)).json(json!({ "keys": keys })))
}
