use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::App;
use app::accounts::Passkeys;
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::kept;
use crate::Problem;
use crate::pages::sign_in::{Ceremony, Options};
use crate::pages::{Bare, Errors, FieldView, Redirect, filters, page_with};
use crate::session::{Form, Fresh, NoFields, SignedIn};

#[derive(Template)]
#[template(path = "account/passkey.html")]
struct Page {
    shell: Bare,
    csrf: String,
    errors: Errors,
    options: Options,
    name: FieldView,
}

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    credential: String,
    #[serde(default)]
    name: String,
}

/// Begins to make a passkey.
#[get("/account/passkeys/new")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    passkeys: Data<Passkeys>,
    signed_in: Fresh<SignedIn>,
) -> Result<HttpResponse, Problem> {
    begin(&request, &app, &passkeys, signed_in.0, "", Errors::none()).await
}

/// Keeps the passkey that the browser made.
#[post("/account/passkeys")]
pub(super) async fn send(
    request: HttpRequest,
    app: Data<App>,
    passkeys: Data<Passkeys>,
    signed_in: Fresh<SignedIn>,
    fields: Form<Fields>,
) -> Result<HttpResponse, Problem> {
    let (Fresh(signed_in), Form(Fields { credential, name })) = (signed_in, fields);
    app.speaks_for_the_person(&signed_in.session).await?;
    let secret = Ceremony::secret(&request);
    if app.finish_passkey(&passkeys, signed_in.user, &secret, &credential, &name).await? {
        let mut response =
            Redirect::to("/account").saying("The passkey is added. Try it at your next sign-in.").response();
        response.add_cookie(&Ceremony::over()).map_err(|error| Problem::internal().because(error))?;
        return Ok(response);
    }
    let errors = Errors::none()
        .with("", "The passkey could not be added: it took too long, or it is here already. Try again.");
    begin(&request, &app, &passkeys, signed_in, &name, errors).await
}

/// Takes a passkey away.
#[post("/account/passkeys/{id}/remove")]
pub(super) async fn remove(
    app: Data<App>,
    signed_in: Fresh<SignedIn>,
    id: Path<Uuid>,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    app.speaks_for_the_person(&signed_in.0.session).await?;
    match app.remove_passkey(signed_in.0.user, *id).await {
        Ok(true) => {}
        Ok(false) => return Err(Problem::not_found()),
        Err(error) => return kept(error),
    }
    Ok(Redirect::to("/account").saying("The passkey is removed. It opens nothing here any more.").response())
}

async fn begin(
    request: &HttpRequest,
    app: &App,
    passkeys: &Passkeys,
    signed_in: SignedIn,
    name: &str,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    app.speaks_for_the_person(&signed_in.session).await?;
    let begun = app.begin_passkey(passkeys, signed_in.user).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let name = FieldView::new("name", "Name of the passkey")
        .hint("The device it is on, like Work laptop.")
        .value(name)
        .optional();
    let page =
        Page { shell: Bare::of(request), csrf: signed_in.csrf, errors, options: begun.options.clone(), name };
    let mut response = page_with(status, &page)?;
    response.add_cookie(&Ceremony::cookie(&begun)).map_err(|error| Problem::internal().because(error))?;
    Ok(response)
}
