use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use askama::Template;
use model::{Fact, WorkspaceId};
use serde::Deserialize;

use super::frame::Head;
use super::{WorkspacePath, seen};
use crate::Problem;
use crate::pages::history::{Events, concerning};
use crate::pages::{Section, Shell, filters, page};
use crate::session::Visit;

/// From where to look back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    before: String,
}

#[derive(Template)]
#[template(path = "workspaces/activity.html")]
struct ActivityPage {
    shell: Shell,
    head: Head,
    events: Events,
    further: bool,
}

/// Shows what was changed in a workspace, newest first.
#[get("/o/{org}/workspaces/{workspace}/activity")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<WorkspacePath>,
    filter: Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let id = workspace.id;
    let events =
        concerning(&app, &reading, visit.organization, &filter.before, |fact| concerns(fact, id)).await?;
    page(&ActivityPage {
        shell: Shell::of(&request, &visit, &reading.facts, Section::Workspaces),
        head: Head::of(&visit.slug, &reading, workspace, "activity"),
        events,
        further: !filter.before.is_empty(),
    })
}

/// Whether a fact is about that workspace.
fn concerns(fact: &Fact, workspace: WorkspaceId) -> bool {
    match fact {
        Fact::Workspace(fact) => fact.id == workspace,
        Fact::WorkspaceMembership(fact) => fact.workspace == workspace,
        Fact::Attachment(fact) => fact.workspace == workspace,
        Fact::Override(fact) => fact.workspace == workspace,
        Fact::Invitation(fact) => fact.workspace == workspace,
        _ => false,
    }
}
