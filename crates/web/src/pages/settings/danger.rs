use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use model::{Because, Holder, OrganizationRole, OrganizationState, Stop};

use super::{administers, present};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::history::who;
use crate::pages::{Moment, Section, Shell, filters, page};
use crate::serving::UndoWindow;
use crate::session::Visit;

#[derive(Template)]
#[template(path = "settings/danger.html")]
struct Page {
    shell: Shell,
    name: String,
    counts: Counts,
    stopped: Option<Since>,
    ending: Option<(Since, Moment)>,
    undo_days: i64,
    can: Cans,
}

/// What hangs on the organization.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counts {
    pub(super) people: usize,
    pub(super) owners: usize,
    pub(super) agents: usize,
    pub(super) robots: usize,
    pub(super) keys: usize,
    pub(super) workspaces: usize,
    pub(super) servers: usize,
}

/// Since when, by whom and why.
struct Since {
    at: Moment,
    by: String,
    reason: String,
}

struct Cans {
    stop: Ability,
    release: Ability,
    copy: Ability,
    transfer: Ability,
    delete: Ability,
    undelete: Ability,
}

impl Counts {
    pub(super) fn of(reading: &Reading) -> Self {
        let facts = &reading.facts;
        let members = || facts.list_members(None).filter(|member| member.is_active());
        let is_there =
            |agent: &&std::sync::Arc<model::Agent>| !matches!(agent.state, model::AgentState::Revoked(_));
        Self {
            people: members().count(),
            owners: members().filter(|member| member.role == OrganizationRole::Owner).count(),
            agents: facts.list_agents(None).filter(is_there).count(),
            robots: facts
                .list_robots(None)
                .filter(|robot| !matches!(robot.state, model::RobotState::Deleted(_)))
                .count(),
            keys: facts
                .list_keys(None)
                .filter(|key| key.counts_at(reading.now) && !matches!(key.holder, Holder::User(_)))
                .count(),
            workspaces: facts.list_workspaces(None).count(),
            servers: facts.list_servers(None).filter(|server| server.is_active()).count(),
        }
    }
}

/// What stops, takes away or ends, on one page.
#[get("/o/{org}/settings/danger")]
pub(super) async fn danger(
    request: HttpRequest,
    app: Data<App>,
    window: Data<UndoWindow>,
    visit: Visit,
) -> Result<HttpResponse, Problem> {
    let reading = administers(&app, &visit).await?;
    let organization = present(&reading)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    let since = |because: &Because| Since {
        at: shell.zone.moment(because.at),
        by: who(&reading.facts, because.by),
        reason: because.reason.clone(),
    };
    let ending = match &organization.state {
        OrganizationState::Deleting(end) => Some((since(&end.because), shell.zone.moment(end.gone_at))),
        OrganizationState::Active | OrganizationState::Suspended(_) => None,
    };
    let stopped = match &organization.stop {
        Stop::Pressed(because) => Some(since(because)),
        Stop::Released => None,
    };
    let ask = |action| Ability::of(&reading, action, On::Organization);
    let to_owner =
        Ability::of(&reading, Action::MemberUpdate, On::MemberAs(visit.user, OrganizationRole::Owner));
    let template = Page {
        name: organization.name.to_string(),
        counts: Counts::of(&reading),
        stopped,
        ending,
        undo_days: window.0.num_days(),
        can: Cans {
            stop: ask(Action::OrganizationStopAgents),
            release: ask(Action::OrganizationReleaseAgents),
            copy: ask(Action::OrganizationExport),
            transfer: to_owner,
            delete: ask(Action::OrganizationDelete),
            undelete: ask(Action::OrganizationUndelete),
        },
        shell,
    };
    page(&template)
}
