use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use app::App;

use super::landing;
use crate::Problem;
use crate::pages::Redirect;
use crate::session::SignedIn;

/// The root: on to where the person is at home.
#[get("/")]
pub(super) async fn home(app: Data<App>, signed_in: SignedIn) -> Result<HttpResponse, Problem> {
    Ok(Redirect::to(landing(&app, &signed_in.session, "").await?).response())
}
