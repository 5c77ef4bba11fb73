use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use model::Member;
use serde::Deserialize;

use super::frame::Head;
use super::rows::{Inmate, inmates};
use super::{WorkspacePath, seen};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::cut::Cut;
use crate::pages::query::query;
use crate::pages::{Seal, Section, Shell, Who, filters, page};
use crate::session::Visit;

/// Which of them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    q: String,
    after: String,
}

#[derive(Template)]
#[template(path = "workspaces/members.html")]
struct MembersPage {
    shell: Shell,
    head: Head,
    guests: bool,
    filter: Filter,
    cut: Cut<MemberRow>,
}

/// A member, and what the visitor may do to them.
struct MemberRow {
    who: Who,
    inmate: Inmate,
    can: Ability,
}

impl MembersPage {
    fn following(&self, after: &str) -> String {
        query(&[("q", &self.filter.q), ("after", after)])
    }
}

/// Lists the people and robots of a workspace.
#[get("/o/{org}/workspaces/{workspace}")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<WorkspacePath>,
    filter: Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Workspaces);
    page(&members_page(shell, &reading, &path, filter.into_inner(), false)?)
}

/// Lists its guests.
#[get("/o/{org}/workspaces/{workspace}/guests")]
pub(super) async fn show_guests(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<WorkspacePath>,
    filter: Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Workspaces);
    page(&members_page(shell, &reading, &path, filter.into_inner(), true)?)
}

fn members_page(
    shell: Shell,
    reading: &Reading,
    path: &WorkspacePath,
    filter: Filter,
    guests: bool,
) -> Result<MembersPage, Problem> {
    let workspace = seen(reading, &path.workspace)?;
    let needle = filter.q.trim().to_lowercase();
    let mut all = inmates(reading, workspace.id, guests);
    all.retain(|inmate| inmate.name.to_lowercase().contains(&needle));
    let cut = Cut::of(all, &filter.after, |inmate| inmate.id.clone());
    let cut = cut.map(|inmate| MemberRow {
        who: who(&shell, reading, &inmate),
        can: Ability::of(reading, Action::WorkspaceMembershipRemove, On::Place(workspace.id, inmate.member)),
        inmate,
    });
    let tab = if guests { "guests" } else { "members" };
    Ok(MembersPage { head: Head::of(&shell.place.slug, reading, workspace, tab), guests, filter, cut, shell })
}

/// Somebody in a workspace: as a link where the reader may follow it.
fn who(shell: &Shell, reading: &Reading, inmate: &Inmate) -> Who {
    let facts = &reading.facts;
    let (who, may, path) = match inmate.member {
        Member::User(id) => {
            let kind = if inmate.standing == Some("guest") { "Guest" } else { "Person" };
            let who = facts.user(id).map(|user| Who::person(user).as_kind(kind));
            (who, reading.may(Action::MemberRead, On::Member(id)), format!("/people/{id}"))
        }
        Member::Robot(id) => {
            let who = facts.robot(id).map(|robot| Who::robot(facts, robot));
            (who, reading.may(Action::RobotRead, On::Robot(id)), format!("/robots/{id}"))
        }
    };
    let who = who.unwrap_or_else(|| Who {
        seal: Seal::person(uuid::Uuid::nil(), &inmate.name),
        name: inmate.name.clone(),
        kind: String::new(),
        href: None,
    });
    if may { who.linked(shell.path(&path)) } else { who }
}
