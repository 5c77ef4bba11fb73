use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, servers};
use decision::{Action, On};
use model::{Server, ToolName};
use serde::Deserialize;

use super::tool::{risk_field, risk_of};
use super::{ServerPath, path, seen};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::again::{Again, again, take};
use crate::pages::form_page::{FormPage, FormView, Kind};
use crate::pages::{Errors, FieldView, Redirect, Section, Shell};
use crate::problem::Code;
use crate::session::{Form, Visit};

/// A tool, as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ToolForm {
    name: String,
    title: String,
    description: String,
    input_schema: String,
    risk: String,
}

const FIELDS: [&str; 5] = ["name", "title", "description", "input_schema", "risk"];

/// Asks what the tool is.
#[get("/o/{org}/servers/{server}/tools/new")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<ServerPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let server = seen(&reading, &path.server)?;
    if let Some(reason) = Ability::of(&reading, Action::ToolAdd, On::Server(server.id)).reason {
        return Err(Problem::new(Code::Forbidden).detail(reason));
    }
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    FormPage::page(shell, form(&visit, server, &ToolForm::default()))
}

/// Enters a tool by hand.
#[post("/o/{org}/servers/{server}/tools/new")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<ServerPath>,
    sent: Form<ToolForm>,
) -> Result<HttpResponse, Problem> {
    let Form(sent) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let server = seen(&reading, &path.server)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    let mut errors = Errors::none();
    let name = take::<ToolName>(&mut errors, "name", &sent.name);
    let schema = match sent.input_schema.trim() {
        "" => None,
        text => {
            let read = serde_json::from_str(text);
            if let Err(wrong) = &read {
                errors.note("input_schema", &format!("expected JSON; {wrong}"));
            }
            read.ok()
        }
    };
    let (Some(name), true) = (name, errors.is_empty()) else {
        return FormPage::again(shell, form(&visit, server, &sent), errors);
    };
    let new = servers::NewTool {
        name,
        title: sent.title.clone(),
        description: Some(sent.description.trim().to_owned()).filter(|text| !text.is_empty()),
        input_schema: schema,
        risk: risk_of(&sent.risk),
    };
    match app.add_tool(visit.request(), server.id, new).await {
        Ok(changed) => {
            let there = format!("/o/{}/servers/{}", visit.slug, super::path(server));
            let text = format!("{} is known now. No role may call it yet.", changed.value.name);
            Ok(Redirect::to(there).saying(text).into())
        }
        Err(error) => match again(error, &FIELDS, "name")? {
            Again::Wrong(errors) => FormPage::again(shell, form(&visit, server, &sent), errors),
            Again::Stale(_) => FormPage::page(shell, form(&visit, server, &sent)),
        },
    }
}

fn form(visit: &Visit, server: &Server, typed: &ToolForm) -> FormView {
    let there = format!("/o/{}/servers/{}", visit.slug, path(server));
    let risk = if typed.risk.is_empty() { "destructive" } else { &typed.risk };
    FormView {
        crumbs: vec![
            (format!("/o/{}/tools", visit.slug), "Tools & grants".to_owned()),
            (there.clone(), server.name.to_string()),
        ],
        title: format!("Add a tool to {}", server.name),
        lede: "For a server whose tools cannot be imported. What you write counts as reviewed.".to_owned(),
        fields: vec![
            (
                Kind::Text,
                FieldView::new("name", "Name")
                    .hint("Exactly as calls name it; large and small letters count.")
                    .value(&typed.name),
            ),
            (Kind::Text, FieldView::new("title", "Title").hint("For people.").value(&typed.title).optional()),
            (Kind::Lines, FieldView::new("description", "What it does").value(&typed.description).optional()),
            (
                Kind::Lines,
                FieldView::new("input_schema", "JSON Schema of its arguments")
                    .hint("Left empty: any arguments.")
                    .value(&typed.input_schema)
                    .optional(),
            ),
            (Kind::Radio, risk_field(risk)),
        ],
        button: "Add the tool".to_owned(),
        action: format!("{there}/tools/new"),
        back: there,
        ..FormView::default()
    }
}
