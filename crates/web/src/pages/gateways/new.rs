use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, gateways, keys as key_cases};
use askama::Template;
use chrono::TimeDelta;
use decision::{Action, On};
use model::{GatewayId, Holder, KeyLimits, Name};
use serde::Deserialize;

use crate::Problem;
use crate::pages::again::wrong;
use crate::pages::keys::create::lives;
use crate::pages::keys::reveal::{About, Secret, once, slip};
use crate::pages::{Errors, FieldView, Section, Shell, filters, page_with};
use crate::session::{Form, Fresh, Visit};

/// Rotating stays a habit.
const USUAL: &str = "90";

#[derive(Template)]
#[template(path = "gateways/new.html")]
struct Page {
    shell: Shell,
    slip: String,
    name: FieldView,
    days: FieldView,
    typed: Typed,
    errors: Errors,
}

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    days: String,
    slip: String,
    may_assert_subjects: String,
    allows_unseen_tools: String,
}

/// The form.
#[get("/o/{org}/gateways/new")]
pub(super) async fn open(
    app: Data<App>,
    request: HttpRequest,
    visit: Fresh<Visit>,
) -> Result<HttpResponse, Problem> {
    let reading = allowed(&app, &visit.0).await?;
    let shell = Shell::of(&request, &visit.0, &reading.facts, Section::Gateways);
    let typed = Typed { days: USUAL.to_owned(), slip: slip(&app), ..Typed::default() };
    show(shell, typed, Errors::none())
}

/// Registers it and makes its first key, once, and shows the key, once.
#[post("/o/{org}/gateways/new")]
pub(super) async fn create(
    app: Data<App>,
    request: HttpRequest,
    visit: Fresh<Visit>,
    sent: Form<Typed>,
) -> Result<HttpResponse, Problem> {
    let (visit, typed) = (visit.0, sent.0);
    let reading = app.read(visit.caller, visit.organization).await?;
    app.require(&reading, Action::GatewayCreate, On::Gateway(GatewayId::MIN)).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Gateways);
    let name = match typed.name.parse::<Name>() {
        Ok(name) => name,
        Err(wrong) => {
            let errors = Errors::none().with("name", format!("Say what it is called: {wrong}."));
            return show(shell, typed, errors);
        }
    };
    let days = typed.days.parse().ok().and_then(TimeDelta::try_days);
    let expires_at = days.map(|days| model::to_micros(reading.now + days));
    let new = gateways::NewGateway {
        name: name.clone(),
        may_assert_subjects: !typed.may_assert_subjects.is_empty(),
        allows_unseen_tools: !typed.allows_unseen_tools.is_empty(),
    };
    let make = Box::pin(async {
        let gateway = app.change(visit.request(), |planning| gateways::create(planning, new)).await?.value;
        let key = key_cases::NewKey {
            holder: Holder::Gateway(gateway.id),
            name: "First key".parse().map_err(|_| app::Error::Internal("a name that is none".to_owned()))?,
            expires_at,
            limits: KeyLimits::default(),
        };
        let minted = app.change(visit.request(), |planning| key_cases::create(planning, key)).await?.value;
        let secrets = vec![Secret::of(minted.key.name.as_str(), &minted.token)];
        let back = shell.path(&format!("/gateways/{}", gateway.id));
        Ok((About { holder: name.to_string(), back, note: String::new() }, secrets))
    });
    match once(&app, &visit, &typed.slip, make).await {
        Ok(response) => Ok(response),
        Err(error) => {
            let errors = wrong(error, &["name", "days"])?;
            show(shell, typed, errors)
        }
    }
}

/// The facts, for whoever may register a gateway.
async fn allowed(app: &App, visit: &Visit) -> Result<Reading, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    if !reading.may(Action::GatewayRead, On::Organization) {
        return Err(Problem::not_found());
    }
    match reading.why_not(Action::GatewayCreate, On::Gateway(GatewayId::MIN)) {
        Some(reason) => Err(Problem::denied(reason)),
        None => Ok(reading),
    }
}

fn show(shell: Shell, typed: Typed, errors: Errors) -> Result<HttpResponse, Problem> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let name = FieldView::new("name", "What is it called?")
        .hint("Where it stands: Edge in Frankfurt, nginx before billing. It is in every decision that it asks for.")
        .value(&typed.name)
        .wrong(&errors);
    let days = FieldView::new("days", "When does its first key end?")
        .choices(lives())
        .value(&typed.days)
        .wrong(&errors);
    page_with(status, &Page { slip: typed.slip.clone(), name, days, typed, errors, shell })
}
