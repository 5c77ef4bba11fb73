use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use app::accounts::Passkeys;
use app::single_sign_on::Tie;
use askama::Template;

use super::method_views::MethodsView;
use crate::Problem;
use crate::pages::session_view::SessionView;
use crate::pages::{Bare, FieldView, filters, page};
use crate::session::SignedIn;

#[derive(Template)]
#[template(path = "account/overview.html")]
struct Page {
    shell: Bare,
    csrf: String,
    name: String,
    email: Option<String>,
    zone: FieldView,
    sessions: Vec<SessionView>,
    methods: MethodsView,
    ties: Vec<Tie>,
}

/// Shows the account.
#[get("/account")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    passkeys: Data<Passkeys>,
    signed_in: SignedIn,
) -> Result<HttpResponse, Problem> {
    let person = app.person(signed_in.user).await?.ok_or_else(Problem::not_found)?;
    let shell = Bare::of(&request);
    let sessions = app.sessions_of(signed_in.user).await?;
    let sessions =
        sessions.iter().map(|session| SessionView::of(session, signed_in.session.id, shell.zone)).collect();
    let methods = app.methods(signed_in.user).await?;
    let ties = app.ties(&signed_in.session).await?;
    let zone = FieldView::new("zone", "Time zone")
        .hint("Times on pages are shown in it, like Europe/Berlin. Exports are always in UTC.")
        .value(shell.zone.name());
    page(&Page {
        csrf: signed_in.csrf,
        name: person.name.to_string(),
        email: person.email,
        zone,
        sessions,
        ties,
        methods: MethodsView::of(methods, passkeys.are_possible(), shell.zone),
        shell,
    })
}
