use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::App;
use askama::Template;
use serde::Deserialize;

use super::signed_in;
use crate::Problem;
use crate::pages::{Bare, filters, page_with, secret_page};
use crate::session::{OpenForm, browser, found, local_path};

#[derive(Template)]
#[template(path = "sign_in/link.html")]
struct Page {
    shell: Bare,
    secret: String,
    name: String,
    /// Who is signed in here now, if it is somebody else.
    instead_of: Option<String>,
    next: String,
}

#[derive(Template)]
#[template(path = "sign_in/link_over.html")]
struct Over {
    shell: Bare,
}

#[derive(Debug, Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    next: String,
}

/// Says whom the link signs in, and has a button for it. Programs that look at mail before people do press none, so the
/// link is not used up by them.
#[get("/sign-in/link/{secret}")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    secret: Path<String>,
    query: actix_web::web::Query<Next>,
) -> Result<HttpResponse, Problem> {
    let Some(link) = app.link(&secret).await? else { return over(&request) };
    let Some(person) = app.person(link.user).await? else { return over(&request) };
    let here = found(&request).await?.map(|found| found.session.user).filter(|user| *user != link.user);
    let instead_of = match here {
        Some(user) => app.person(user).await?.map(|person| person.name.to_string()),
        None => None,
    };
    secret_page(&Page {
        shell: Bare::of(&request),
        secret: secret.into_inner(),
        name: person.name.to_string(),
        instead_of,
        next: local_path(&query.next).unwrap_or_default().to_owned(),
    })
}

/// Uses the link.
#[post("/sign-in/link/{secret}")]
pub(super) async fn send(
    request: HttpRequest,
    app: Data<App>,
    secret: Path<String>,
    fields: OpenForm<Next>,
) -> Result<HttpResponse, Problem> {
    let before = found(&request).await?.map(|found| found.session.id);
    match app.redeem_link(&secret, browser(&request), before).await? {
        Some(opened) => signed_in(&app, &opened, &fields.0.next).await,
        None => over(&request),
    }
}

/// A link that cannot be used: used before, too old, or never made. All look the same.
fn over(request: &HttpRequest) -> Result<HttpResponse, Problem> {
    page_with(StatusCode::GONE, &Over { shell: Bare::of(request) })
}
