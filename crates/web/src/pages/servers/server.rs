use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use model::{Server, ServerState};
use serde::Deserialize;

use super::rows::{ToolRow, identity, mode, path, tools};
use super::{ServerPath, seen};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::cut::Cut;
use crate::pages::history::who;
use crate::pages::query::query;
use crate::pages::{Moment, Section, Shell, filters, page, workspaces};
use crate::session::Visit;

/// Which tools.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    q: String,
    after: String,
}

#[derive(Template)]
#[template(path = "servers/server.html")]
struct ServerPage {
    shell: Shell,
    there: String,
    server: Server,
    mode: &'static str,
    identity: &'static str,
    filter: Filter,
    cut: Cut<ToolRow>,
    drifted: usize,
    /// The workspaces that offer it and that the visitor may see: address and name.
    places: Vec<(String, String)>,
    removed: Option<(Moment, String, String)>,
    can: Cans,
}

/// What the visitor may do with it.
struct Cans {
    edit: Ability,
    import: Ability,
    add: Ability,
    remove: Ability,
}

impl ServerPage {
    fn following(&self, after: &str) -> String {
        format!("{}{}", self.there, query(&[("q", self.filter.q.as_str()), ("after", after)]))
    }
}

/// Shows one server with its tools.
#[get("/o/{org}/servers/{server}")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<ServerPath>,
    filter: Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let server = seen(&reading, &path.server)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    page(&server_page(shell, &reading, server, filter.into_inner()))
}

fn server_page(shell: Shell, reading: &Reading, server: &Server, filter: Filter) -> ServerPage {
    let facts = &reading.facts;
    let all = tools(facts, server.id, &filter.q);
    let drifted = all.iter().filter(|tool| tool.drifted).count();
    let places = facts.places_of(server.id).filter_map(|id| facts.workspace(id));
    let places = places.filter(|place| reading.may(Action::WorkspaceRead, On::Workspace(place.id)));
    let place = |place: &model::Workspace| {
        (shell.path(&format!("/workspaces/{}", workspaces::path(place))), place.name.to_string())
    };
    ServerPage {
        there: shell.path(&format!("/servers/{}", path(server))),
        mode: mode(server.credential_mode),
        identity: identity(server.identity_mode),
        cut: Cut::of(all, &filter.after, |tool| tool.id.clone()),
        filter,
        drifted,
        places: places.map(|workspace| place(workspace)).collect(),
        removed: match &server.state {
            ServerState::Active => None,
            ServerState::Removed(because) => {
                let at = shell.zone.moment(because.at);
                Some((at, who(facts, because.by), because.reason.clone()))
            }
        },
        can: cans(reading, server),
        server: server.clone(),
        shell,
    }
}

fn cans(reading: &Reading, server: &Server) -> Cans {
    let gone = !server.is_active();
    let ask = |action| {
        Ability::of(reading, action, On::Server(server.id)).unless(gone, "The server was taken out of use.")
    };
    Cans {
        edit: ask(Action::ServerUpdate),
        import: ask(Action::ToolImport).unless(
            server.url.is_none(),
            "The server has no address to import from. Give it one, or add tools by hand.",
        ),
        add: ask(Action::ToolAdd),
        remove: ask(Action::ServerRemove),
    }
}
