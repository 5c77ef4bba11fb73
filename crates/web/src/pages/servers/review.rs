use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, servers, version_of};
use askama::Template;
use decision::{Action, On};
use model::DefinitionHash;
use serde::Deserialize;
use serde_json::Value;

use super::diff::{Line, lines};
use super::{ServerPath, ToolPath, seen, seen_tool};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::again::{Again, again, versioned};
use crate::pages::{Flash, Redirect, Section, Shell, Tone, filters, page};
use crate::session::{Form, Visit};

/// So many definitions are a page: each has to be read.
const SHOWN: usize = 10;

#[derive(Template)]
#[template(path = "servers/review.html")]
struct ReviewPage {
    shell: Shell,
    there: String,
    name: String,
    tools: Vec<Waiting>,
    in_all: usize,
    can: Ability,
}

/// A tool that is denied because nobody has accepted what is served now.
struct Waiting {
    id: String,
    name: String,
    /// Whether nobody ever accepted one.
    first: bool,
    lines: Vec<Line>,
    definition: String,
    version: String,
}

/// Shows what is new or changed, beside what was accepted.
#[get("/o/{org}/servers/{server}/review")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<ServerPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let server = seen(&reading, &path.server)?;
    let in_all = servers::drifted(&reading.facts, server.id, None).count();
    let mut tools = Vec::new();
    for tool in servers::drifted(&reading.facts, server.id, None).take(SHOWN) {
        let drift = app.drift(visit.organization, tool.clone()).await?;
        tools.push(Waiting {
            id: tool.id.to_string(),
            name: tool.name.to_string(),
            first: tool.reviewed.is_none(),
            lines: lines(&text(drift.reviewed.as_ref()), &text(drift.definition.as_ref())),
            definition: tool.definition.to_string(),
            version: version_of(&tool.clone().into()),
        });
    }
    page(&ReviewPage {
        shell: Shell::of(&request, &visit, &reading.facts, Section::Tools),
        there: format!("/o/{}/servers/{}", visit.slug, super::path(server)),
        name: server.name.to_string(),
        tools,
        in_all,
        can: Ability::of(&reading, Action::ToolReview, On::Server(server.id)),
    })
}

/// A definition as lines to compare.
fn text(definition: Option<&Value>) -> String {
    definition.and_then(|value| serde_json::to_string_pretty(value).ok()).unwrap_or_default()
}

/// What was looked at.
#[derive(Debug, Deserialize)]
pub(super) struct ReviewForm {
    definition: String,
    #[serde(default)]
    version: String,
}

/// Accepts a tool's present definition.
#[post("/o/{org}/servers/{server}/tools/{tool}/review")]
pub(super) async fn submit(
    app: Data<App>,
    visit: Visit,
    path: Path<ToolPath>,
    sent: Form<ReviewForm>,
) -> Result<HttpResponse, Problem> {
    let Form(ReviewForm { definition, version }) = sent;
    let looked_at: DefinitionHash =
        definition.parse().map_err(|wrong: &str| Problem::malformed(wrong.to_owned()))?;
    let reading = app.read(visit.caller, visit.organization).await?;
    let (server, tool) = seen_tool(&reading, &path)?;
    let there = Redirect::to(format!("/o/{}/servers/{}/review", visit.slug, super::path(server)));
    let id = tool.id;
    match app.change(versioned(&visit, &version), |p| servers::review(p, id, looked_at)).await {
        Ok(_) => Ok(there.saying(format!("{} is accepted and may be called again.", tool.name)).into()),
        Err(error) => {
            let text = match again(error, &[], "")? {
                Again::Wrong(errors) => errors.text(),
                Again::Stale(_) => "Somebody changed the tool meanwhile. Look at it as it is now.".to_owned(),
            };
            Ok(there.flashing(Flash { tone: Tone::Failed, text }).into())
        }
    }
}
