use actix_web::{HttpResponse, post};
use serde::Deserialize;

use crate::Problem;
use crate::pages::{Redirect, cookies};
use crate::session::{Form, SignedIn};

/// The cookie that says whether single letters are keys.
const COOKIE: &str = "keys";

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    keys: String,
}

/// Switches single letters as keys off or on, in this browser (WCAG 2.1.4).
#[post("/account/keys")]
pub(super) async fn send(_signed_in: SignedIn, form: Form<Fields>) -> Result<HttpResponse, Problem> {
    let chosen = if form.0.keys == "off" { "off" } else { "on" };
    let said = format!(
        "Single letters are {}.",
        if chosen == "off" { "letters, and no keys" } else { "keys again" }
    );
    let mut response = Redirect::to("/account").saying(said).response();
    response
        .add_cookie(&cookies::preference(COOKIE, chosen))
        .map_err(|error| Problem::internal().because(error))?;
    Ok(response)
}
