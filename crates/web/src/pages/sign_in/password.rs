use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::App;
use app::accounts::Shown;
use askama::Template;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{refused, signed_in};
use crate::Problem;
use crate::pages::{Bare, Errors, FieldView, filters, page, page_with};
use crate::session::{OpenForm, browser, found, local_path};

#[derive(Template)]
#[template(path = "sign_in/password.html")]
struct Page {
    shell: Bare,
    login: FieldView,
    password: FieldView,
    code: FieldView,
    errors: Errors,
    next: String,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    login: String,
    #[serde(default)]
    next: String,
}

/// What somebody shows.
#[derive(Deserialize)]
pub(in crate::pages) struct Fields {
    #[serde(default)]
    pub(in crate::pages) login: String,
    #[serde(default)]
    password: Zeroizing<String>,
    #[serde(default)]
    code: Zeroizing<String>,
    #[serde(default)]
    pub(in crate::pages) next: String,
}

impl Fields {
    /// For the use case.
    pub(in crate::pages) fn shown(self) -> Shown {
        Shown { login: self.login, password: self.password, code: self.code, next: self.next }
    }
}

/// Asks for password and code together, so that nothing tells which of them was wrong.
#[get("/sign-in/password")]
pub(super) async fn show(request: HttpRequest, query: Query<Asked>) -> Result<HttpResponse, Problem> {
    page(&form(&request, &query.login, &query.next, Errors::none()))
}

/// Signs in.
#[post("/sign-in/password")]
pub(super) async fn send(
    request: HttpRequest,
    app: Data<App>,
    fields: OpenForm<Fields>,
) -> Result<HttpResponse, Problem> {
    let OpenForm(fields) = fields;
    let (login, next) = (fields.login.clone(), fields.next.clone());
    let before = found(&request).await?.map(|found| found.session.id);
    match app.sign_in_by_password(fields.shown(), browser(&request), before).await {
        Ok(opened) => signed_in(&app, &opened, &next).await,
        Err(error) => {
            let wrong =
                "Name, password and code do not belong together. A code counts once: wait for the next one.";
            let said = refused::said(error, app.engine.world().now(), wrong)?;
            let page = form(&request, &login, &next, Errors::none().with("", said));
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

fn form(request: &HttpRequest, login: &str, next: &str, errors: Errors) -> Page {
    Page {
        shell: Bare::of(request),
        login: FieldView::new("login", "Name you sign in by").value(login).autocomplete("username"),
        password: FieldView::new("password", "Password").autocomplete("current-password"),
        code: FieldView::new("code", "One-time code")
            .hint("Six digits from your authenticator, or a recovery code.")
            .autocomplete("one-time-code"),
        errors,
        next: local_path(next).unwrap_or_default().to_owned(),
    }
}
