use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::organizations::Founder;
use app::{App, Error};
use askama::Template;
use model::{Name, Slug};
use serde::Deserialize;

use super::invitation::said;
use crate::Problem;
use crate::pages::sign_in::signed_in;
use crate::pages::{Bare, Errors, FieldView, Redirect, filters, page, page_with};
use crate::problem::Code;
use crate::serving::SignUp;
use crate::session::{OpenForm, browser, count_newcomer, found};

#[derive(Template)]
#[template(path = "joining/sign_up.html")]
struct Page {
    shell: Bare,
    /// Who is signed in here, and is to own it.
    known_as: Option<String>,
    organization: FieldView,
    slug: FieldView,
    name: FieldView,
    errors: Errors,
}

/// What somebody has filled in.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    organization: String,
    #[serde(default)]
    slug: String,
    #[serde(default)]
    name: String,
}

/// Asks what the organization is to be called.
#[get("/sign-up")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    sign_up: Data<SignUp>,
) -> Result<HttpResponse, Problem> {
    is_open(**sign_up)?;
    page(&form(&request, &app, &Fields::default(), Errors::none()).await?)
}

/// Begins the organization, with whoever asks as its owner.
#[post("/sign-up")]
pub(super) async fn begin(
    request: HttpRequest,
    app: Data<App>,
    sign_up: Data<SignUp>,
    fields: OpenForm<Fields>,
) -> Result<HttpResponse, Problem> {
    is_open(**sign_up)?;
    let OpenForm(fields) = fields;
    let here = found(&request).await?;
    let mut errors = Errors::none();
    let name: Option<Name> = read(&fields.organization, "organization", &mut errors);
    let slug: Option<Slug> = read(&fields.slug, "slug", &mut errors);
    let founder = match &here {
        Some(found) => Some(Founder::Known(found.session.user)),
        None => read(&fields.name, "name", &mut errors).map(|name| Founder::New { name, email: None }),
    };
    let (Some(name), Some(slug), Some(founder)) = (name, slug, founder) else {
        return again(&request, &app, &fields, errors).await;
    };
    count_newcomer(&request)?;
    match app.sign_up(slug.clone(), name, founder).await {
        Ok(changed) => {
            let home = format!("/o/{slug}");
            if here.is_some() {
                return Ok(Redirect::to(home).saying("Your organization is there.").response());
            }
            let opened = app.sign_in_newcomer(changed.value.owner, browser(&request), None).await?;
            signed_in(&app, &opened, "/account").await
        }
        Err(Error::Conflict { .. } | Error::Invalid(_)) => {
            let taken = "Choose another: this one is taken, or cannot be one.";
            again(&request, &app, &fields, Errors::none().with("slug", taken)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Where the operator does not let people sign up, there is no such page.
fn is_open(sign_up: SignUp) -> Result<(), Problem> {
    if sign_up == SignUp::Open { Ok(()) } else { Err(Problem::new(Code::NotFound)) }
}

/// Reads a name, or notes what is wrong with it.
pub(super) fn read<T: std::str::FromStr<Err = model::NameError>>(
    text: &str,
    field: &'static str,
    errors: &mut Errors,
) -> Option<T> {
    text.trim().parse().map_err(|wrong| errors.add(field, said(&wrong))).ok()
}

async fn again(
    request: &HttpRequest,
    app: &App,
    fields: &Fields,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(request, app, fields, errors).await?)
}

async fn form(request: &HttpRequest, app: &App, fields: &Fields, errors: Errors) -> Result<Page, Problem> {
    let known_as = match found(request).await? {
        Some(found) => app.person(found.session.user).await?.map(|person| person.name.to_string()),
        None => None,
    };
    let field = |name, label: &str, hint: &str, value: &str| {
        FieldView::new(name, label).hint(hint).value(value).wrong(&errors)
    };
    Ok(Page {
        shell: Bare::of(request),
        known_as,
        organization: field(
            "organization",
            "Name of the organization",
            "You can change it later.",
            &fields.organization,
        )
        .autocomplete("organization"),
        slug: field(
            "slug",
            "Name in addresses",
            "a-z, 0-9 and hyphens. It never changes: gateways rely on it.",
            &fields.slug,
        ),
        name: field("name", "Your name", "As your colleagues know you.", &fields.name).autocomplete("name"),
        errors,
    })
}
