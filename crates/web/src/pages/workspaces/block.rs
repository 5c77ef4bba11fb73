use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, overrides};
use decision::{Action, On};
use model::{AgentId, OrganizationId, Workspace};
use serde::Deserialize;

use super::seen;
use crate::Problem;
use crate::pages::{Confirm, Consequence, Redirect, Section, Shell};
use crate::session::{Form, NoFields, Visit};

/// An agent in a workspace.
#[derive(Debug, Deserialize)]
pub(super) struct AgentPath {
    workspace: String,
    agent: AgentId,
}

/// Says what blocking an agent in a workspace means.
#[get("/o/{org}/workspaces/{workspace}/agents/{agent}/block")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<AgentPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let name = name(&app, &reading, workspace, path.agent).ok_or_else(Problem::not_found)?;
    reading.require(Action::OverridePut, On::Workspace(workspace.id))?;
    let there = format!("/o/{}/workspaces/{}/agents", visit.slug, super::path(workspace));
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Workspaces);
    let consequence = Consequence {
        title: format!("Block {name} in {}?", workspace.name),
        sentence: "Its next call here is refused, whatever its owner and its scope allow. Elsewhere it acts on, and the \
                   block can be lifted at any time."
            .to_owned(),
        button: "Block it here".to_owned(),
        action: format!("{there}/{}/block", path.agent),
        back: there,
        ..Consequence::default()
    };
    Confirm::page(shell, consequence)
}

/// Blocks an agent in a workspace. What narrowed it before stays, for when the block is lifted.
#[post("/o/{org}/workspaces/{workspace}/agents/{agent}/block")]
pub(super) async fn submit(
    app: Data<App>,
    visit: Visit,
    path: Path<AgentPath>,
    form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    let Form(NoFields {}) = form;
    narrow(&app, &visit, &path, true).await
}

/// Lifts a block. Tools that were denied to the agent there stay denied.
#[post("/o/{org}/workspaces/{workspace}/agents/{agent}/lift")]
pub(super) async fn lift(
    app: Data<App>,
    visit: Visit,
    path: Path<AgentPath>,
    form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    let Form(NoFields {}) = form;
    narrow(&app, &visit, &path, false).await
}

async fn narrow(app: &App, visit: &Visit, path: &AgentPath, blocked: bool) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let (id, agent) = (workspace.id, path.agent);
    let there = Redirect::to(format!("/o/{}/workspaces/{}/agents", visit.slug, super::path(workspace)));
    let standing = reading.facts.overrides_on(agent, id).next();
    let denied = standing.map(|narrowing| narrowing.denied.clone()).unwrap_or_default();
    if !blocked && denied.is_empty() {
        if standing.is_some() {
            app.change(visit.request(), |planning| overrides::lift(planning, id, agent)).await?;
        }
        return Ok(there.saying("The block is lifted.").into());
    }
    // Before the agent is looked for: who may not narrow learns nothing of agents elsewhere.
    app.require(&reading, Action::OverridePut, On::Workspace(id)).await?;
    let home: OrganizationId = app.home_of_agent(agent, None).await?;
    let request = app::Request { home: Some(home), ..visit.request() };
    let wanted = overrides::Narrowing { blocked, denied };
    let changed = app.change(request, |planning| overrides::put(planning, id, agent, wanted)).await?;
    let took = changed.receipt.took_ms;
    let text = if blocked {
        format!("It is blocked here, after {took} ms.")
    } else {
        "The block is lifted; tools that were denied to it here stay denied.".to_owned()
    };
    Ok(there.saying(text).into())
}

/// What an agent of the workspace is called, if it is here and the reader may see it.
fn name(app: &App, reading: &Reading, workspace: &Workspace, agent: AgentId) -> Option<String> {
    let groups = super::through::groups(app, reading, workspace);
    let mut here = groups.into_iter().flat_map(|group| group.agents);
    here.find(|here| here.id == agent.to_string()).map(|here| here.name)
}
