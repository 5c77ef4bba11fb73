use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::App;
use app::accounts::{Begun, Passkeys};
use askama::Template;
use serde::Deserialize;

use super::{refused, signed_in};
use crate::Problem;
use crate::pages::{Bare, Errors, filters, page_with};
use crate::session::{Anybody, OpenForm, browser, found, local_path};

/// The cookie that ties a ceremony to the browser that began it. No other site's form brings it along.
const COOKIE: &str = "__Host-answerable-passkey";
const LIVES: Duration = Duration::minutes(5);

/// A ceremony of this browser, by its cookie.
pub(in crate::pages) struct Ceremony;

impl Ceremony {
    /// The cookie for one that has begun.
    pub(in crate::pages) fn cookie(begun: &Begun) -> Cookie<'static> {
        Self::bake(begun.secret.expose().to_owned(), LIVES)
    }

    /// The one that forgets it.
    pub(in crate::pages) fn over() -> Cookie<'static> {
        Self::bake(String::new(), Duration::ZERO)
    }

    /// The secret that the browser was given.
    pub(in crate::pages) fn secret(request: &HttpRequest) -> String {
        request.cookie(COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default()
    }

    fn bake(value: String, lives: Duration) -> Cookie<'static> {
        Cookie::build(COOKIE, value)
            .path("/")
            .secure(true)
            .http_only(true)
            .same_site(SameSite::Strict)
            .max_age(lives)
            .finish()
    }
}

/// What the browser's `navigator.credentials` takes, in an attribute of the form.
pub(in crate::pages) type Options = String;

#[derive(Template)]
#[template(path = "sign_in/passkey.html")]
struct Page {
    shell: Bare,
    errors: Errors,
    options: Options,
    next: String,
}

#[derive(Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    pub(super) credential: String,
    #[serde(default)]
    pub(super) next: String,
}

/// Begins a ceremony.
#[get("/sign-in/passkey")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    passkeys: Data<Passkeys>,
    _anybody: Anybody,
    query: Query<Next>,
) -> Result<HttpResponse, Problem> {
    begin(&request, &app, &passkeys, &query.next, StatusCode::OK, Errors::none()).await
}

/// Signs in by what the browser brought.
#[post("/sign-in/passkey")]
pub(super) async fn send(
    request: HttpRequest,
    app: Data<App>,
    passkeys: Data<Passkeys>,
    fields: OpenForm<Fields>,
) -> Result<HttpResponse, Problem> {
    let OpenForm(Fields { credential, next }) = fields;
    let before = found(&request).await?.map(|found| found.session.id);
    let secret = Ceremony::secret(&request);
    match app.sign_in_by_passkey(&passkeys, &secret, &credential, browser(&request), before, &next).await {
        Ok(opened) => {
            let mut response = signed_in(&app, &opened, &next).await?;
            response.add_cookie(&Ceremony::over()).map_err(|error| Problem::internal().because(error))?;
            Ok(response)
        }
        Err(error) => {
            let wrong = "That passkey is not known here, or it took too long. Try again, or use another way.";
            let said = refused::said(error, app.engine.world().now(), wrong)?;
            let (status, errors) = (StatusCode::UNPROCESSABLE_ENTITY, Errors::none().with("", said));
            begin(&request, &app, &passkeys, &next, status, errors).await
        }
    }
}

async fn begin(
    request: &HttpRequest,
    app: &App,
    passkeys: &Passkeys,
    next: &str,
    status: StatusCode,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    let begun = app.begin_passkey_use(passkeys).await?;
    let page = Page {
        shell: Bare::of(request),
        errors,
        options: begun.options.clone(),
        next: local_path(next).unwrap_or_default().to_owned(),
    };
    let mut response = page_with(status, &page)?;
    response.add_cookie(&Ceremony::cookie(&begun)).map_err(|error| Problem::internal().because(error))?;
    Ok(response)
}
