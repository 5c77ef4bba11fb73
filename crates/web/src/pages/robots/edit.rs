use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, robots, version_of};
use decision::{Action, On};
use model::{Name, Robot, UserId};
use serde::Deserialize;

use super::{RobotPath, seen};
use crate::Problem;
use crate::pages::again::{Again, again, take, versioned};
use crate::pages::both::{Both, Row};
use crate::pages::form_page::{FormPage, FormView, Kind};
use crate::pages::{Errors, FieldView, Redirect, Section, Shell, picker};
use crate::session::{Form, Visit};

/// A robot, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RobotForm {
    name: String,
    purpose: String,
    steward: String,
    second: String,
    /// Further stewards, which the form keeps as they are.
    others: Vec<UserId>,
    version: String,
}

impl RobotForm {
    fn of(robot: &Robot) -> Self {
        let steward = |at: usize| robot.stewards.get(at).map(ToString::to_string).unwrap_or_default();
        Self {
            name: robot.name.to_string(),
            purpose: robot.purpose.clone(),
            steward: steward(0),
            second: steward(1),
            others: robot.stewards.iter().skip(2).copied().collect(),
            version: version_of(&robot.clone().into()),
        }
    }
}

const FIELDS: [&str; 4] = ["name", "purpose", "steward", "second"];

/// Asks what the robot is to be.
#[get("/o/{org}/robots/new")]
pub(super) async fn ask_new(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    reading.check(Action::RobotCreate, On::Organization)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Robots);
    let typed = RobotForm { steward: visit.user.to_string(), ..RobotForm::default() };
    FormPage::page(shell, form(&visit, &reading, &typed, None))
}

/// Creates a robot.
#[post("/o/{org}/robots/new")]
pub(super) async fn create(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    sent: Form<RobotForm>,
) -> Result<HttpResponse, Problem> {
    let Form(sent) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Robots);
    let (name, stewards) = match read(&reading, &sent) {
        Ok(read) => read,
        Err(errors) => return FormPage::again(shell, form(&visit, &reading, &sent, None), errors),
    };
    let new = robots::NewRobot { name, purpose: sent.purpose.clone(), stewards };
    match app.change(visit.request(), |planning| robots::create(planning, new)).await {
        Ok(changed) => {
            let there = format!("/o/{}/robots/{}", visit.slug, changed.value.id);
            let text = format!(
                "{} is there. It can do nothing until it has a role in a workspace.",
                sent.name.trim()
            );
            Ok(Redirect::to(there).saying(text).into())
        }
        Err(error) => match again(error, &FIELDS, "")? {
            Again::Wrong(errors) => FormPage::again(shell, form(&visit, &reading, &sent, None), errors),
            Again::Stale(_) => FormPage::page(shell, form(&visit, &reading, &sent, None)),
        },
    }
}

/// Shows a robot's name, purpose and stewards to be changed.
#[get("/o/{org}/robots/{robot}/edit")]
pub(super) async fn ask_edit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<RobotPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let robot = seen(&reading, &path)?;
    reading.require(Action::RobotUpdate, On::Robot(robot.id))?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Robots);
    FormPage::page(shell, form(&visit, &reading, &RobotForm::of(robot), Some(robot)))
}

/// Changes a robot's name, purpose and stewards.
#[post("/o/{org}/robots/{robot}/edit")]
pub(super) async fn update(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<RobotPath>,
    sent: Form<RobotForm>,
) -> Result<HttpResponse, Problem> {
    let Form(sent) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let robot = seen(&reading, &path)?;
    let there = format!("/o/{}/robots/{}", visit.slug, robot.id);
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Robots);
    let (name, stewards) = match read(&reading, &sent) {
        Ok(read) => read,
        Err(errors) => return FormPage::again(shell, form(&visit, &reading, &sent, Some(robot)), errors),
    };
    let wanted = robots::RobotPatch {
        name: Some(name),
        purpose: Some(sent.purpose.clone()),
        stewards: Some(stewards),
    };
    let id = robot.id;
    match app.change(versioned(&visit, &sent.version), |p| robots::update(p, id, wanted)).await {
        Ok(_) => Ok(Redirect::to(there).saying("The robot is changed.").into()),
        Err(error) => match again(error, &FIELDS, "")? {
            Again::Wrong(errors) => {
                FormPage::again(shell, form(&visit, &reading, &sent, Some(robot)), errors)
            }
            Again::Stale(_) => {
                let now = app.read(visit.caller, visit.organization).await?;
                let theirs = RobotForm::of(seen(&now, &path)?);
                both(shell, &now, &sent, &theirs, &there).response()
            }
        },
    }
}

