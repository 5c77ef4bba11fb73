use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, roles, version_of};
use decision::{Action, On};
use model::{FactKind, Role};
use serde::Deserialize;

use super::{RolePath, seen};
use crate::Problem;
use crate::pages::again::{Again, again, versioned};
use crate::pages::{Confirm, Consequence, Errors, Redirect, Section, Shell};
use crate::session::{Form, Visit};

/// On which version, and the name.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RemoveForm {
    version: String,
    confirm: String,
}

/// Says what goes with a role.
#[get("/o/{org}/roles/{role}/remove")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<RolePath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let role = seen(&reading, path.role)?;
    reading.require(Action::RoleRemove, On::Role(role.id))?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    Confirm::page(shell, consequence(&visit, &reading, role))
}

/// Removes a role.
#[post("/o/{org}/roles/{role}/remove")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<RolePath>,
    sent: Form<RemoveForm>,
) -> Result<HttpResponse, Problem> {
    let Form(RemoveForm { version, confirm }) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let there = Redirect::to(format!("/o/{}/roles", visit.slug));
    let role = match seen(&reading, path.role) {
        Ok(role) => role,
        Err(app::Error::NotFound(FactKind::Role)) => return Ok(there.saying("The role is gone.").into()),
        Err(error) => return Err(error.into()),
    };
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    if confirm.trim() != role.name.as_str() {
        let errors = Errors::none().noting("confirm", "type the name exactly as it is shown");
        return Confirm::again(shell, consequence(&visit, &reading, role), errors);
    }
    let id = role.id;
    match app.change(versioned(&visit, &version), |planning| roles::remove(planning, id)).await {
        Ok(changed) => {
            let text = format!("{} is removed, after {} ms.", role.name, changed.receipt.took_ms);
            Ok(there.saying(text).into())
        }
        Err(error) => {
            let again = again(error, &[], "")?;
            let now = app.read(visit.caller, visit.organization).await?;
            let consequence = consequence(&visit, &now, seen(&now, path.role)?);
            match again {
                Again::Wrong(errors) => Confirm::again(shell, consequence, errors),
                Again::Stale(_) => Confirm::late(shell, consequence),
            }
        }
    }
}

fn consequence(visit: &Visit, reading: &Reading, role: &Role) -> Consequence {
    let facts = &reading.facts;
    let there = format!("/o/{}/roles/{}", visit.slug, role.id);
    let held = || facts.list_workspace_memberships(None).filter(|membership| membership.role == role.id);
    let last = held()
        .filter(|membership| {
            facts.roles_held(membership.member, membership.workspace).all(|(_, other)| other == role.id)
        })
        .count();
    Consequence {
        title: format!("Remove the role {}?", role.name),
        sentence: "Its grants and every membership that carries it go with it. Whoever had no other role in a workspace \
                   is out of it, and so are their agents."
            .to_owned(),
        counts: vec![
            (facts.grants_of(role.id).count(), "Grants that go".to_owned()),
            (held().count(), "Memberships that carry it".to_owned()),
            (last, "Of them the last one in a workspace".to_owned()),
        ],
        button: "Remove the role".to_owned(),
        action: format!("{there}/remove"),
        back: there,
        hidden: vec![("version".to_owned(), version_of(&role.clone().into()))],
        type_name: Some(role.name.to_string()),
        is_final: true,
        ..Consequence::default()
    }
}
