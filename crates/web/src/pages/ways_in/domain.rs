use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Error, domains};
use askama::Template;
use decision::{Action, On};
use model::Domain;
use serde::Deserialize;

use super::{DomainPath, home, seen_domain};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::again::{Again, again, take};
use crate::pages::form_page::{FormPage, FormView, Kind};
use crate::pages::{Errors, FieldView, Flash, Redirect, Section, Shell, Tone, filters, page};
use crate::session::{Form, Fresh, NoFields, Visit};

#[derive(Template)]
#[template(path = "ways_in/domain.html")]
struct Page {
    shell: Shell,
    domain: Domain,
    there: String,
    prove: Ability,
    remove: Ability,
}

/// What is typed.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    name: String,
}

/// Asks for the name of a domain.
#[get("/o/{org}/settings/sign-in/domains/new")]
pub(super) async fn ask_new(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
) -> Result<HttpResponse, Problem> {
    let Fresh(visit) = visit;
    let reading = app.read(visit.caller, visit.organization).await?;
    reading.check(Action::DomainAdd, On::Organization)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    FormPage::page(shell, form(&visit, ""))
}

/// Claims it.
#[post("/o/{org}/settings/sign-in/domains/new")]
pub(super) async fn add(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
    sent: Form<Typed>,
) -> Result<HttpResponse, Problem> {
    let (Fresh(visit), Form(sent)) = (visit, sent);
    let reading = app.read(visit.caller, visit.organization).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    let mut errors = Errors::none();
    let Some(name) = take(&mut errors, "name", &sent.name) else {
        return FormPage::again(shell, form(&visit, &sent.name), errors);
    };
    match app.change(visit.request(), |planning| domains::add(planning, name)).await {
        Ok(changed) => Ok(Redirect::to(page_of(&visit.slug, &changed.value)).into()),
        Err(error) => match again(error, &["name"], "name")? {
            Again::Wrong(errors) => FormPage::again(shell, form(&visit, &sent.name), errors),
            Again::Stale(_) => FormPage::page(shell, form(&visit, &sent.name)),
        },
    }
}

/// Shows a domain, and what its name servers have to say.
#[get("/o/{org}/settings/sign-in/domains/{domain}")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<DomainPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let domain = seen_domain(&reading, path.domain)?;
    let on = On::Domain(domain.id);
    page(&Page {
        there: page_of(&visit.slug, &domain),
        prove: Ability::of(&reading, Action::DomainProve, on),
        remove: Ability::of(&reading, Action::DomainRemove, on),
        shell: Shell::of(&request, &visit, &reading.facts, Section::Settings),
        domain,
    })
}

/// Looks for its proof.
#[post("/o/{org}/settings/sign-in/domains/{domain}/prove")]
pub(super) async fn prove(
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<DomainPath>,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    let Fresh(visit) = visit;
    let there = format!("{}/domains/{}", home(&visit.slug), path.domain);
    match app.prove_domain(visit.request(), path.domain).await {
        Ok(_) => Ok(Redirect::to(there).saying("The domain is proven.").into()),
        Err(Error::Conflict { detail: text, .. } | Error::Upstream(text)) => {
            Ok(Redirect::to(there).flashing(Flash { tone: Tone::Failed, text }).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Gives it up.
#[post("/o/{org}/settings/sign-in/domains/{domain}/remove")]
pub(super) async fn remove(
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<DomainPath>,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    let Fresh(visit) = visit;
    app.change(visit.request(), |planning| domains::remove(planning, path.domain)).await?;
    Ok(Redirect::to(home(&visit.slug)).saying("The domain is given up.").into())
}

fn page_of(slug: &str, domain: &Domain) -> String {
    format!("{}/domains/{}", home(slug), domain.id)
}

fn form(visit: &Visit, typed: &str) -> FormView {
    let home = home(&visit.slug);
    FormView {
        crumbs: vec![(home.clone(), "Sign-in".to_owned())],
        title: "Claim a domain".to_owned(),
        lede: "People with an address there are led to your provider. You prove it by a record of its name servers."
            .to_owned(),
        fields: vec![(
            Kind::Text,
            FieldView::new("name", "Domain").hint("Like northwind.example, without a www.").value(typed),
        )],
        button: "Claim the domain".to_owned(),
        action: format!("{home}/domains/new"),
        back: home,
        ..FormView::default()
    }
}
