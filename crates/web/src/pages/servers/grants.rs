use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::roles::{grants_version, regrant};
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use model::{RoleId, Server, ToolId};
use serde::Deserialize;

use super::matrix::{self, COLUMNS, Difference, Matrix, Sent};
use super::{ServerPath, path, seen};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::again::{Again, again, versioned};
use crate::pages::{Choice, Errors, Redirect, Section, Shell, filters, page, page_with};
use crate::session::{Form, Visit};

/// Which rows and columns. The mobile way is one role at a time.
#[derive(Debug, Default)]
struct Filter {
    q: String,
    /// One role, or several.
    role: Vec<RoleId>,
}

#[derive(Template)]
#[template(path = "servers/matrix.html")]
struct MatrixPage {
    shell: Shell,
    there: String,
    name: String,
    q: String,
    matrix: Matrix,
    /// Every role, to choose columns from.
    roles: Vec<Choice>,
    /// Whether columns were chosen.
    chosen: bool,
    most: usize,
    version: String,
    can: Ability,
    /// Why the form came back with nothing to review.
    unchanged: bool,
}

/// Shows which roles reach which tools.
#[get("/o/{org}/servers/{server}/grants")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<ServerPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let server = seen(&reading, &path.server)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    page(&matrix_page(shell, &reading, server, filter(&request), false))
}

/// The filter of an address. Several values of one name are more than the usual extractor reads.
fn filter(request: &HttpRequest) -> Filter {
    let mut filter = Filter::default();
    for (name, value) in url::form_urlencoded::parse(request.query_string().as_bytes()) {
        match name.as_ref() {
            "q" => filter.q = value.into_owned(),
            "role" => filter.role.extend(value.parse::<RoleId>().ok()),
            _ => {}
        }
    }
    filter
}

fn matrix_page(
    shell: Shell,
    reading: &Reading,
    server: &Server,
    filter: Filter,
    unchanged: bool,
) -> MatrixPage {
    let facts = &reading.facts;
    let mut roles: Vec<Choice> = facts
        .list_roles(None)
        .map(|role| Choice {
            is_chosen: filter.role.contains(&role.id),
            ..Choice::new(role.id.to_string(), role.name.to_string())
        })
        .collect();
    roles.sort_by_cached_key(|choice| choice.label.to_lowercase());
    MatrixPage {
        there: shell.path(&format!("/servers/{}", path(server))),
        name: server.name.to_string(),
        matrix: Matrix::of(facts, server.id, &filter.role, &filter.q),
        chosen: !filter.role.is_empty(),
        q: filter.q,
        roles,
        most: COLUMNS,
        version: grants_version(facts, server.id),
        can: Ability::of(reading, Action::ServerGrants, On::Server(server.id))
            .unless(!server.is_active(), "The server was taken out of use."),
        unchanged,
        shell,
    }
}

/// The boxes that were shown and those that were set.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MatrixForm {
    role: Vec<RoleId>,
    tool: Vec<ToolId>,
    /// Role and tool, with a slash between.
    on: Vec<String>,
    version: String,
    q: String,
    chosen: String,
}

