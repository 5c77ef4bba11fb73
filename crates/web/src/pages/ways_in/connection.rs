use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use askama::Template;
use decision::{Action, On};
use model::{ClientAuthentication, Connection, ConnectionState};

use super::{ConnectionPath, on_logout, page_of, seen};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::{Section, Shell, filters, page};
use crate::session::Visit;

#[derive(Template)]
#[template(path = "ways_in/connection.html")]
struct Page {
    shell: Shell,
    connection: Connection,
    there: String,
    redirect: String,
    logout: String,
    signed_out: String,
    test: String,
    needs_secret: bool,
    /// Where the provider finds the public half of our key, where it takes the place of a secret.
    keys: Option<String>,
    /// Who proposed other terms, and whether it was the reader.
    proposed_by: Option<String>,
    /// What follows when somebody signs out at the provider.
    on_logout: &'static str,
    can: Can,
}

struct Can {
    update: Ability,
    test: Ability,
    enforce: Ability,
    relax: Ability,
    disable: Ability,
    remove: Ability,
    accept: Ability,
    decline: Ability,
}

/// Shows a way in and what can be done with it.
#[get("/o/{org}/settings/sign-in/connections/{connection}")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<ConnectionPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let connection = seen(&reading, path.connection)?;
    let on = On::Connection(connection.id);
    let ability = |action| Ability::of(&reading, action, on);
    let own = connection.proposal.as_ref().is_some_and(|proposal| proposal.by == visit.user);
    let can = Can {
        update: ability(Action::ConnectionUpdate),
        test: ability(Action::ConnectionTest),
        enforce: ability(Action::ConnectionEnforce)
            .unless(!matches!(connection.state, ConnectionState::Tested(_)), "Test it first."),
        relax: ability(Action::ConnectionRelax),
        disable: ability(Action::ConnectionDisable),
        remove: ability(Action::ConnectionRemove),
        accept: ability(Action::ConnectionApprove)
            .unless(own, "You proposed this. Another owner or admin has to accept it."),
        decline: ability(Action::ConnectionApprove),
    };
    let named = |by| reading.facts.user(by).map(|user| user.name.to_string()).unwrap_or_default();
    let there = page_of(&visit.slug, connection.id);
    page(&Page {
        redirect: app.redirect_of(connection.id),
        logout: app.logout_of(connection.id),
        signed_out: app.signed_out_page(),
        test: format!("/sso/continue?connection={}&for=test", connection.id),
        needs_secret: connection.terms.client.authentication != ClientAuthentication::None
            && connection.terms.client.secret.is_none(),
        keys: (connection.terms.client.authentication == ClientAuthentication::PrivateKeyJwt)
            .then(|| app.keys_of(connection.id)),
        proposed_by: connection.proposal.as_ref().map(|proposal| named(proposal.by)),
        on_logout: on_logout::say(connection.terms.mapping.on_logout),
        shell: Shell::of(&request, &visit, &reading.facts, Section::Settings),
        connection,
        there,
        can,
    })
}
