use std::collections::BTreeSet;

use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::{Data, Path};
use app::{App, Reading, workspaces};
use model::{Member, OrganizationRole, Workspace, WorkspaceId};
use serde::Serialize;
use utoipa::ToSchema;

use super::{WorkspacePath, WorkspaceView, seen};
use crate::Problem;
use crate::api::Tenant;
use crate::api::written::found;

/// A workspace, with how many there are in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkspaceDetail {
    /// The workspace.
    #[serde(flatten)]
    workspace: WorkspaceView,
    /// How many there are in it.
    counts: CountsView,
}

/// How many there are in a workspace.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountsView {
    /// People, guests among them.
    people: usize,
    /// Guests.
    guests: usize,
    /// Robots.
    robots: usize,
    /// Servers that are offered.
    servers: usize,
}

/// Shows a workspace.
#[utoipa::path(tag = "workspaces", params(("org" = String, Path), WorkspacePath), responses((status = 200, body = WorkspaceDetail)))]
#[get("/v1/orgs/{org}/workspaces/{workspace}")]
pub async fn get(app: Data<App>, tenant: Tenant, path: Path<WorkspacePath>) -> Result<HttpResponse, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let view = WorkspaceDetail { workspace: workspace.into(), counts: counts(&reading, workspace.id) };
    Ok(found(Workspace::clone(workspace), view))
}

fn counts(reading: &Reading, workspace: WorkspaceId) -> CountsView {
    let facts = &reading.facts;
    let people = workspaces::people_of(facts, workspace);
    let is_guest = |user| facts.member(user).is_some_and(|member| member.role == OrganizationRole::Guest);
    let robots: BTreeSet<Member> = facts
        .memberships_in(workspace)
        .map(|membership| membership.member)
        .filter(|member| matches!(member, Member::Robot(_)))
        .collect();
    CountsView {
        guests: people.iter().filter(|user| is_guest(**user)).count(),
        people: people.len(),
        robots: robots.len(),
        servers: facts.servers_in(workspace).count(),
    }
}