impl MatrixForm {
    fn sent(&self) -> Sent {
        let pair = |text: &String| {
            let (role, tool) = text.split_once('/')?;
            Some((role.parse().ok()?, tool.parse().ok()?))
        };
        Sent {
            roles: self.role.clone(),
            tools: self.tool.clone(),
            on: self.on.iter().filter_map(pair).collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "servers/grants_review.html")]
struct GrantsReview {
    shell: Shell,
    there: String,
    name: String,
    differences: Vec<Difference>,
    version: String,
    /// Somebody changed grants of this server after the boxes were shown: what stands here is compared with what is
    /// there now.
    changed_meanwhile: bool,
    errors: Errors,
}

impl GrantsReview {
    fn destructive(&self) -> usize {
        self.differences.iter().filter(|line| line.adds && line.risk == "destructive").count()
    }
}

/// Shows what the boxes would change. Nothing is written yet.
#[post("/o/{org}/servers/{server}/grants")]
pub(super) async fn review(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<ServerPath>,
    form: Form<MatrixForm>,
) -> Result<HttpResponse, Problem> {
    let Form(form) = form;
    let reading = app.read(visit.caller, visit.organization).await?;
    let server = seen(&reading, &path.server)?;
    app.require(&reading, Action::ServerGrants, On::Server(server.id)).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    let differences = matrix::differences(&reading.facts, server.id, &form.sent());
    let version = grants_version(&reading.facts, server.id);
    let changed_meanwhile = !form.version.is_empty() && form.version != version;
    if differences.is_empty() {
        let role = if form.chosen.is_empty() { Vec::new() } else { form.role };
        let filter = Filter { q: form.q, role };
        let view = matrix_page(shell, &reading, server, filter, true);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    let view = GrantsReview {
        there: shell.path(&format!("/servers/{}", super::path(server))),
        name: server.name.to_string(),
        differences,
        version,
        changed_meanwhile,
        errors: Errors::none(),
        shell,
    };
    page_with(if changed_meanwhile { StatusCode::CONFLICT } else { StatusCode::OK }, &view)
}

/// What was reviewed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SaveForm {
    add: Vec<String>,
    remove: Vec<String>,
    version: String,
}

/// Saves what was reviewed, all of it or nothing.
#[post("/o/{org}/servers/{server}/grants/save")]
pub(super) async fn save(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<ServerPath>,
    form: Form<SaveForm>,
) -> Result<HttpResponse, Problem> {
    let Form(form) = form;
    let reading = app.read(visit.caller, visit.organization).await?;
    let server = seen(&reading, &path.server)?;
    let there = format!("/o/{}/servers/{}/grants", visit.slug, super::path(server));
    let gone =
        || Problem::malformed("a role, tool or grant of the form is not one of this server".to_owned());
    let wanted = matrix::regrant(&reading.facts, &form.add, &form.remove).ok_or_else(gone)?;
    let id = server.id;
    let error = match app.change(versioned(&visit, &form.version), |p| regrant(p, id, wanted)).await {
        Ok(changed) => {
            let count = changed.value.added.len().saturating_add(changed.value.removed.len());
            let said = if count == 1 { "1 change".to_owned() } else { format!("{count} changes") };
            let text = format!("{said} saved, in one piece, after {} ms.", changed.receipt.took_ms);
            return Ok(Redirect::to(there).saying(text).into());
        }
        Err(error) => error,
    };
    let again = again(error, &["add", "remove"], "")?;
    let now = app.read(visit.caller, visit.organization).await?;
    let differences = standing(&now, server, &form);
    if differences.is_empty() {
        // Sent twice: what was wanted is so.
        return Ok(Redirect::to(there).saying("These changes are saved already.").into());
    }
    let shell = Shell::of(&request, &visit, &now.facts, Section::Tools);
    let (errors, changed_meanwhile) = match again {
        Again::Wrong(errors) => (errors, false),
        Again::Stale(_) => (Errors::none(), true),
    };
    let view = GrantsReview {
        there: shell.path(&format!("/servers/{}", super::path(server))),
        name: server.name.to_string(),
        differences,
        version: grants_version(&now.facts, server.id),
        changed_meanwhile,
        errors,
        shell,
    };
    page_with(StatusCode::CONFLICT, &view)
}

/// What of a review is still a change, now that somebody else changed something.
fn standing(reading: &Reading, server: &Server, form: &SaveForm) -> Vec<Difference> {
    let facts = &reading.facts;
    let added: Vec<(RoleId, ToolId)> = form
        .add
        .iter()
        .filter_map(|text| text.split_once('/'))
        .filter_map(|(role, tool)| Some((role.parse().ok()?, tool.parse().ok()?)))
        .collect();
    let removed: Vec<(RoleId, ToolId)> = form
        .remove
        .iter()
        .filter_map(|text| facts.grant(text.parse().ok()?))
        .filter_map(|grant| Some((grant.role, facts.tool_by_name(server.id, grant.tools.as_str())?.id)))
        .collect();
    // Each pair is compared by itself: a box that the form did not change is no difference.
    let one = |(role, tool): (RoleId, ToolId), on: bool| {
        let on = if on { std::iter::once((role, tool)).collect() } else { std::collections::BTreeSet::new() };
        matrix::differences(facts, server.id, &Sent { roles: vec![role], tools: vec![tool], on })
    };
    let come = added.into_iter().flat_map(|pair| one(pair, true));
    let go = removed.into_iter().flat_map(|pair| one(pair, false));
    come.chain(go).collect()
}
