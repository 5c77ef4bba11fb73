use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::App;
use app::connections::{CheckedTerms, SettingUp};
use askama::Template;
use serde::Deserialize;

use super::new::{self, Typed};
use super::{ConnectionPath, page_of};
use crate::Problem;
use crate::pages::again::{Again, again};
use crate::pages::{Bare, Choice, Errors, FieldView, Section, Shell, filters, page, page_with, secret_page};
use crate::session::{Form, Fresh, NoFields, OpenForm, Visit};

#[derive(Template)]
#[template(path = "ways_in/link.html")]
struct Given {
    shell: Shell,
    url: String,
    there: String,
}

#[derive(Template)]
#[template(path = "ways_in/set_up.html")]
struct Page {
    shell: Bare,
    organization: String,
    redirect: String,
    logout: String,
    signed_out: String,
    keys: String,
    issuer: FieldView,
    client: FieldView,
    way: FieldView,
    secret: FieldView,
    errors: Errors,
    action: String,
}

#[derive(Template)]
#[template(path = "ways_in/thanks.html")]
struct Thanks {
    shell: Bare,
    organization: String,
}

/// What is typed by whoever has the link.
#[derive(Deserialize)]
pub(super) struct Filled {
    #[serde(flatten)]
    typed: Typed,
    #[serde(default)]
    client_secret: String,
}

/// Makes the link and shows it, once.
#[post("/o/{org}/settings/sign-in/connections/{connection}/link")]
pub(super) async fn give(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<ConnectionPath>,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    let Fresh(visit) = visit;
    let url = app.setup_link(visit.request(), path.connection).await?;
    let reading = app.read(visit.caller, visit.organization).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    secret_page(&Given { shell, url, there: page_of(&visit.slug, path.connection) })
}

/// Asks somebody who is no member for what the connection needs.
#[get("/set-up/{token}")]
pub(super) async fn ask(
    request: HttpRequest,
    app: Data<App>,
    token: Path<String>,
) -> Result<HttpResponse, Problem> {
    let setting = app.setting_up(&token).await?;
    let terms = &setting.connection.terms;
    let typed = Typed::known(&terms.issuer, &terms.client.id);
    page(&form(&app, &request, &setting, &token, &typed, Errors::none()))
}

/// Takes it.
#[post("/set-up/{token}")]
pub(super) async fn fill_in(
    request: HttpRequest,
    app: Data<App>,
    token: Path<String>,
    sent: OpenForm<Filled>,
) -> Result<HttpResponse, Problem> {
    let OpenForm(Filled { typed, client_secret }) = sent;
    let setting = app.setting_up(&token).await?;
    let mut wanted = new::terms(&typed);
    // What a provider's word is worth here is the organization's to say, not the provider's.
    wanted.mapping = setting.connection.terms.mapping.clone();
    let secret = Some(client_secret.trim()).filter(|secret| !secret.is_empty());
    let done = match CheckedTerms::checked(&app.egress, wanted) {
        Ok(terms) => app.set_up(&token, terms, secret).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => page(&Thanks { shell: Bare::of(&request), organization: setting.organization_name }),
        Err(error) => {
            let errors = match again(error, &["issuer", "client_id", "client_secret"], "issuer")? {
                Again::Wrong(errors) => errors,
                Again::Stale(_) => Errors::none(),
            };
            let page = form(&app, &request, &setting, &token, &typed, errors);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

fn form(
    app: &App,
    request: &HttpRequest,
    setting: &SettingUp,
    token: &str,
    typed: &Typed,
    errors: Errors,
) -> Page {
    let ways = [
        Choice::new("basic", "In the header"),
        Choice::new("post", "In the body"),
        Choice::new("private_key_jwt", "A key of ours instead").hint("Leave the secret empty."),
        Choice::new("none", "Not at all"),
    ];
    Page {
        shell: Bare::of(request),
        organization: setting.organization_name.clone(),
        redirect: app.redirect_of(setting.connection.id),
        logout: app.logout_of(setting.connection.id),
        signed_out: app.signed_out_page(),
        keys: app.keys_of(setting.connection.id),
        issuer: FieldView::new("issuer", "Issuer").value(typed.issuer()).wrong(&errors),
        client: FieldView::new("client_id", "Client id").value(typed.client()).wrong(&errors),
        way: FieldView::new("client_authentication", "How the secret is sent")
            .choices(ways)
            .value(typed.way()),
        secret: FieldView::new("client_secret", "Client secret").autocomplete("new-password").wrong(&errors),
        errors,
        action: format!("/set-up/{token}"),
    }
}
