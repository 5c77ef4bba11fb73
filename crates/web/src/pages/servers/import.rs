use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::servers::{Import, Imported, Outcome};
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use model::Server;
use serde::Deserialize;

use super::rows::risk;
use super::{ServerPath, path, seen};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::again::{Again, again};
use crate::pages::form_page::{FormPage, FormView, Kind};
use crate::pages::{Choice, Errors, FieldView, Section, Shell, filters, page_with};
use crate::session::{Form, Visit};

/// How the tools are to be imported.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ImportForm {
    credential: String,
    accept: String,
}

#[derive(Template)]
#[template(path = "servers/imported.html")]
struct ImportedPage {
    shell: Shell,
    there: String,
    name: String,
    imported: Imported,
    counts: [(usize, &'static str); 4],
    waiting: usize,
}

/// Asks how a server's tools are to be imported.
#[get("/o/{org}/servers/{server}/import")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<ServerPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let server = seen(&reading, &path.server)?;
    may(&reading, server)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    FormPage::page(shell, form(&visit, &reading, server, &ImportForm::default()))
}

/// Imports them. The answer says what came of it; sent twice, the second finds everything unchanged.
#[post("/o/{org}/servers/{server}/import")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<ServerPath>,
    sent: Form<ImportForm>,
) -> Result<HttpResponse, Problem> {
    let Form(sent) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let server = seen(&reading, &path.server)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    let credential = Some(sent.credential.clone()).filter(|credential| !credential.is_empty());
    let how = Import { credential, accept: sent.accept == "yes" };
    // Boxed: a request to the outside inside two transactions is a large future.
    match Box::pin(app.import_tools(visit.request(), server.id, how)).await {
        Ok(changed) => page_with(StatusCode::OK, &imported_page(shell, server, changed.value)),
        Err(error) => match again(error, &["accept"], "")? {
            Again::Wrong(errors) => FormPage::again(shell, form(&visit, &reading, server, &sent), errors),
            Again::Stale(_) => {
                let errors = Errors::none().noting("", "the server was changed meanwhile; import again");
                FormPage::again(shell, form(&visit, &reading, server, &sent), errors)
            }
        },
    }
}

fn may(reading: &Reading, server: &Server) -> Result<(), Problem> {
    match Ability::of(reading, Action::ToolImport, On::Server(server.id)).reason {
        Some(reason) => Err(Problem::new(crate::problem::Code::Forbidden).detail(reason)),
        None => Ok(()),
    }
}

fn imported_page(shell: Shell, server: &Server, imported: Imported) -> ImportedPage {
    let count = |outcome| imported.tools.iter().filter(|tool| tool.outcome == outcome).count();
    let waiting =
        imported.tools.iter().filter(|tool| tool.outcome != Outcome::Withdrawn && !tool.tool.is_reviewed());
    ImportedPage {
        there: shell.path(&format!("/servers/{}", path(server))),
        name: server.name.to_string(),
        counts: [
            (count(Outcome::New), "New"),
            (count(Outcome::Changed), "Changed"),
            (count(Outcome::Unchanged).saturating_add(count(Outcome::Returned)), "As they were"),
            (count(Outcome::Withdrawn), "Withdrawn"),
        ],
        waiting: waiting.count(),
        imported,
        shell,
    }
}

fn form(visit: &Visit, reading: &Reading, server: &Server, typed: &ImportForm) -> FormView {
    let there = format!("/o/{}/servers/{}", visit.slug, path(server));
    let url = server.url.clone().unwrap_or_else(|| "no address yet".to_owned());
    let credential = FieldView::new("credential", "Bearer token for the server")
        .hint("Where it wants one. Used once, kept nowhere.")
        .autocomplete("one-time-code")
        .optional();
    let mut fields = vec![(Kind::Password, credential)];
    if reading.facts.tools_of(server.id).next().is_none() {
        let accept = FieldView::new("accept", "What counts as reviewed")
            .choices([
                Choice::new("no", "Nothing yet")
                    .hint("Every tool is denied until somebody has looked at it."),
                Choice::new("yes", "Everything that is imported now")
                    .hint("Only possible at the first import, when nobody relies on the server yet."),
            ])
            .value(if typed.accept.is_empty() { "no" } else { &typed.accept });
        fields.push((Kind::Radio, accept));
    }
    FormView {
        crumbs: vec![
            (format!("/o/{}/tools", visit.slug), "Tools & grants".to_owned()),
            (there.clone(), server.name.to_string()),
        ],
        title: format!("Import the tools of {}", server.name),
        lede: format!(
            "The server is asked at {url}. A new tool counts as destructive until somebody here says otherwise; a changed \
             one is denied until somebody has looked at it."
        ),
        fields,
        button: "Import the tools".to_owned(),
        action: format!("{there}/import"),
        back: there,
        ..FormView::default()
    }
}
