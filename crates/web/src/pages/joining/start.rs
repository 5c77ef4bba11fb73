use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::organizations::Founder;
use app::{App, Error};
use askama::Template;
use model::{Name, Slug};
use serde::Deserialize;

use super::sign_up::read;
use crate::Problem;
use crate::pages::sign_in::signed_in;
use crate::pages::{Bare, Errors, FieldView, filters, page_with, secret_page};
use crate::session::{Anybody, OpenForm, browser};

#[derive(Template)]
#[template(path = "joining/start.html")]
struct Page {
    shell: Bare,
    secret: String,
    organization: FieldView,
    slug: FieldView,
    name: FieldView,
    email: FieldView,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "joining/start_over.html")]
struct Over {
    shell: Bare,
}

/// What whoever started the program has filled in.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    organization: String,
    #[serde(default)]
    slug: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
}

/// Asks whoever has the link what the first organization is to be called, and who they are. Looking uses nothing.
#[get("/start/{secret}")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    _anybody: Anybody,
    secret: Path<String>,
) -> Result<HttpResponse, Problem> {
    if !app.is_first_start(&secret).await? {
        return over(&request);
    }
    secret_page(&form(&request, &secret, &Fields::default(), Errors::none()))
}

/// Sets it up and signs its owner in, who makes themselves a passkey or a password next.
#[post("/start/{secret}")]
pub(super) async fn begin(
    request: HttpRequest,
    app: Data<App>,
    secret: Path<String>,
    fields: OpenForm<Fields>,
) -> Result<HttpResponse, Problem> {
    if !app.is_first_start(&secret).await? {
        return over(&request);
    }
    let OpenForm(fields) = fields;
    let mut errors = Errors::none();
    let name: Option<Name> = read(&fields.organization, "organization", &mut errors);
    let slug: Option<Slug> = read(&fields.slug, "slug", &mut errors);
    let owner: Option<Name> = read(&fields.name, "name", &mut errors);
    let (Some(name), Some(slug), Some(owner)) = (name, slug, owner) else {
        return again(&request, &secret, &fields, errors);
    };
    let founder = Founder::New { name: owner, email: Some(fields.email.clone()) };
    match app.first_start(&secret, slug, name, founder).await {
        Ok(Some(changed)) => {
            let opened = app.sign_in_newcomer(changed.value.owner, browser(&request), None).await?;
            signed_in(&app, &opened, "/account").await
        }
        Ok(None) => over(&request),
        Err(Error::Conflict { .. }) => {
            let taken = Errors::none().with("slug", "Choose another: this one was used here before.");
            again(&request, &secret, &fields, taken)
        }
        Err(Error::Invalid(wrong)) => {
            let mut errors = Errors::none();
            for wrong in &wrong {
                errors.note(if wrong.field == "email" { "email" } else { "slug" }, &wrong.reason);
            }
            again(&request, &secret, &fields, errors)
        }
        Err(error) => Err(error.into()),
    }
}

fn again(
    request: &HttpRequest,
    secret: &str,
    fields: &Fields,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(request, secret, fields, errors))
}

fn form(request: &HttpRequest, secret: &str, fields: &Fields, errors: Errors) -> Page {
    let field = |name, label: &str, hint: &str, value: &str| {
        FieldView::new(name, label).hint(hint).value(value).wrong(&errors)
    };
    let (organization, slug) = (&fields.organization, &fields.slug);
    Page {
        shell: Bare::of(request),
        secret: secret.to_owned(),
        organization: field(
            "organization",
            "Name of the organization",
            "You can change it later.",
            organization,
        )
        .autocomplete("organization"),
        slug: field(
            "slug",
            "Name in addresses",
            "a-z, 0-9 and hyphens. It never changes: gateways rely on it.",
            slug,
        ),
        name: field("name", "Your name", "As your colleagues know you.", &fields.name).autocomplete("name"),
        email: field(
            "email",
            "Your e-mail address",
            "Where alerts go. It proves nothing about who you are.",
            &fields.email,
        )
        .autocomplete("email")
        .optional(),
        errors,
    }
}

/// A link that sets up nothing: used, too old, never made, or there is an organization by now. All look the same.
fn over(request: &HttpRequest) -> Result<HttpResponse, Problem> {
    page_with(StatusCode::GONE, &Over { shell: Bare::of(request) })
}
