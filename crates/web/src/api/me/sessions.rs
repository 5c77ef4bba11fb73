use actix_web::get;
use actix_web::web::{Data, Json};
use app::App;

use super::view::SessionView;
use crate::Problem;
use crate::api::Listed;
use crate::session::SignedIn;

/// Lists the browsers in which the person is signed in, the last used first.
#[utoipa::path(tag = "me", responses((status = 200, body = Listed<SessionView>)))]
#[get("/v1/me/sessions")]
pub async fn list(app: Data<App>, signed_in: SignedIn) -> Result<Json<Listed<SessionView>>, Problem> {
    let sessions = app.sessions_of(signed_in.user).await?;
    let items = sessions.iter().map(|session| SessionView::of(session, signed_in.session.id)).collect();
    Ok(Json(Listed { items, next: None }))
}
