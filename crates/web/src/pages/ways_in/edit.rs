use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::connections::{self, CheckedTerms, ConnectionPatch};
use app::{App, Error, Reading};
use decision::{Action, On};
use model::{Client, Connection, Mapping, Terms};
use serde::Deserialize;

use super::{ConnectionPath, authentication, group_lines, on_logout, page_of, seen};
use crate::Problem;
use crate::pages::again::{Again, again, take};
use crate::pages::form_page::{FormPage, FormView, Kind};
use crate::pages::{Choice, Errors, FieldView, Redirect, Section, Shell};
use crate::session::{Form, Fresh, Visit};

const FIELDS: &[&str] = &[
    "name",
    "issuer",
    "client_id",
    "client_authentication",
    "scopes",
    "name_claim",
    "groups_claim",
    "groups",
];

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    issuer: String,
    client_id: String,
    client_authentication: String,
    scopes: String,
    just_in_time: Option<String>,
    name_claim: String,
    groups_claim: String,
    groups: String,
    admins_by_groups: Option<String>,
    on_logout: String,
}

/// Asks what about a connection is to be otherwise.
#[get("/o/{org}/settings/sign-in/connections/{connection}/edit")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<ConnectionPath>,
) -> Result<HttpResponse, Problem> {
    let Fresh(visit) = visit;
    let reading = app.read(visit.caller, visit.organization).await?;
    let connection = seen(&reading, path.connection)?;
    reading.require(Action::ConnectionUpdate, On::Connection(connection.id))?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    FormPage::page(shell, form(&visit, &connection, &Typed::of(&connection, &reading)))
}

/// Changes it, or proposes it where people come in by it and there is a second person who can accept it.
#[post("/o/{org}/settings/sign-in/connections/{connection}/edit")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<ConnectionPath>,
    sent: Form<Typed>,
) -> Result<HttpResponse, Problem> {
    let (Fresh(visit), Form(sent)) = (visit, sent);
    let reading = app.read(visit.caller, visit.organization).await?;
    let connection = seen(&reading, path.connection)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    let mut errors = Errors::none();
    let name = take(&mut errors, "name", &sent.name);
    let groups = match group_lines::read(&sent.groups, &reading.facts) {
        Ok(groups) => groups,
        Err(wrong) => {
            errors.add("groups", format!("{wrong}."));
            Vec::new()
        }
    };
    if !errors.is_empty() {
        return FormPage::again(shell, form(&visit, &connection, &sent), errors);
    }
    let changed = match CheckedTerms::checked(&app.egress, sent.terms(&connection, groups)) {
        Ok(terms) => {
            let wanted = ConnectionPatch { name, terms: Some(terms), secret: None };
            app.change(visit.request(), |planning| connections::update(planning, connection.id, wanted)).await
        }
        Err(error) => Err(error),
    };
    match changed {
        Ok(changed) => {
            let (there, now) = (page_of(&visit.slug, connection.id), &changed.value);
            Ok(Redirect::to(there).saying(said(now.waits, now.connection.lets_in())).into())
        }
        Err(error) => refused(shell, &visit, &connection, &sent, error),
    }
}

fn said(waits: bool, lets_in: bool) -> &'static str {
    match (waits, lets_in) {
        (true, _) => "The new terms wait for another owner or admin.",
        (false, true) => "The connection is changed.",
        (false, false) => "The connection is changed. Test it before people come in by it.",
    }
}

fn refused(
    shell: Shell,
    visit: &Visit,
    connection: &Connection,
    sent: &Typed,
    error: Error,
) -> Result<HttpResponse, Problem> {
    match again(error, FIELDS, "issuer")? {
        Again::Wrong(errors) => FormPage::again(shell, form(visit, connection, sent), errors),
        Again::Stale(_) => FormPage::page(shell, form(visit, connection, sent)),
    }
}

impl Typed {
    /// As it is.
    fn of(connection: &Connection, reading: &Reading) -> Self {
        let (terms, mapping) = (&connection.terms, &connection.terms.mapping);
        let on = |is: bool| is.then(|| "on".to_owned());
        Self {
            name: connection.name.to_string(),
            issuer: terms.issuer.clone(),
            client_id: terms.client.id.clone(),
            client_authentication: authentication::word(terms.client.authentication).to_owned(),
            scopes: terms.scopes.join(" "),
            just_in_time: on(mapping.just_in_time),
            name_claim: mapping.name_claim.clone().unwrap_or_default(),
            groups_claim: mapping.groups_claim.clone().unwrap_or_default(),
            groups: group_lines::shown(&mapping.groups, &reading.facts),
            admins_by_groups: on(mapping.admins_by_groups),
            on_logout: on_logout::word(mapping.on_logout).to_owned(),
        }
    }

