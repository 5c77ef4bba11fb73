use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use app::sessions::Presence;
use app::{App, Reading, version_of};
use askama::Template;
use decision::{Action, On};
use model::{Agent, AgentState, Because, Holder, Member, MembershipState, OrganizationMembership, UserId};

use super::identities::{ComesIn, comes_in};
use super::rows::source;
use super::sessions::{SessionRow, rows};
use super::{PersonPath, ROLES, means, name, seen, title};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::history::who;
use crate::pages::workspaces;
use crate::pages::{Choice, FieldView, Moment, Seal, Section, Shell, Who, filters, page};
use crate::session::Visit;

/// So many agents stand on a person's page; the list of agents, asked for this owner, has them all.
const AGENTS: usize = 25;

#[derive(Template)]
#[template(path = "people/person.html")]
struct PersonPage {
    shell: Shell,
    there: String,
    id: UserId,
    name: String,
    seal: Seal,
    email: Option<String>,
    role: &'static str,
    means: &'static str,
    suspended: Option<Suspended>,
    agents: Vec<(Who, &'static str)>,
    agents_in_all: usize,
    /// Whether the reader may see their agents at all.
    sees_agents: bool,
    places: Vec<Workplace>,
    management_keys: Option<usize>,
    /// When they were last here and how they came in, to who may see the list of people.
    seen: Option<(Moment, &'static str)>,
    source: &'static str,
    /// Where they are signed in here, to who may sign them out.
    sessions: Option<Vec<SessionRow>>,
    /// By which accounts of other organizations' providers they come in, to who may see that.
    comes_in: Option<ComesIn>,
    version: String,
    roles: FieldView,
    can: Cans,
    own: bool,
}

/// Since when, by whom and why somebody is suspended.
struct Suspended {
    at: Moment,
    by: String,
    reason: String,
}

/// A workspace that they are in.
struct Workplace {
    path: String,
    name: String,
    roles: String,
}

/// What the reader may do to them.
struct Cans {
    update: Ability,
    suspend: Ability,
    resume: Ability,
    hand_over: Ability,
    remove: Ability,
}

/// Shows one person.
#[get("/o/{org}/people/{person}")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<PersonPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let member = seen(&reading, &path)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    let seen = if reading.may(Action::MemberRead, On::Organization) {
        app.presence(&reading, visit.organization).await?.get(&member.user).copied()
    } else {
        None
    };
    let sessions = rows(&app, &visit, &reading, &member, shell.zone).await?;
    let comes_in = comes_in(&app, &visit, &reading, &member, shell.zone).await?;
    let person = person_page(shell, &visit, &reading, (&member, seen.as_ref()));
    page(&PersonPage { sessions, comes_in, ..person })
}

fn person_page(
    shell: Shell,
    visit: &Visit,
    reading: &Reading,
    (member, seen): (&OrganizationMembership, Option<&Presence>),
) -> PersonPage {
    let facts = &reading.facts;
    let id = member.user;
    let own = visit.user == id;
    let sees_agents = own || reading.may(Action::AgentRead, On::Organization);
    let agents = || {
        let all = facts.agents_of(id).filter(move |_| sees_agents);
        all.filter(|agent| !matches!(agent.state, AgentState::Revoked(_)))
    };
    let keys = reading.may(Action::KeyRead, On::KeysOf(Holder::User(id)));
    let keys = keys.then(|| facts.keys_of(Holder::User(id)).filter(|key| key.counts_at(reading.now)).count());
    let listed = |agent: &std::sync::Arc<Agent>| {
        let who = Who::agent(facts, agent).linked(shell.path(&format!("/agents/{}", agent.id)));
        (who, agent.state.as_str())
    };
    let called = name(facts, id);
    PersonPage {
        there: shell.path(&format!("/people/{id}")),
        id,
        seal: Seal::person(id.uuid(), &called).large(),
        name: called,
        email: facts.user(id).and_then(|user| user.email.clone()),
        role: title(member.role),
        means: means(member.role),
        suspended: suspended(&shell, reading, member),
        agents: agents().take(AGENTS).map(listed).collect(),
        agents_in_all: agents().count(),
        sees_agents,
        places: places(reading, id),
        management_keys: keys,
        seen: seen.map(|seen| (shell.zone.ago(seen.at), seen.proof.say())),
        source: source(reading, member, seen),
        sessions: None,
        comes_in: None,
        version: version_of(&member.clone().into()),
        roles: role_choices(reading, member),
        can: cans(reading, member, agents().count()),
        own,
        shell,
    }
}

fn suspended(shell: &Shell, reading: &Reading, member: &OrganizationMembership) -> Option<Suspended> {
    let MembershipState::Suspended(Because { at, by, reason }) = &member.state else { return None };
    Some(Suspended { at: shell.zone.moment(*at), by: who(&reading.facts, *by), reason: reason.clone() })
}

fn places(reading: &Reading, user: UserId) -> Vec<Workplace> {
    let facts = &reading.facts;
    let mut ids: Vec<_> = facts.workspaces_of(Member::User(user)).collect();
    ids.dedup();
    ids.retain(|id| reading.may(Action::WorkspaceRead, On::Workspace(*id)));
    let place = |id| {
        let workspace = facts.workspace(id)?;
        let roles = facts.roles_held(Member::User(user), id).filter_map(|(_, role)| facts.role(role));
        let roles: Vec<String> = roles.map(|role| role.name.to_string()).collect();
        let path = workspaces::path(workspace);
        Some(Workplace { path, name: workspace.name.to_string(), roles: roles.join(", ") })
    };
    ids.into_iter().filter_map(place).collect()
}

/// The roles that the reader may give them, and the one that they have.
fn role_choices(reading: &Reading, member: &OrganizationMembership) -> FieldView {
    let may = |role| reading.may(Action::MemberUpdate, On::MemberAs(member.user, role));
    let roles = ROLES.iter().filter(|role| **role == member.role || may(**role));
    let choices = roles.map(|role| Choice::new(role.as_str(), title(*role)).hint(means(*role)));
    FieldView::new("role", "Role in the organization").choices(choices).value(member.role.as_str())
}

fn cans(reading: &Reading, member: &OrganizationMembership, agents: usize) -> Cans {
    let ask = |action| Ability::of(reading, action, On::Member(member.user));
    Cans {
        update: ask(Action::MemberUpdate),
        suspend: ask(Action::MemberSuspend),
        resume: ask(Action::MemberResume),
        hand_over: ask(Action::MemberHandOver).unless(agents == 0, "They answer for no agent."),
        remove: ask(Action::MemberRemove),
    }
}
