use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use app::App;
use askama::Template;
use model::UserId;

use crate::Problem;
use crate::pages::{Bare, filters, secret_page};
use crate::session::{Form, Fresh, NoFields, SignedIn};

#[derive(Template)]
#[template(path = "account/recovery.html")]
struct Page {
    shell: Bare,
    codes: Vec<String>,
}

/// Makes new recovery codes and shows them, once.
#[post("/account/recovery-codes")]
pub(super) async fn make(
    request: HttpRequest,
    app: Data<App>,
    signed_in: Fresh<SignedIn>,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    app.speaks_for_the_person(&signed_in.0.session).await?;
    shown(&request, &app, signed_in.0.user).await
}

/// The page with new codes.
pub(super) async fn shown(request: &HttpRequest, app: &App, user: UserId) -> Result<HttpResponse, Problem> {
    let codes = app.new_recovery_codes(user).await?;
    let codes = codes.0.iter().map(|code| code.to_string()).collect();
    secret_page(&Page { shell: Bare::of(request), codes })
}
