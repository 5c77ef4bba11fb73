use std::collections::BTreeSet;

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use app::evidence::{ChangeCursor, ChangeFilter, Order, Page};
use askama::Template;
use model::{Change, Fact, Revision, Snapshot, UserId};
use serde::Deserialize;

use super::name;
use crate::Problem;
use crate::pages::history::who;
use crate::pages::{Moment, Section, Shell, Who, filters, page};
use crate::session::Visit;

/// So many agents stand on the page; more are counted.
const NAMED: usize = 25;
/// A cascade longer than this is counted from its first changes, and the page says so.
const READ: u64 = 1_000;

/// A person, and the change that took something from them.
#[derive(Debug, Deserialize)]
pub(super) struct CutPath {
    person: UserId,
    revision: u64,
}

/// Where the hand-over before it stands. Looked up in the evidence, like everything here: nothing is taken from an
/// address, which anybody can write.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CutQuery {
    handed: Option<u64>,
}

#[derive(Template)]
#[template(path = "people/cut.html")]
struct CutPage {
    shell: Shell,
    name: String,
    id: UserId,
    /// Whether the person is out of the organization; otherwise suspended.
    removed: bool,
    at: Moment,
    by: String,
    revision: u64,
    /// How long it took to write. None: it was written before times were taken.
    took: Option<String>,
    cut: Cut,
    handed: Option<Handed>,
}

/// What ended in one change.
#[derive(Debug, Default)]
struct Cut {
    agents: Vec<Who>,
    agents_in_all: usize,
    keys: usize,
    invitations: usize,
    workspaces: usize,
    /// Whether there was more than is read for one page.
    more: bool,
}

/// Agents that went to somebody else before.
struct Handed {
    agents: usize,
    to: String,
}

/// Shows what ended with a suspension or a removal: read off the evidence, so that the page stays true.
#[get("/o/{org}/people/{person}/cut/{revision}")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<CutPath>,
    query: Query<CutQuery>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let changes = of_revision(&app, &visit, &reading, path.revision).await?;
    let about = |change: &&Change| matches!(change.edit.subject(), Some(Fact::OrganizationMembership(m)) if m.user == path.person);
    let membership = changes.iter().find(about).ok_or_else(Problem::not_found)?;
    let handed = match query.handed {
        Some(revision) => {
            let changes = of_revision(&app, &visit, &reading, revision).await?;
            handed(&reading.facts, path.person, &changes)
        }
        None => None,
    };
    let this = Revision(path.revision);
    let took = app.took_us(&reading, visit.organization, &[this]).await?.remove(&this);
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    page(&CutPage {
        name: name(&reading.facts, path.person),
        id: path.person,
        removed: membership.edit.after.is_none(),
        at: shell.zone.exact(membership.at),
        by: who(&reading.facts, membership.actor.principal),
        revision: path.revision,
        took: took.map(millis),
        cut: ended(&shell, &reading.facts, &changes),
        handed,
        shell,
    })
}

async fn of_revision(
    app: &App,
    visit: &Visit,
    reading: &app::Reading,
    revision: u64,
) -> Result<Vec<Change>, Problem> {
    let before = ChangeCursor { revision: Revision(revision.saturating_sub(1)), position: u32::MAX };
    let page = Page { after: Some(before), limit: READ, order: Order::OldestFirst };
    let mut changes = app.changes(reading, visit.organization, &ChangeFilter::default(), page).await?;
    changes.retain(|change| change.revision.0 == revision);
    Ok(changes)
}

fn ended(shell: &Shell, facts: &Snapshot, changes: &[Change]) -> Cut {
    let mut cut = Cut { more: changes.len() as u64 >= READ, ..Cut::default() };
    for change in changes {
        match change.edit.subject() {
            Some(Fact::Agent(agent)) => {
                cut.agents_in_all += 1;
                if cut.agents.len() < NAMED {
                    let there = shell.path(&format!("/agents/{}", agent.id));
                    cut.agents.push(Who::agent(facts, agent).linked(there));
                }
            }
            Some(Fact::Key(_)) => cut.keys += 1,
            Some(Fact::Invitation(_)) => cut.invitations += 1,
            _ => {}
        }
    }
    let places = changes.iter().filter_map(|change| match change.edit.subject() {
        Some(Fact::WorkspaceMembership(membership)) => Some(membership.workspace),
        _ => None,
    });
    cut.workspaces = places.collect::<BTreeSet<_>>().len();
    cut
}

/// Microseconds as people read them.
fn millis(micros: u64) -> String {
    let (whole, tenths) = (micros / 1_000, micros % 1_000 / 100);
    if whole < 10 { format!("{whole}.{tenths} ms") } else { format!("{whole} ms") }
}

fn handed(facts: &Snapshot, person: UserId, changes: &[Change]) -> Option<Handed> {
    let owners: Vec<UserId> = changes
        .iter()
        .filter(|change| change.action == "member.hand_over")
        .filter_map(|change| match (&change.edit.before, &change.edit.after) {
            (Some(Fact::Agent(before)), Some(Fact::Agent(after))) if before.owner == person => {
                Some(after.owner)
            }
            _ => None,
        })
        .collect();
    let to = name(facts, *owners.first()?);
    Some(Handed { agents: owners.len(), to })
}
