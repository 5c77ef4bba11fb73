use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, post};
use app::App;
use model::SessionId;

use crate::Problem;
use crate::pages::Redirect;
use crate::session::{Form, NoFields, SignedIn, end};

/// Signs out one browser.
#[post("/account/sessions/{id}/end")]
pub(super) async fn end_one(
    app: Data<App>,
    signed_in: SignedIn,
    id: Path<SessionId>,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    if !app.sign_out(signed_in.user, *id).await? {
        return Err(Problem::not_found());
    }
    Ok(Redirect::to("/account").saying("That browser is signed out.").response())
}

/// Signs out every other browser.
#[post("/account/sessions/end-others")]
pub(super) async fn end_others(
    app: Data<App>,
    signed_in: SignedIn,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    let ended = app.sign_out_others(&signed_in.session).await?;
    let said = match ended {
        0 => "No other browser was signed in.".to_owned(),
        1 => "1 other browser is signed out.".to_owned(),
        n => format!("{n} other browsers are signed out."),
    };
    Ok(Redirect::to("/account").saying(said).response())
}

/// Signs out everywhere, here too.
#[post("/account/sessions/end-everywhere")]
pub(super) async fn end_everywhere(
    app: Data<App>,
    signed_in: SignedIn,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    app.sign_out_everywhere(signed_in.user).await?;
    let mut response = Redirect::to("/sign-in").saying("You are signed out everywhere.").response();
    response.add_cookie(&end()).map_err(|error| Problem::internal().because(error))?;
    Ok(response)
}
