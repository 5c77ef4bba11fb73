use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete};
use app::App;

use super::SessionPath;
use crate::Problem;
use crate::session::SignedIn;

/// Signs out one browser of the person's own.
#[utoipa::path(tag = "me", params(SessionPath), responses((status = 204)))]
#[delete("/v1/me/sessions/{session}")]
pub async fn end_session(
    app: Data<App>,
    signed_in: SignedIn,
    path: Path<SessionPath>,
) -> Result<HttpResponse, Problem> {
    if app.sign_out(signed_in.user, path.session).await? {
        Ok(HttpResponse::NoContent().finish())
    } else {
        Err(Problem::not_found())
    }
}
