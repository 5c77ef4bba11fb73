use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use model::{Because, CredentialMode, Holder, Member, Robot, RobotState};

use super::{RobotPath, seen};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::history::who;
use crate::pages::{Moment, Seal, Section, Shell, Who, filters, page, workspaces};
use crate::session::Visit;

#[derive(Template)]
#[template(path = "robots/robot.html")]
struct RobotPage {
    shell: Shell,
    there: String,
    robot: Robot,
    seal: Seal,
    kind: String,
    since: Option<Since>,
    created: Moment,
    creator: String,
    stewards: Vec<Who>,
    places: Vec<Workplace>,
    keys: Option<usize>,
    can: Cans,
}

/// Since when, by whom and why it does not act.
struct Since {
    at: Moment,
    by: String,
    reason: String,
}

/// A workspace that it is in, and what of it it can reach.
struct Workplace {
    path: String,
    name: String,
    roles: String,
    /// Servers there that work with personal credentials, which are closed to robots.
    closed: String,
}

/// What the visitor may do with it.
struct Cans {
    edit: Ability,
    pause: Ability,
    resume: Ability,
    delete: Ability,
}

/// Shows one robot.
#[get("/o/{org}/robots/{robot}")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<RobotPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let robot = seen(&reading, &path)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Robots);
    page(&robot_page(shell, &reading, robot))
}

fn robot_page(shell: Shell, reading: &Reading, robot: &Robot) -> RobotPage {
    let facts = &reading.facts;
    let shown = Who::robot(facts, robot);
    let steward = |id: &model::UserId| {
        let person = Who::person(facts.user(*id)?);
        let may = reading.may(Action::MemberRead, On::Member(*id));
        Some(if may { person.linked(shell.path(&format!("/people/{id}"))) } else { person })
    };
    let since = match &robot.state {
        RobotState::Live => None,
        RobotState::Paused(because) | RobotState::Deleted(because) => Some(since(&shell, reading, because)),
    };
    let holder = Holder::Robot(robot.id);
    let keys = reading.may(Action::KeyRead, On::KeysOf(holder));
    RobotPage {
        there: shell.path(&format!("/robots/{}", robot.id)),
        seal: shown.seal.large(),
        kind: shown.kind,
        since,
        created: shell.zone.moment(robot.created_at),
        creator: facts.user(robot.created_by).map(|user| user.name.to_string()).unwrap_or_default(),
        stewards: robot.stewards.iter().filter_map(steward).collect(),
        places: places(reading, robot),
        keys: keys.then(|| facts.keys_of(holder).filter(|key| key.counts_at(reading.now)).count()),
        can: cans(reading, robot),
        robot: robot.clone(),
        shell,
    }
}

fn since(shell: &Shell, reading: &Reading, because: &Because) -> Since {
    let Because { at, by, reason } = because;
    Since { at: shell.zone.moment(*at), by: who(&reading.facts, *by), reason: reason.clone() }
}

fn places(reading: &Reading, robot: &Robot) -> Vec<Workplace> {
    let facts = &reading.facts;
    let member = Member::Robot(robot.id);
    let mut ids: Vec<_> = facts.workspaces_of(member).collect();
    ids.dedup();
    ids.retain(|id| reading.may(Action::WorkspaceRead, On::Workspace(*id)));
    let place = |id| {
        let workspace = facts.workspace(id)?;
        let roles = facts.roles_held(member, id).filter_map(|(_, role)| facts.role(role));
        let roles: Vec<&str> = roles.map(|role| role.name.as_str()).collect();
        let closed: Vec<&str> = facts
            .list_servers(None)
            .filter(|server| server.is_active() && facts.is_attached(server.id, id))
            .filter(|server| server.credential_mode == CredentialMode::Personal)
            .map(|server| server.name.as_str())
            .collect();
        Some(Workplace {
            path: workspaces::path(workspace),
            name: workspace.name.to_string(),
            roles: roles.join(", "),
            closed: closed.join(", "),
        })
    };
    ids.into_iter().filter_map(place).collect()
}

fn cans(reading: &Reading, robot: &Robot) -> Cans {
    let gone = matches!(robot.state, RobotState::Deleted(_));
    let ask = |action| Ability::of(reading, action, On::Robot(robot.id)).unless(gone, "It was deleted.");
    Cans {
        edit: ask(Action::RobotUpdate),
        pause: ask(Action::RobotPause),
        resume: ask(Action::RobotResume),
        delete: ask(Action::RobotDelete),
    }
}
