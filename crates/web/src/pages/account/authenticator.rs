use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use app::App;
use app::accounts::NewTotp;
use askama::Template;
use serde::Deserialize;

use super::recovery;
use crate::Problem;
use crate::pages::{Bare, Errors, FieldView, Flash, Redirect, Tone, filters, page_with, secret_page};
use crate::session::{Form, Fresh, NoFields, SignedIn};

#[derive(Template)]
#[template(path = "account/authenticator.html")]
struct Page {
    shell: Bare,
    csrf: String,
    seed: String,
    address: String,
    code: FieldView,
}

#[derive(Template)]
#[template(path = "account/authenticator_again.html")]
struct Again {
    shell: Bare,
    csrf: String,
    errors: Errors,
    code: FieldView,
}

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    code: String,
}

/// Makes a new authenticator and shows its seed, once. An older one counts until a code of this one was shown.
#[post("/account/authenticator/new")]
pub(super) async fn make(
    request: HttpRequest,
    app: Data<App>,
    signed_in: Fresh<SignedIn>,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    let Fresh(signed_in) = signed_in;
    app.speaks_for_the_person(&signed_in.session).await?;
    let Some(login) = app.methods(signed_in.user).await?.login else {
        let text = "Set a password first: an authenticator counts together with it.".to_owned();
        return Ok(Redirect::to("/account").flashing(Flash { tone: Tone::Mind, text }).response());
    };
    let NewTotp { seed, address } = app.new_totp(signed_in.user, &login).await?;
    secret_page(&Page {
        shell: Bare::of(&request),
        csrf: signed_in.csrf,
        seed: seed.to_string(),
        address: address.to_string(),
        code: code(),
    })
}

/// Takes the first code: from now on the authenticator counts, and the person gets recovery codes.
#[post("/account/authenticator")]
pub(super) async fn confirm(
    request: HttpRequest,
    app: Data<App>,
    signed_in: Fresh<SignedIn>,
    fields: Form<Fields>,
) -> Result<HttpResponse, Problem> {
    let Fresh(signed_in) = signed_in;
    app.speaks_for_the_person(&signed_in.session).await?;
    if app.confirm_totp(signed_in.user, &fields.0.code).await? {
        return recovery::shown(&request, &app, signed_in.user).await;
    }
    let errors = Errors::none()
        .with("code", "That is not the code that your authenticator shows now. Try the next one.");
    let page = Again { shell: Bare::of(&request), csrf: signed_in.csrf, code: code().wrong(&errors), errors };
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn code() -> FieldView {
    FieldView::new("code", "Code from the authenticator").hint("Six digits.").autocomplete("one-time-code")
}
