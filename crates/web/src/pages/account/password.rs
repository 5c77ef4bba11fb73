use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Error};
use askama::Template;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::kept;
use crate::Problem;
use crate::pages::{Bare, Errors, FieldView, Redirect, filters, page, page_with};
use crate::session::{Form, Fresh, NoFields, SignedIn};

#[derive(Template)]
#[template(path = "account/password.html")]
struct Page {
    shell: Bare,
    csrf: String,
    errors: Errors,
    login: FieldView,
    password: FieldView,
}

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: Zeroizing<String>,
}

/// Asks for a new password.
#[get("/account/password")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    signed_in: Fresh<SignedIn>,
) -> Result<HttpResponse, Problem> {
    let Fresh(signed_in) = signed_in;
    app.speaks_for_the_person(&signed_in.session).await?;
    let methods = app.methods(signed_in.user).await?;
    let email = app.person(signed_in.user).await?.and_then(|person| person.email);
    let login = methods.login.or(email).unwrap_or_default();
    page(&form(&request, signed_in.csrf, &login, Errors::none()))
}

/// Sets it, and signs out every other browser: whoever knew the old one may sit at one of them.
#[post("/account/password")]
pub(super) async fn send(
    request: HttpRequest,
    app: Data<App>,
    signed_in: Fresh<SignedIn>,
    fields: Form<Fields>,
) -> Result<HttpResponse, Problem> {
    let (Fresh(signed_in), Form(Fields { login, password })) = (signed_in, fields);
    app.speaks_for_the_person(&signed_in.session).await?;
    match app.set_password(signed_in.user, &login, password).await {
        Ok(()) => {
            app.sign_out_others(&signed_in.session).await?;
            let said = "The password is set, and other browsers are signed out. It counts together with an authenticator.";
            Ok(Redirect::to("/account").saying(said).response())
        }
        Err(Error::Invalid(wrong)) => {
            let mut errors = Errors::none();
            for wrong in &wrong {
                let field = if wrong.field == "login" { "login" } else { "password" };
                errors.add(field, capital(&wrong.reason));
            }
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(&request, signed_in.csrf, &login, errors))
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes the password away, and authenticator and recovery codes with it.
#[post("/account/password/remove")]
pub(super) async fn remove(
    app: Data<App>,
    signed_in: Fresh<SignedIn>,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    app.speaks_for_the_person(&signed_in.0.session).await?;
    if let Err(error) = app.remove_password(signed_in.0.user).await {
        return kept(error);
    }
    let said = "Password, authenticator and recovery codes are removed.";
    Ok(Redirect::to("/account").saying(said).response())
}

fn form(request: &HttpRequest, csrf: String, login: &str, errors: Errors) -> Page {
    let login = FieldView::new("login", "Name you sign in by")
        .hint("Your work e-mail, or another name that nobody here has.")
        .value(login)
        .autocomplete("username");
    let password = FieldView::new("password", "New password")
        .hint("At least 15 characters. Four or five words that do not belong together are easy to remember.")
        .autocomplete("new-password");
    Page {
        shell: Bare::of(request),
        csrf,
        login: login.wrong(&errors),
        password: password.wrong(&errors),
        errors,
    }
}

/// The words of an error as a sentence.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}
