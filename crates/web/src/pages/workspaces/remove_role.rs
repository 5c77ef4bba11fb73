use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, version_of, workspaces};
use decision::{Action, On};
use model::{FactKind, Workspace, WorkspaceMembership, WorkspaceMembershipId};
use serde::Deserialize;

use super::remove_member::ReasonForm;
use super::rows::inmate;
use super::seen;
use crate::Problem;
use crate::pages::again::{Again, again, versioned};
use crate::pages::{Confirm, Consequence, FieldView, Redirect, Section, Shell};
use crate::session::{Form, Visit};

/// One role of somebody in a workspace.
#[derive(Debug, Deserialize)]
pub(super) struct MembershipPath {
    workspace: String,
    membership: WorkspaceMembershipId,
}

/// Says what goes with one role.
#[get("/o/{org}/workspaces/{workspace}/memberships/{membership}/remove")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<MembershipPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let membership = found(&reading, workspace, path.membership).ok_or_else(Problem::not_found)?;
    reading.require(Action::WorkspaceMembershipRemove, On::Place(workspace.id, membership.member))?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Workspaces);
    Confirm::page(shell, consequence(&visit, &reading, workspace, membership, String::new()))
}

/// Takes one role from somebody in a workspace.
#[post("/o/{org}/workspaces/{workspace}/memberships/{membership}/remove")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<MembershipPath>,
    sent: Form<ReasonForm>,
) -> Result<HttpResponse, Problem> {
    let Form(ReasonForm { reason, version }) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let id = workspace.id;
    let there = Redirect::to(format!("/o/{}/workspaces/{}", visit.slug, super::path(workspace)));
    let change = versioned(&visit, &version);
    match app.change(change, |p| workspaces::leave_one(p, id, path.membership, &reason)).await {
        Ok(changed) => {
            Ok(there.saying(format!("The role is gone, after {} ms.", changed.receipt.took_ms)).into())
        }
        Err(app::Error::NotFound(FactKind::WorkspaceMembership)) => {
            Ok(there.saying("The role was gone already.").into())
        }
        Err(error) => {
            let again = again(error, &["reason"], "")?;
            let membership = found(&reading, workspace, path.membership).ok_or_else(Problem::not_found)?;
            let shell = Shell::of(&request, &visit, &reading.facts, Section::Workspaces);
            let consequence = consequence(&visit, &reading, workspace, membership, reason);
            match again {
                Again::Wrong(errors) => Confirm::again(shell, consequence, errors),
                Again::Stale(_) => Confirm::late(shell, consequence),
            }
        }
    }
}

fn found<'a>(
    reading: &'a Reading,
    workspace: &Workspace,
    id: WorkspaceMembershipId,
) -> Option<&'a WorkspaceMembership> {
    let membership = reading.facts.workspace_membership(id)?;
    (membership.workspace == workspace.id).then_some(membership)
}

fn consequence(
    visit: &Visit,
    reading: &Reading,
    workspace: &Workspace,
    membership: &WorkspaceMembership,
    reason: String,
) -> Consequence {
    let here = inmate(reading, workspace.id, membership.member);
    let role = reading.facts.role(membership.role).map(|role| role.name.to_string()).unwrap_or_default();
    let there = format!("/o/{}/workspaces/{}", visit.slug, super::path(workspace));
    let last = here.roles.len() <= 1;
    let sentence = match (last, here.agents) {
        (false, _) => "They stay in the workspace with their other roles.".to_owned(),
        (true, 0) => "It is their last role here: they are out of the workspace with it.".to_owned(),
        (true, _) => {
            "It is their last role here: they are out of the workspace, and so are their agents.".to_owned()
        }
    };
    Consequence {
        title: format!("Take the role {role} from {}?", here.name),
        sentence,
        counts: vec![(if last { here.agents } else { 0 }, "Agents that leave with them".to_owned())],
        button: format!("Take {role} away"),
        action: format!("{there}/memberships/{}/remove", membership.id),
        back: there,
        hidden: vec![("version".to_owned(), version_of(&membership.clone().into()))],
        fields: vec![FieldView::reason(reason)],
        ..Consequence::default()
    }
}
