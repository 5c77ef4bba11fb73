use actix_web::delete;
use actix_web::web::{Data, Json};
use app::App;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Problem;
use crate::session::SignedIn;

/// How many browsers were signed out.
#[derive(Debug, Serialize, ToSchema)]
pub struct EndedView {
    /// How many.
    ended: u64,
}

/// Signs out every other browser of the person.
#[utoipa::path(tag = "me", responses((status = 200, body = EndedView)))]
#[delete("/v1/me/sessions")]
pub async fn end_others(app: Data<App>, signed_in: SignedIn) -> Result<Json<EndedView>, Problem> {
    Ok(Json(EndedView { ended: app.sign_out_others(&signed_in.session).await? }))
}
