use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use app::App;

use crate::Problem;
use crate::pages::Redirect;
use crate::session::{Form, NoFields, SignedIn, end};

/// Ends the session that asks.
#[post("/sign-out")]
pub(super) async fn send(
    app: Data<App>,
    signed_in: SignedIn,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    app.sign_out(signed_in.user, signed_in.session.id).await?;
    let mut response = Redirect::to("/sign-in").saying("You are signed out.").response();
    response.add_cookie(&end()).map_err(|error| Problem::internal().because(error))?;
    Ok(response)
}
