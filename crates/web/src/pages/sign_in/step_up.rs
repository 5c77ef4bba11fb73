use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::App;
use app::accounts::{Methods, NotSignedIn, Passkeys};
use app::sessions::Opened;
use askama::Template;
use model::{Origin, Proof};
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::{Ceremony, Options, PasswordFields, refused};
use crate::Problem;
use crate::pages::{Bare, Errors, FieldView, Redirect, filters, page_with};
use crate::session::{Form, SignedIn, browser, local_path, remember};

#[derive(Template)]
#[template(path = "sign_in/step_up.html")]
struct Page {
    shell: Bare,
    csrf: String,
    errors: Errors,
    next: String,
    /// Where the person's own provider proves it again.
    provider: Option<String>,
    /// Set where the person has a passkey.
    passkey: Option<Options>,
    /// Set where the person has a password and an authenticator.
    login: Option<String>,
    password: FieldView,
    code: FieldView,
    /// Whether they came in by a link and have nothing else.
    has_link_only: bool,
}

#[derive(Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub(super) struct PasskeyFields {
    #[serde(default)]
    credential: String,
    #[serde(default)]
    next: String,
}

const WRONG: &str =
    "That does not prove that it is you. A code counts once: wait for the next one, or use another way.";

/// Asks the person to prove again who they are, in the ways that they have.
#[get("/step-up")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    passkeys: Data<Passkeys>,
    signed_in: SignedIn,
    query: Query<Next>,
) -> Result<HttpResponse, Problem> {
    ask(&request, &app, &passkeys, signed_in, &query.next, Errors::none()).await
}

/// Proves it by password and code.
#[post("/step-up")]
pub(super) async fn send_password(
    request: HttpRequest,
    app: Data<App>,
    passkeys: Data<Passkeys>,
    signed_in: SignedIn,
    form: Form<PasswordFields>,
) -> Result<HttpResponse, Problem> {
    let Form(fields) = form;
    let next = fields.next.clone();
    let session = signed_in.session.clone();
    let proven = app.step_up_by_password(session, fields.shown(), &browser(&request)).await;
    conclude(&request, &app, &passkeys, signed_in, &next, proven).await
}

/// Proves it by passkey.
#[post("/step-up/passkey")]
pub(super) async fn send_passkey(
    request: HttpRequest,
    app: Data<App>,
    passkeys: Data<Passkeys>,
    signed_in: SignedIn,
    form: Form<PasskeyFields>,
) -> Result<HttpResponse, Problem> {
    let Form(PasskeyFields { credential, next }) = form;
    let (session, secret) = (signed_in.session.clone(), Ceremony::secret(&request));
    let proven = app.step_up_by_passkey(&passkeys, session, &secret, &credential).await;
    conclude(&request, &app, &passkeys, signed_in, &next, proven).await
}

async fn conclude(
    request: &HttpRequest,
    app: &App,
    passkeys: &Passkeys,
    signed_in: SignedIn,
    next: &str,
    proven: Result<Option<Opened>, NotSignedIn>,
) -> Result<HttpResponse, Problem> {
    match proven {
        Ok(Some(opened)) => {
            let mut response = Redirect::to(local_path(next).unwrap_or("/")).response();
            let cookies = [remember(&opened.secret), Ceremony::over()];
            for cookie in &cookies {
                response.add_cookie(cookie).map_err(|error| Problem::internal().because(error))?;
            }
            Ok(response)
        }
        Ok(None) => Ok(Redirect::to("/sign-in").response()),
        Err(error) => {
            let said = refused::said(error, app.engine.world().now(), WRONG)?;
            ask(request, app, passkeys, signed_in, next, Errors::none().with("", said)).await
        }
    }
}

async fn ask(
    request: &HttpRequest,
    app: &App,
    passkeys: &Passkeys,
    signed_in: SignedIn,
    next: &str,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    let methods = app.methods(signed_in.user).await?;
    let begun = match methods.passkeys.as_slice() {
        [_, ..] if passkeys.are_possible() => Some(app.begin_passkey_use(passkeys).await?),
        _ => None,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let options = begun.as_ref().map(|begun| begun.options.clone());
    let mut response = page_with(status, &form(request, &signed_in, &methods, options, next, errors))?;
    if let Some(begun) = &begun {
        response.add_cookie(&Ceremony::cookie(begun)).map_err(|error| Problem::internal().because(error))?;
    }
    Ok(response)
}

fn form(
    request: &HttpRequest,
    signed_in: &SignedIn,
    methods: &Methods,
    passkey: Option<Options>,
    next: &str,
    errors: Errors,
) -> Page {
    let next = local_path(next).unwrap_or("/").to_owned();
    let login = methods.login.clone().filter(|_| methods.has_password());
    let provider = provider(signed_in.session.origin, &next);
    Page {
        shell: Bare::of(request),
        csrf: signed_in.csrf.clone(),
        errors,
        has_link_only: signed_in.session.proof == Proof::Link && passkey.is_none() && login.is_none(),
        provider,
        passkey,
        login,
        password: FieldView::new("password", "Password").autocomplete("current-password"),
        code: FieldView::new("code", "One-time code")
            .hint("Six digits from your authenticator, or a recovery code.")
            .autocomplete("one-time-code"),
        next,
    }
}

/// Where the provider that the session came through proves it again: it asks the person, whatever it remembers of them.
fn provider(origin: Origin, next: &str) -> Option<String> {
    let connection = origin.connection()?.to_string();
    let mut query = Serializer::new(String::new());
    query.append_pair("connection", &connection).append_pair("for", "step_up").append_pair("next", next);
    Some(format!("/sso/continue?{}", query.finish()))
}
