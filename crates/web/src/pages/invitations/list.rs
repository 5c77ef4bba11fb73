//! `/o/{org}/invitations`: the host's inbox, and one's own requests.

use actix_web::web::{Data, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::{App, workspaces};
use askama::Template;
use decision::{Action, On};
use model::InvitationState;
use serde::Deserialize;

use super::row::Row;
use crate::Problem;
use crate::pages::{Section, Shell, filters, page};
use crate::session::Visit;

/// As many answered ones as show what was decided lately; all are in the audit log.
const ANSWERED: usize = 50;

/// The list's filter, as its URL has it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    /// The slug of a workspace. Empty: all.
    workspace: String,
}

#[derive(Template)]
#[template(path = "invitations/list.html")]
struct Page {
    shell: Shell,
    place: String,
    waiting: Vec<Row>,
    answered: Vec<Row>,
}

/// Lists the invitations that the visitor may see: those that wait, then those that were answered.
#[get("/o/{org}/invitations")]
pub(super) async fn list(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    filter: Query<Filter>,
) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Workspaces);
    let only = reading.facts.workspace_by_slug(&filter.workspace);
    if let Some(workspace) = only {
        reading.check(Action::WorkspaceRead, On::Workspace(workspace.id)).map_err(Problem::from)?;
    }
    let mut seen: Vec<_> = reading
        .facts
        .list_invitations(None)
        .filter(|invitation| only.is_none_or(|workspace| workspace.id == invitation.workspace))
        .filter(|invitation| workspaces::may_see(&reading, invitation.agent, Some(invitation.invited_by)))
        .cloned()
        .collect();
    seen.reverse();
    for invitation in &seen {
        // So that the agent's name is at hand; an organization that is gone has none.
        let _absent = app.engine.replica().hold(invitation.agent_organization).await;
    }
    let (waiting, answered): (Vec<_>, Vec<_>) =
        seen.into_iter().partition(|invitation| matches!(invitation.state, InvitationState::Pending));
    let row = |invitation: &std::sync::Arc<model::Invitation>| Row::of(&app, &reading, &shell, invitation);
    let template = Page {
        place: only.map(|workspace| workspace.name.to_string()).unwrap_or_default(),
        waiting: waiting.iter().map(row).collect(),
        answered: answered.iter().take(ANSWERED).map(row).collect(),
        shell,
    };
    Ok(page(&template)?)
}
