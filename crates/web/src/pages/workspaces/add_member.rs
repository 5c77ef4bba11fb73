use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, workspaces};
use decision::{Action, On};
use model::{Member, RobotState, RoleId, UserId, Workspace};
use serde::Deserialize;

use super::{WorkspacePath, seen};
use crate::Problem;
use crate::pages::again::{Again, again};
use crate::pages::form_page::{FormPage, FormView, Kind};
use crate::pages::{Choice, Errors, FieldView, Redirect, Section, Shell, picker};
use crate::session::{Form, Visit};

/// Who is to be added, and as what.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AddForm {
    person: String,
    robot: String,
    role: String,
}

/// Asks who is to be put into a workspace.
#[get("/o/{org}/workspaces/{workspace}/add")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<WorkspacePath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let somebody = On::Place(workspace.id, Member::User(UserId::MAX));
    if let Some(reason) =
        crate::pages::ability::Ability::of(&reading, Action::WorkspaceMembershipAdd, somebody).reason
    {
        return Err(Problem::new(crate::problem::Code::Forbidden).detail(reason));
    }
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Workspaces);
    FormPage::page(shell, form(&visit, &reading, workspace, &AddForm::default()))
}

/// Puts a person or robot into a workspace.
#[post("/o/{org}/workspaces/{workspace}/add")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<WorkspacePath>,
    sent: Form<AddForm>,
) -> Result<HttpResponse, Problem> {
    let Form(sent) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Workspaces);
    let (member, role) = match chosen(&reading, &sent) {
        Ok(chosen) => chosen,
        Err(errors) => return FormPage::again(shell, form(&visit, &reading, workspace, &sent), errors),
    };
    let id = workspace.id;
    match app.change(visit.request(), |planning| workspaces::enter(planning, id, member, role)).await {
        Ok(_) => {
            let name = reading.facts.name_of(member.into()).unwrap_or_default();
            let there = format!("/o/{}/workspaces/{}", visit.slug, super::path(workspace));
            Ok(Redirect::to(there).saying(format!("{name} is in {} now.", workspace.name)).into())
        }
        Err(error) => {
            let about = if sent.person.is_empty() { "robot" } else { "person" };
            match again(error, &["person", "robot", "role"], about)? {
                Again::Wrong(errors) => {
                    FormPage::again(shell, form(&visit, &reading, workspace, &sent), errors)
                }
                Again::Stale(_) => FormPage::page(shell, form(&visit, &reading, workspace, &sent)),
            }
        }
    }
}

fn chosen(reading: &Reading, sent: &AddForm) -> Result<(Member, RoleId), Errors> {
    let mut errors = Errors::none();
    let role = sent.role.parse().ok().filter(|role| reading.facts.role(*role).is_some());
    if role.is_none() {
        errors.note("role", "choose a role");
    }
    let robot = sent.robot.parse().ok().filter(|robot| reading.facts.robot(*robot).is_some());
    let member = match (sent.person.trim(), robot) {
        ("", Some(robot)) => Some(Member::Robot(robot)),
        ("", None) => {
            errors.note("person", "choose a person or a robot");
            None
        }
        (_, Some(_)) => {
            errors.note("robot", "choose a person or a robot, and not both");
            None
        }
        (text, None) => match picker::resolve(&reading.facts, people(reading), text) {
            Ok(person) => Some(Member::User(person)),
            Err(wrong) => {
                errors.note("person", &wrong);
                None
            }
        },
    };
    member.zip(role).ok_or(errors)
}

fn people(reading: &Reading) -> impl Iterator<Item = UserId> {
    reading.facts.list_members(None).filter(|member| member.is_active()).map(|member| member.user)
}

fn form(visit: &Visit, reading: &Reading, workspace: &Workspace, typed: &AddForm) -> FormView {
    let facts = &reading.facts;
    let there = format!("/o/{}/workspaces/{}", visit.slug, super::path(workspace));
    let mut roles: Vec<Choice> =
        facts.list_roles(None).map(|role| Choice::new(role.id.to_string(), role.name.to_string())).collect();
    roles.sort_by_cached_key(|choice| choice.label.to_lowercase());
    let robots = facts.list_robots(None).filter(|robot| !matches!(robot.state, RobotState::Deleted(_)));
    let robots: Vec<Choice> =
        robots.map(|robot| Choice::new(robot.id.to_string(), robot.name.to_string())).collect();
    let person = FieldView::new("person", "Person").value(&typed.person);
    let mut fields = vec![picker::field(facts, people(reading), person, Some("Nobody"))];
    if !robots.is_empty() {
        let none = std::iter::once(Choice::new("", "None"));
        let robot = FieldView::new("robot", "Or a robot").value(&typed.robot);
        fields.push((Kind::Select, robot.choices(none.chain(robots))));
    }
    let hint = if roles.is_empty() {
        "There is no role yet: make one under Tools & grants first."
    } else {
        "What they may call here. Several roles are added one by one."
    };
    let first = std::iter::once(Choice::new("", "Choose a role"));
    let role = FieldView::new("role", "Role").hint(hint).value(&typed.role).choices(first.chain(roles));
    fields.push((Kind::Select, role));
    FormView {
        crumbs: vec![
            (format!("/o/{}/workspaces", visit.slug), "Workspaces".to_owned()),
            (there.clone(), workspace.name.to_string()),
        ],
        title: format!("Add to {}", workspace.name),
        lede: "A person brings the agents they answer for, each within its own scope.".to_owned(),
        fields,
        button: "Add to the workspace".to_owned(),
        action: format!("{there}/add"),
        back: there,
        ..FormView::default()
    }
}
