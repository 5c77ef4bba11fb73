use actix_web::HttpResponse;
use app::App;
use app::sessions::Opened;
use model::Session;

use crate::Problem;
use crate::pages::Redirect;
use crate::session::{local_path, remember};

/// Where somebody who has just signed in goes on: where they wanted to, the only organization that the session opens,
/// or the choice among several.
pub async fn landing(app: &App, session: &Session, next: &str) -> Result<String, Problem> {
    if let Some(next) = local_path(next).filter(|next| *next != "/") {
        return Ok(next.to_owned());
    }
    let places = app.places(session).await?;
    match places.as_slice() {
        [only] => Ok(format!("/o/{}", only.organization.slug)),
        _ => Ok("/choose".to_owned()),
    }
}

/// The answer to a sign-in: the new cookie, and on to where they wanted to go. A cookie that was there before is worth
/// nothing any more.
pub async fn signed_in(app: &App, opened: &Opened, next: &str) -> Result<HttpResponse, Problem> {
    let mut response = Redirect::to(landing(app, &opened.session, next).await?).response();
    response.add_cookie(&remember(&opened.secret)).map_err(|error| Problem::internal().because(error))?;
    Ok(response)
}
