use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use model::{Member, Role};

use super::{RolePath, seen};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::servers::{all_in_words, path};
use crate::pages::{Section, Shell, filters, page, workspaces};
use crate::session::Visit;

/// So many holders stand on the page; more are counted.
const HOLDERS: usize = 50;

#[derive(Template)]
#[template(path = "roles/role.html")]
struct RolePage {
    shell: Shell,
    there: String,
    role: Role,
    grants: Vec<Line>,
    holders: Vec<Holder>,
    held: usize,
    can: Cans,
}

/// One grant.
struct Line {
    id: String,
    server: String,
    server_there: String,
    tools: String,
    /// How many tools that are offered now it names.
    reaches: usize,
    limits: String,
    /// Whether the server is out of use, so that the grant reaches nothing.
    dead: bool,
}

/// Somebody who holds the role somewhere.
struct Holder {
    name: String,
    href: Option<String>,
    place: String,
    place_there: String,
}

/// What the visitor may do with it.
struct Cans {
    edit: Ability,
    add: Ability,
    take: Ability,
    remove: Ability,
}

/// Shows one role with its grants.
#[get("/o/{org}/roles/{role}")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<RolePath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let role = seen(&reading, path.role)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    page(&role_page(shell, &reading, role))
}

fn role_page(shell: Shell, reading: &Reading, role: &Role) -> RolePage {
    let ask = |action| Ability::of(reading, action, On::Role(role.id));
    let held = || reading.facts.list_workspace_memberships(None).filter(|held| held.role == role.id);
    let holder =
        |membership: &std::sync::Arc<model::WorkspaceMembership>| holder(&shell, reading, membership);
    RolePage {
        there: shell.path(&format!("/roles/{}", role.id)),
        grants: lines(&shell, reading, role),
        holders: held().filter_map(holder).take(HOLDERS).collect(),
        held: held().count(),
        can: Cans {
            edit: ask(Action::RoleUpdate),
            add: ask(Action::GrantAdd),
            take: ask(Action::GrantRemove),
            remove: ask(Action::RoleRemove),
        },
        role: role.clone(),
        shell,
    }
}

fn lines(shell: &Shell, reading: &Reading, role: &Role) -> Vec<Line> {
    let facts = &reading.facts;
    let line = |grant: &std::sync::Arc<model::Grant>| {
        let server = facts.server(grant.server)?;
        let tools = facts.tools_of(server.id).filter(|tool| tool.state == model::ToolState::Offered);
        Some(Line {
            id: grant.id.to_string(),
            server: server.name.to_string(),
            server_there: shell.path(&format!("/servers/{}", path(server))),
            tools: grant.tools.to_string(),
            reaches: tools.filter(|tool| grant.tools.matches(tool.name.as_str())).count(),
            limits: all_in_words(&grant.constraints),
            dead: !server.is_active(),
        })
    };
    let mut lines: Vec<Line> = facts.grants_of(role.id).filter_map(line).collect();
    lines.sort_by_cached_key(|line| (line.server.to_lowercase(), line.tools.clone(), line.id.clone()));
    lines
}

/// Somebody who holds the role in a workspace that the reader may see.
fn holder(shell: &Shell, reading: &Reading, membership: &model::WorkspaceMembership) -> Option<Holder> {
    let facts = &reading.facts;
    let place = facts.workspace(membership.workspace)?;
    reading.may(Action::WorkspaceRead, On::Workspace(place.id)).then_some(())?;
    let href = match membership.member {
        Member::User(id) => reading.may(Action::MemberRead, On::Member(id)).then(|| format!("/people/{id}")),
        Member::Robot(id) => reading.may(Action::RobotRead, On::Robot(id)).then(|| format!("/robots/{id}")),
    };
    Some(Holder {
        name: facts.name_of(membership.member.into())?.to_owned(),
        href: href.map(|href| shell.path(&href)),
        place: place.name.to_string(),
        place_there: shell.path(&format!("/workspaces/{}", workspaces::path(place))),
    })
}
