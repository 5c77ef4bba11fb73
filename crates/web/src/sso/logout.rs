use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpResponse, post};
use app::App;
use model::ConnectionId;
use serde::Deserialize;

use crate::session::Anybody;

/// What a provider sends.
#[derive(Debug, Deserialize)]
struct Said {
    logout_token: String,
}

/// A provider says that somebody signed out there (OpenID Connect Back-Channel Logout 1.0). Whatever is wrong is 400 and
/// one word: the sender has proven nothing, so it is counted by where it comes from like anybody.
#[post("/sso/logout/{connection}")]
pub(super) async fn logout(
    app: Data<App>,
    _anybody: Anybody,
    connection: Path<ConnectionId>,
    said: Form<Said>,
) -> HttpResponse {
    match app.signed_out_there(connection.into_inner(), &said.logout_token).await {
        Ok(_) => HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).finish(),
        Err(error) => {
            tracing::info!(%error, "a logout token was refused");
            HttpResponse::BadRequest()
                .insert_header((CACHE_CONTROL, "no-store"))
                .json(serde_json::json!({ "error": "invalid_request" }))
        }
    }
}