fn both(shell: Shell, reading: &Reading, yours: &RobotForm, theirs: &RobotForm, there: &str) -> Both {
    let mut fields = vec![
        ("name".to_owned(), yours.name.clone()),
        ("purpose".to_owned(), yours.purpose.clone()),
        ("steward".to_owned(), yours.steward.clone()),
        ("second".to_owned(), yours.second.clone()),
        ("version".to_owned(), theirs.version.clone()),
    ];
    fields.extend(yours.others.iter().map(|other| ("others".to_owned(), other.to_string())));
    let stewards = |form: &RobotForm| {
        let named = [&form.steward, &form.second].into_iter().filter_map(|text| text.parse().ok());
        let all = named.chain(form.others.iter().copied());
        all.map(|user| picker::label(&reading.facts, user)).collect::<Vec<_>>().join(", ")
    };
    Both {
        shell,
        name: theirs.name.clone(),
        action: format!("{there}/edit"),
        fields,
        rows: vec![
            Row::of("Name", &yours.name, &theirs.name),
            Row::of("Purpose", &yours.purpose, &theirs.purpose),
            Row::of("Stewards", stewards(yours), stewards(theirs)),
        ],
        back: there.to_owned(),
    }
}

/// Reads what was typed.
fn read(reading: &Reading, sent: &RobotForm) -> Result<(Name, Vec<UserId>), Errors> {
    let mut errors = Errors::none();
    let name = take::<Name>(&mut errors, "name", &sent.name);
    let mut stewards = Vec::new();
    for (field, text) in [("steward", &sent.steward), ("second", &sent.second)] {
        if text.trim().is_empty() {
            continue;
        }
        match picker::resolve(&reading.facts, people(reading), text) {
            Ok(steward) => stewards.push(steward),
            Err(wrong) => errors.note(field, &wrong),
        }
    }
    stewards.extend(&sent.others);
    match name {
        Some(name) if errors.is_empty() => Ok((name, stewards)),
        _ => Err(errors),
    }
}

fn people(reading: &Reading) -> impl Iterator<Item = UserId> {
    reading.facts.list_members(None).filter(|member| member.is_active()).map(|member| member.user)
}

fn form(visit: &Visit, reading: &Reading, typed: &RobotForm, robot: Option<&Robot>) -> FormView {
    let robots = format!("/o/{}/robots", visit.slug);
    let facts = &reading.facts;
    let first = FieldView::new("steward", "Steward")
        .hint("Somebody to ask about it. A steward may pause it, and answers for nothing.")
        .value(&typed.steward)
        .optional();
    let second = FieldView::new("second", "Second steward").value(&typed.second).optional();
    let fields = vec![
        (Kind::Text, FieldView::new("name", "Name").value(&typed.name)),
        (
            Kind::Lines,
            FieldView::new("purpose", "What it is for")
                .hint("In a sentence.")
                .value(&typed.purpose)
                .optional(),
        ),
        picker::field(facts, people(reading), first, Some("Nobody")),
        picker::field(facts, people(reading), second, Some("Nobody")),
    ];
    let mut hidden: Vec<(String, String)> =
        typed.others.iter().map(|other| ("others".to_owned(), other.to_string())).collect();
    hidden.push(("version".to_owned(), typed.version.clone()));
    let common = FormView { fields, hidden, ..FormView::default() };
    match robot {
        Some(robot) => {
            let there = format!("{robots}/{}", robot.id);
            FormView {
                crumbs: vec![(robots, "Robots".to_owned()), (there.clone(), robot.name.to_string())],
                title: format!("Change {}", robot.name),
                button: "Save the robot".to_owned(),
                consequence: "Evidence keeps the name it had at the time.".to_owned(),
                action: format!("{there}/edit"),
                back: there,
                ..common
            }
        }
        None => FormView {
            crumbs: vec![(robots.clone(), "Robots".to_owned())],
            title: "New robot".to_owned(),
            lede: "A service account of the organization. Nobody answers for it, so it reaches only servers that work \
                   with the organization's own credentials. Where a person should answer, make an agent."
                .to_owned(),
            button: "Create the robot".to_owned(),
            action: format!("{robots}/new"),
            back: robots,
            ..common
        },
    }
}
