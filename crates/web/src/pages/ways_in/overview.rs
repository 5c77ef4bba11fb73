use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use app::accounts::BreakGlass;
use askama::Template;
use decision::{Action, On};

use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::{Section, Shell, filters, page};
use crate::session::Visit;

#[derive(Template)]
#[template(path = "ways_in/overview.html")]
struct Overview {
    shell: Shell,
    connections: Vec<Row>,
    domains: Vec<Row>,
    connect: Ability,
    claim: Ability,
    break_glass: Vec<String>,
}

/// A line of a list.
struct Row {
    id: String,
    name: String,
    about: String,
    state: &'static str,
}

/// Lists the ways in and the domains.
#[get("/o/{org}/settings/sign-in")]
pub(super) async fn overview(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    reading.check(Action::ConnectionRead, On::Organization)?;
    let facts = &reading.facts;
    let connections = facts.list_connections(None).map(|connection| Row {
        id: connection.id.to_string(),
        name: connection.name.to_string(),
        about: connection.terms.issuer.clone(),
        state: connection.state.as_str(),
    });
    let domains = facts.list_domains(None).map(|domain| Row {
        id: domain.id.to_string(),
        name: domain.name.to_string(),
        about: String::new(),
        state: domain.state.as_str(),
    });
    let accounts = app.break_glass(&reading, visit.organization).await?;
    let named = |account: &BreakGlass| facts.user(account.user).map(|user| user.name.to_string());
    page(&Overview {
        break_glass: accounts.iter().filter_map(named).collect(),
        connections: connections.collect(),
        domains: domains.collect(),
        connect: Ability::of(&reading, Action::ConnectionCreate, On::Organization),
        claim: Ability::of(&reading, Action::DomainAdd, On::Organization),
        shell: Shell::of(&request, &visit, facts, Section::Settings),
    })
}
