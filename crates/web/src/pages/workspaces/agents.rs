use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use askama::Template;
use decision::{Action, On};
use serde::Deserialize;

use super::frame::Head;
use super::through::{Group, groups};
use super::{WorkspacePath, seen};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::cut::Cut;
use crate::pages::query::query;
use crate::pages::{Seal, Section, Shell, filters, page};
use crate::session::Visit;

/// The owner that the page follows.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    after: String,
}

#[derive(Template)]
#[template(path = "workspaces/agents.html")]
struct AgentsPage {
    shell: Shell,
    head: Head,
    cut: Cut<Group>,
    block: Ability,
    explicit: bool,
}

impl AgentsPage {
    #[expect(clippy::unused_self, reason = "the pager asks the page, whose other lists depend on a filter")]
    fn following(&self, after: &str) -> String {
        query(&[("after", after)])
    }
}

/// Lists the agents of a workspace under the people through whom they are there.
#[get("/o/{org}/workspaces/{workspace}/agents")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<WorkspacePath>,
    filter: Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let cut = Cut::of(groups(&app, &reading, workspace), &filter.after, |group| group.owner.to_string());
    page(&AgentsPage {
        shell: Shell::of(&request, &visit, &reading.facts, Section::Workspaces),
        head: Head::of(&visit.slug, &reading, workspace, "agents"),
        cut,
        block: Ability::of(&reading, Action::OverridePut, On::Workspace(workspace.id)),
        explicit: workspace.access_mode == model::AccessMode::Explicit,
    })
}
