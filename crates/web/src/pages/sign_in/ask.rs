use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use app::{App, Error};
use serde::Deserialize;

use crate::Problem;
use crate::pages::{Flash, Redirect};
use crate::session::{Form, SignedIn, count_asking};

/// Who is asked.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    organization: String,
}

/// Asks an organization to let the person in by the account that they are signed in as. What is said is the same where
/// they are no member, and where there is no such organization.
#[post("/choose/ask")]
pub(super) async fn send(
    app: Data<App>,
    signed_in: SignedIn,
    form: Form<Asked>,
) -> Result<HttpResponse, Problem> {
    let Form(Asked { organization }) = form;
    count_asking(&app, signed_in.session.user)?;
    let there = Redirect::to("/choose");
    match app.ask_to_come_in(&signed_in.session, organization.trim()).await {
        Ok(()) => {
            let said = "If you are a member there, its owners and administrators see on your page that you ask. Come \
                        back here once one of them has accepted it.";
            Ok(there.saying(said).into())
        }
        Err(Error::Conflict { detail, .. }) => Ok(there.flashing(Flash::failed(&detail)).into()),
        Err(error) => Err(error.into()),
    }
}
