//! `/o/{org}/keys/new`

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::{App, Reading, keys as use_cases};
use askama::Template;
use chrono::TimeDelta;
use decision::{Action, On};
use model::{AgentId, FactKind, GatewayId, Holder, RobotId};
use serde::Deserialize;

use super::limits::{Limited, Limits};
use super::reveal::{About, Secret, once, slip};
use super::row::holder as called;
use crate::Problem;
use crate::pages::again::wrong;
use crate::pages::{Choice, Errors, FieldView, Section, Shell, filters, page_with};
use crate::session::{Form, Fresh, Visit};

/// Whose it is to be: one of them; none: the visitor's own.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub(super) struct Whose {
    agent: Option<AgentId>,
    robot: Option<RobotId>,
    gateway: Option<GatewayId>,
    /// The organization's directory.
    directory: bool,
}

#[derive(Template)]
#[template(path = "keys/new.html")]
struct Page {
    shell: Shell,
    holder: String,
    is_own: bool,
    action: String,
    back: String,
    slip: String,
    name: FieldView,
    days: FieldView,
    limits: Limits,
    errors: Errors,
}

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    days: String,
    slip: String,
    addresses: String,
    max_uses: String,
    gateways: Vec<String>,
}

/// How long a key may be made to last, with the reasons of security.md K5.
const LIVES: [(&str, &str, &str); 5] = [
    ("30", "In 30 days", ""),
    ("90", "In 90 days", "Rotating stays a habit."),
    ("180", "In 180 days", ""),
    ("365", "In a year", "The longest there is: no key outlives the yearly review."),
    ("1", "Tomorrow", "For trying something out."),
];
const USUAL: &str = "90";

/// The choices of a form.
pub(crate) fn lives() -> Vec<Choice> {
    LIVES.iter().map(|(value, label, hint)| Choice::new(*value, *label).hint(*hint)).collect()
}

/// The form.
#[get("/o/{org}/keys/new")]
pub(super) async fn open(
    app: Data<App>,
    request: HttpRequest,
    visit: Fresh<Visit>,
    whose: Query<Whose>,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.0.caller, visit.0.organization).await.map_err(Problem::from)?;
    let holder = whose.holder(&visit.0, &reading)?;
    reading.require(Action::KeyCreate, On::KeysOf(holder)).map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit.0, &reading.facts, section(holder));
    let typed = Typed { days: USUAL.to_owned(), slip: slip(&app), ..Typed::default() };
    Ok(show(shell, &reading, holder, *whose, &typed, Errors::none())?)
}

/// Makes it, once, and shows it, once.
#[post("/o/{org}/keys/new")]
pub(super) async fn create(
    app: Data<App>,
    request: HttpRequest,
    visit: Fresh<Visit>,
    whose: Query<Whose>,
    form: Form<Typed>,
) -> Result<HttpResponse, Error> {
    let visit = visit.0;
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let holder = whose.holder(&visit, &reading)?;
    app.require(&reading, Action::KeyCreate, On::KeysOf(holder)).await.map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, section(holder));
    let typed = form.0;
    let mut errors = Errors::none();
    let name = typed.name.parse::<model::Name>();
    if let Err(wrong) = &name {
        errors.add("name", format!("Say where it will be kept: {wrong}."));
    }
    let limits = typed.limited().read(&mut errors);
    let (Ok(name), true) = (name, errors.is_empty()) else {
        return Ok(show(shell, &reading, holder, *whose, &typed, errors)?);
    };
    let days = typed.days.parse().ok().and_then(TimeDelta::try_days);
    let expires_at = days.map(|days| model::to_micros(reading.now + days));
    let (whom, path) = called(&reading.facts, holder);
    let back = shell.path(&format!("/{path}"));
    let make = Box::pin(async {
        let new = use_cases::NewKey { holder, name, expires_at, limits };
        let minted = app.change(visit.request(), |planning| use_cases::create(planning, new)).await?.value;
        let secrets = vec![Secret::of(minted.key.name.as_str(), &minted.token)];
        Ok((About { holder: whom, back, note: String::new() }, secrets))
    });
    match once(&app, &visit, &typed.slip, make).await {
        Ok(response) => Ok(response),
        Err(error) => {
            let errors = wrong(error, &["name", "days", "addresses", "max_uses"])?;
            Ok(show(shell, &reading, holder, *whose, &typed, errors)?)
        }
    }
}

impl Typed {
    fn limited(&self) -> Limited {
        Limited {
            addresses: self.addresses.clone(),
            max_uses: self.max_uses.clone(),
            gateways: self.gateways.clone(),
        }
    }
}

impl Whose {
    /// The holder, if there is one whose keys the visitor may see.
    fn holder(self, visit: &Visit, reading: &Reading) -> Result<Holder, Problem> {
        let holder = match (self.agent, self.robot, self.gateway, self.directory) {
            (Some(id), None, None, false) => Holder::Agent(id),
            (None, Some(id), None, false) => Holder::Robot(id),
            (None, None, Some(id), false) => Holder::Gateway(id),
            (None, None, None, true) => Holder::Directory(visit.organization),
            (None, None, None, false) => Holder::User(visit.user),
            _ => return Err(Problem::not_found()),
        };
        reading.check(Action::KeyRead, On::KeysOf(holder))?;
        if !reading.facts.has_holder(holder) {
            return Err(app::Error::NotFound(FactKind::Key).into());
        }
        Ok(holder)
    }

    fn query(self) -> String {
        match (self.agent, self.robot, self.gateway) {
            (Some(id), ..) => format!("?agent={id}"),
            (_, Some(id), _) => format!("?robot={id}"),
            (.., Some(id)) => format!("?gateway={id}"),
            _ if self.directory => "?directory=true".to_owned(),
            _ => String::new(),
        }
    }
}

/// Which item of the rail a holder's keys belong to.
pub(super) fn section(holder: Holder) -> Section {
    match holder {
        Holder::Agent(_) => Section::Agents,
        Holder::Robot(_) => Section::Robots,
        Holder::Gateway(_) => Section::Gateways,
        Holder::User(_) | Holder::Directory(_) => Section::Settings,
    }
}

fn show(
    shell: Shell,
    reading: &Reading,
    holder: Holder,
    whose: Whose,
    typed: &Typed,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (name, path) = called(&reading.facts, holder);
    let template = Page {
        holder: name,
        is_own: matches!(holder, Holder::User(_)),
        action: shell.path(&format!("/keys/new{}", whose.query())),
        back: shell.path(&format!("/{path}")),
        slip: typed.slip.clone(),
        name: FieldView::new("name", "Where will it be kept?")
            .hint("This is its name: CI of the billing repository, Maya's laptop. You will know it again when it has to be rotated.")
            .value(&typed.name)
            .wrong(&errors),
        days: FieldView::new("days", "When does it end?").choices(lives()).value(&typed.days).wrong(&errors),
        limits: Limits::of(reading, holder, &typed.limited(), &errors),
        errors,
        shell,
    };
    page_with(status, &template)
}