    /// The terms that are wanted. What the provider speaks, and where, stays.
    fn terms(&self, connection: &Connection, groups: Vec<model::GroupRule>) -> Terms {
        let authentication = authentication::read(&self.client_authentication);
        let claim = |typed: &str| Some(typed.trim()).filter(|typed| !typed.is_empty()).map(ToOwned::to_owned);
        Terms {
            kind: connection.terms.kind.clone(),
            issuer: self.issuer.trim().to_owned(),
            client: Client { id: self.client_id.trim().to_owned(), authentication, secret: None },
            scopes: self.scopes.split_whitespace().map(ToOwned::to_owned).collect(),
            mapping: Mapping {
                just_in_time: self.just_in_time.is_some(),
                name_claim: claim(&self.name_claim),
                groups_claim: claim(&self.groups_claim),
                groups,
                admins_by_groups: self.admins_by_groups.is_some(),
                on_logout: on_logout::read(&self.on_logout, connection.terms.mapping.on_logout),
            },
        }
    }
}

fn form(visit: &Visit, connection: &Connection, typed: &Typed) -> FormView {
    let there = page_of(&visit.slug, connection.id);
    let consequence = if connection.lets_in() {
        "People come in by it: another owner or admin has to accept other terms. Where there is none, they count at once and have to be tested again."
    } else {
        "Nobody comes in by it before a test has passed."
    };
    FormView {
        crumbs: vec![(there.clone(), connection.name.to_string())],
        title: "Change the connection".to_owned(),
        lede: "Everybody who comes in by it depends on this.".to_owned(),
        fields: fields(typed),
        button: "Change the connection".to_owned(),
        consequence: consequence.to_owned(),
        action: format!("{there}/edit"),
        back: there,
        ..FormView::default()
    }
}

fn fields(typed: &Typed) -> Vec<(Kind, FieldView)> {
    let ways = [
        Choice::new("basic", "In the header"),
        Choice::new("post", "In the body"),
        Choice::new("private_key_jwt", "A key of ours instead"),
        Choice::new("none", "Not at all"),
    ];
    let ticked = |name, label: &str, choice: &str, hint: &str, is_chosen: bool| {
        let mut choice = Choice::new("on", choice).hint(hint);
        choice.is_chosen = is_chosen;
        FieldView::new(name, label).choices([choice])
    };
    let issuer =
        FieldView::new("issuer", "Issuer").hint("Exactly as the provider writes it.").value(&typed.issuer);
    let scopes = FieldView::new("scopes", "Scopes")
        .hint("What is asked for, with spaces between.")
        .value(&typed.scopes);
    let name_claim = FieldView::new("name_claim", "Claim that says what people are called")
        .hint("Usually name. It counts for whoever comes for the first time, and renames nobody. Their address is always the claim email: the provider says of no other that it was verified.")
        .value(&typed.name_claim);
    let claim = FieldView::new("groups_claim", "Claim that names groups")
        .hint("Usually groups.")
        .value(&typed.groups_claim);
    let groups = FieldView::new("groups", "What groups give")
        .hint("A line for each: Finance = member, or Finance = payments: Analyst for a role in a workspace. A group that is not named gives nothing, and what a rule gave ends at the next sign-in of whoever has left the group.")
        .value(&typed.groups);
    let newcomers = ticked(
        "just_in_time",
        "People nobody has invited",
        "Take them in as guests",
        "Only with a verified address of a domain that you have proven.",
        typed.just_in_time.is_some(),
    );
    let admins = ticked(
        "admins_by_groups",
        "Admins",
        "A group may make an admin",
        "Whoever manages groups at the provider then decides who administers this organization.",
        typed.admins_by_groups.is_some(),
    );
    let on_logout = FieldView::new("on_logout", "When somebody signs out at the provider")
        .choices(on_logout::choices())
        .value(&typed.on_logout);
    vec![
        (Kind::Text, FieldView::new("name", "Name").value(&typed.name)),
        (Kind::Url, issuer),
        (Kind::Text, FieldView::new("client_id", "Client id").value(&typed.client_id)),
        (
            Kind::Radio,
            FieldView::new("client_authentication", "How the secret is sent")
                .choices(ways)
                .value(&typed.client_authentication),
        ),
        (Kind::Text, scopes.optional()),
        (Kind::Checkbox, newcomers),
        (Kind::Text, name_claim.optional()),
        (Kind::Text, claim.optional()),
        (Kind::Lines, groups.optional()),
        (Kind::Checkbox, admins),
        (Kind::Radio, on_logout),
    ]
}
