use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use app::App;
use model::Origin;

use super::slip_cookie;
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
    let slip = app.sign_out_of(&signed_in.session).await?;
    // Whoever came in by a provider is signed in there still.
    let next = match signed_in.session.origin {
        Origin::Connection { connection, .. } => {
            Redirect::to(format!("/sign-out/provider?connection={connection}"))
        }
        Origin::Local { .. } => Redirect::to("/sign-in").saying("You are signed out."),
    };
    let mut response = next.response();
    for cookie in std::iter::once(end()).chain(slip.as_ref().map(slip_cookie::hold)) {
        response.add_cookie(&cookie).map_err(|error| Problem::internal().because(error))?;
    }
    Ok(response)
}
