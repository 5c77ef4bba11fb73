use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::App;
use app::accounts::Passkeys;
use askama::Template;
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::landing;
use super::realm::realm;
use crate::Problem;
use crate::pages::{Bare, Errors, FieldView, Redirect, filters, page, page_with};
use crate::session::{OpenForm, found, local_path};

/// Addresses are at most this long (RFC 5321).
const LONGEST: usize = 254;

#[derive(Template)]
#[template(path = "sign_in/email.html")]
struct Page {
    shell: Bare,
    email: FieldView,
    errors: Errors,
    next: String,
    passkeys: bool,
}

/// Where to go on to.
#[derive(Debug, Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    email: String,
    #[serde(default)]
    next: String,
}

/// Asks for the work e-mail. Who is signed in goes on.
#[get("/sign-in")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    passkeys: Data<Passkeys>,
    query: Query<Next>,
) -> Result<HttpResponse, Problem> {
    if let Some(found) = found(&request).await? {
        return Ok(Redirect::to(landing(&app, &found.session, &query.next).await?).response());
    }
    page(&form(&request, &passkeys, "", &query.next, Errors::none()))
}

/// Leads on: to the provider of the organization whose domain it is, or to the ways of this installation itself. An
/// address that nobody has is answered like one that somebody has.
#[post("/sign-in")]
pub(super) async fn send(
    request: HttpRequest,
    app: Data<App>,
    passkeys: Data<Passkeys>,
    fields: OpenForm<Fields>,
) -> Result<HttpResponse, Problem> {
    let OpenForm(Fields { email, next }) = fields;
    let email = email.trim();
    if !is_address(email) {
        let wrong = Errors::none().with("email", "Enter your work e-mail, like maya@northwind.example.");
        let page = form(&request, &passkeys, email, &next, wrong);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    if let Some(path) = realm(&app, email, &next).await? {
        return Ok(Redirect::to(path).response());
    }
    let query =
        Serializer::new(String::new()).append_pair("login", email).append_pair("next", &next).finish();
    Ok(Redirect::to(format!("/sign-in/password?{query}")).response())
}

fn form(request: &HttpRequest, passkeys: &Passkeys, email: &str, next: &str, errors: Errors) -> Page {
    let field = FieldView::new("email", "Work e-mail").value(email).autocomplete("username");
    Page {
        shell: Bare::of(request),
        email: field.wrong(&errors),
        errors,
        next: local_path(next).unwrap_or_default().to_owned(),
        passkeys: passkeys.are_possible(),
    }
}

fn is_address(text: &str) -> bool {
    let parts = text.split_once('@');
    let has_parts = parts.is_some_and(|(name, domain)| !name.is_empty() && !domain.is_empty());
    has_parts
        && text.len() <= LONGEST
        && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control())
}
