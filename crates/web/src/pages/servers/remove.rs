use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, servers, version_of};
use decision::{Action, On};
use model::{Server, ToolState};
use serde::Deserialize;

use super::{ServerPath, path, seen};
use crate::Problem;
use crate::pages::again::{Again, again, versioned};
use crate::pages::{Confirm, Consequence, Errors, FieldView, Redirect, Section, Shell};
use crate::session::{Form, Visit};

/// Why, on which version, and the name.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RemoveForm {
    reason: String,
    version: String,
    confirm: String,
}

/// Says what taking a server out of use means.
#[get("/o/{org}/servers/{server}/remove")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<ServerPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let server = seen(&reading, &path.server)?;
    reading.require(Action::ServerRemove, On::Server(server.id))?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    Confirm::page(shell, consequence(&visit, &reading, server, String::new()))
}

/// Takes a server out of use.
#[post("/o/{org}/servers/{server}/remove")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<ServerPath>,
    sent: Form<RemoveForm>,
) -> Result<HttpResponse, Problem> {
    let Form(RemoveForm { reason, version, confirm }) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let server = seen(&reading, &path.server)?;
    let there = Redirect::to(format!("/o/{}/tools", visit.slug));
    if !server.is_active() {
        return Ok(there.saying(format!("{} was out of use already.", server.name)).into());
    }
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    if confirm.trim() != server.name.as_str() {
        let errors = Errors::none().noting("confirm", "type the name exactly as it is shown");
        return Confirm::again(shell, consequence(&visit, &reading, server, reason), errors);
    }
    let id = server.id;
    match app.change(versioned(&visit, &version), |p| servers::remove(p, id, &reason)).await {
        Ok(changed) => {
            let text = format!("{} is out of use, after {} ms.", server.name, changed.receipt.took_ms);
            Ok(there.saying(text).into())
        }
        Err(error) => {
            let again = again(error, &["reason"], "")?;
            let now = app.read(visit.caller, visit.organization).await?;
            let consequence = consequence(&visit, &now, seen(&now, &path.server)?, reason);
            match again {
                Again::Wrong(errors) => Confirm::again(shell, consequence, errors),
                Again::Stale(_) => Confirm::late(shell, consequence),
            }
        }
    }
}

fn consequence(visit: &Visit, reading: &Reading, server: &Server, reason: String) -> Consequence {
    let facts = &reading.facts;
    let there = format!("/o/{}/servers/{}", visit.slug, path(server));
    let tools = facts.tools_of(server.id).filter(|tool| tool.state == ToolState::Offered).count();
    let grants = facts.list_roles(None).map(|role| facts.grants_on(role.id, server.id).count()).sum();
    Consequence {
        title: format!("Take {} out of use?", server.name),
        sentence: "Every call of its tools is refused from the next one on, everywhere. It stays in the evidence, and its \
                   short name is never used again."
            .to_owned(),
        counts: vec![
            (tools, "Tools that nobody can call any more".to_owned()),
            (facts.places_of(server.id).count(), "Workspaces that no longer offer it".to_owned()),
            (grants, "Grants that reach nothing any more".to_owned()),
        ],
        button: "Take it out of use".to_owned(),
        action: format!("{there}/remove"),
        back: there,
        hidden: vec![("version".to_owned(), version_of(&server.clone().into()))],
        fields: vec![FieldView::reason(reason)],
        type_name: Some(server.name.to_string()),
        is_final: true,
    }
}
