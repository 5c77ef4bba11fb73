use actix_web::{HttpResponse, post};
use serde::Deserialize;

use crate::Problem;
use crate::pages::{Flash, Redirect, Tone, Zone, cookies, zone};
use crate::session::{Form, SignedIn};

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    zone: String,
}

/// Chooses the time zone of this browser.
#[post("/account/zone")]
pub(super) async fn send(_signed_in: SignedIn, form: Form<Fields>) -> Result<HttpResponse, Problem> {
    let Some(chosen) = Zone::named(form.0.zone.trim()) else {
        let text = "That is no time zone. Use a name like Europe/Berlin or America/New_York.".to_owned();
        return Ok(Redirect::to("/account").flashing(Flash { tone: Tone::Failed, text }).response());
    };
    let mut response =
        Redirect::to("/account").saying(format!("Times are shown in {}.", chosen.name())).response();
    let cookie = cookies::preference(zone::COOKIE, chosen.name());
    response.add_cookie(&cookie).map_err(|error| Problem::internal().because(error))?;
    Ok(response)
}
