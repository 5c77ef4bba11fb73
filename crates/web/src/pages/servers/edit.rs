use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, servers, version_of};
use decision::{Action, On};
use model::{CredentialMode, IdentityMode, Name, Server, Slug};
use serde::Deserialize;

use super::rows::{identity, mode, path};
use super::{ServerPath, seen};
use crate::Problem;
use crate::pages::again::{Again, again, take, versioned};
use crate::pages::both::{Both, Row};
use crate::pages::form_page::{FormPage, FormView, Kind};
use crate::pages::{Choice, Errors, FieldView, Redirect, Section, Shell};
use crate::session::{Form, Visit};

/// A server, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ServerForm {
    name: String,
    slug: String,
    url: String,
    credential_mode: String,
    identity_mode: String,
    version: String,
}

const FIELDS: [&str; 5] = ["name", "slug", "url", "credential_mode", "identity_mode"];
const CREDENTIALS: [(&str, CredentialMode, &str); 2] = [
    ("shared", CredentialMode::Shared, "It is called with the organization's own. Robots may use it."),
    ("personal", CredentialMode::Personal, "It is called with each person's own. Robots may never use it."),
];
const IDENTITIES: [(&str, IdentityMode); 3] = [
    ("agent", IdentityMode::Agent),
    ("hybrid", IdentityMode::Hybrid),
    ("on_behalf_of", IdentityMode::OnBehalfOf),
];

impl ServerForm {
    fn of(server: &Server) -> Self {
        let credential = CREDENTIALS.iter().find(|(_, mode, _)| *mode == server.credential_mode);
        let identity = IDENTITIES.iter().find(|(_, mode)| *mode == server.identity_mode);
        Self {
            name: server.name.to_string(),
            slug: server.slug.to_string(),
            url: server.url.clone().unwrap_or_default(),
            credential_mode: credential.map_or("shared", |(word, ..)| word).to_owned(),
            identity_mode: identity.map_or("agent", |(word, _)| word).to_owned(),
            version: version_of(&server.clone().into()),
        }
    }

    fn credential(&self) -> CredentialMode {
        let found = CREDENTIALS.iter().find(|(word, ..)| *word == self.credential_mode);
        found.map_or(CredentialMode::Personal, |(_, mode, _)| *mode)
    }

    fn identity(&self) -> IdentityMode {
        let found = IDENTITIES.iter().find(|(word, _)| *word == self.identity_mode);
        found.map_or(IdentityMode::Hybrid, |(_, mode)| *mode)
    }

    /// The address, checked as a request to it would be.
    fn url(&self, app: &App) -> Result<Option<servers::ServerUrl>, app::Error> {
        match self.url.trim() {
            "" => Ok(None),
            text => servers::ServerUrl::checked(&app.egress, text).map(Some),
        }
    }
}

/// Asks what the server is.
#[get("/o/{org}/servers/new")]
pub(super) async fn ask_new(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    reading.check(Action::ServerCreate, On::Organization)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    FormPage::page(shell, form(&visit, &ServerForm::default(), None))
}

/// Registers a server.
#[post("/o/{org}/servers/new")]
pub(super) async fn create(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    sent: Form<ServerForm>,
) -> Result<HttpResponse, Problem> {
    let Form(sent) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    let mut errors = Errors::none();
    let name = take::<Name>(&mut errors, "name", &sent.name);
    let slug = take::<Slug>(&mut errors, "slug", &sent.slug);
    let (Some(name), Some(slug)) = (name, slug) else {
        return FormPage::again(shell, form(&visit, &sent, None), errors);
    };
    let made = match sent.url(&app) {
        Ok(url) => {
            let (credential_mode, identity_mode) = (sent.credential(), sent.identity());
            let new = servers::NewServer { slug, name, url, credential_mode, identity_mode };
            app.change(visit.request(), |planning| servers::create(planning, new)).await
        }
        Err(error) => Err(error),
    };
    match made {
        Ok(changed) => {
            let there = format!("/o/{}/servers/{}", visit.slug, path(&changed.value));
            let text = "The server is registered. It is offered nowhere until a workspace offers it.";
            Ok(Redirect::to(there).saying(text).into())
        }
        Err(error) => match again(error, &FIELDS, "slug")? {
            Again::Wrong(errors) => FormPage::again(shell, form(&visit, &sent, None), errors),
            Again::Stale(_) => FormPage::page(shell, form(&visit, &sent, None)),
        },
    }
}

/// Shows a server to be changed.
#[get("/o/{org}/servers/{server}/edit")]
pub(super) async fn ask_edit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<ServerPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let server = seen(&reading, &path.server)?;
    reading.require(Action::ServerUpdate, On::Server(server.id))?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    FormPage::page(shell, form(&visit, &ServerForm::of(server), Some(server)))
}

/// Changes a server.
#[post("/o/{org}/servers/{server}/edit")]
pub(super) async fn update(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<ServerPath>,
    sent: Form<ServerForm>,
) -> Result<HttpResponse, Problem> {
    let Form(sent) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let server = seen(&reading, &path.server)?;
    let there = format!("/o/{}/servers/{}", visit.slug, super::path(server));
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Tools);
    let mut errors = Errors::none();
    let Some(name) = take::<Name>(&mut errors, "name", &sent.name) else {
        return FormPage::again(shell, form(&visit, &sent, Some(server)), errors);
    };
    let id = server.id;
    let changed = match sent.url(&app) {
        Ok(url) => {
            let wanted = servers::ServerPatch {
                name: Some(name),
                url: Some(url),
                credential_mode: Some(sent.credential()),
                identity_mode: Some(sent.identity()),
            };
            app.change(versioned(&visit, &sent.version), |p| servers::update(p, id, wanted)).await
        }
        Err(error) => Err(error),
    };
    match changed {
        Ok(_) => {
            Ok(Redirect::to(there).saying("The server is changed. It counts from the next call on.").into())
        }
        Err(error) => match again(error, &FIELDS, "")? {
            Again::Wrong(errors) => FormPage::again(shell, form(&visit, &sent, Some(server)), errors),
            Again::Stale(_) => {
                let now = app.read(visit.caller, visit.organization).await?;
                both(shell, &sent, &ServerForm::of(seen(&now, &path.server)?), &there).response()
            }
        },
    }
}

fn both(shell: Shell, yours: &ServerForm, theirs: &ServerForm, there: &str) -> Both {
    let fields = [
        ("name", &yours.name),
        ("url", &yours.url),
        ("credential_mode", &yours.credential_mode),
        ("identity_mode", &yours.identity_mode),
        ("version", &theirs.version),
    ];
    Both {
        shell,
        name: theirs.name.clone(),
        action: format!("{there}/edit"),
        fields: fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).clone())).collect(),
        rows: vec![
            Row::of("Name", &yours.name, &theirs.name),
            Row::of("Address", &yours.url, &theirs.url),
            Row::of("Credentials", mode(yours.credential()), mode(theirs.credential())),
            Row::of("Who must be allowed", identity(yours.identity()), identity(theirs.identity())),
        ],
        back: there.to_owned(),
    }
}

fn form(visit: &Visit, typed: &ServerForm, server: Option<&Server>) -> FormView {
    let or = |value: &str, usual: &str| if value.is_empty() { usual } else { value }.to_owned();
    let credentials = CREDENTIALS.map(|(word, value, hint)| Choice::new(word, mode(value)).hint(hint));
    let identities = IDENTITIES.map(|(word, value)| Choice::new(word, identity(value)));
    let name = (Kind::Text, FieldView::new("name", "Name").value(&typed.name));
    let slug = FieldView::new("slug", "Short name")
        .hint("Gateways name the server by it in calls. Small letters, digits and hyphens; it never changes and is never used again.")
        .value(&typed.slug);
    let rest = [
        (
            Kind::Url,
            FieldView::new("url", "Address")
                .hint("Where its tools can be imported from over MCP. Calls go through your gateway, not through here.")
                .value(&typed.url)
                .optional(),
        ),
        (
            Kind::Radio,
            FieldView::new("credential_mode", "Credentials").choices(credentials).value(or(&typed.credential_mode, "shared")),
        ),
        (
            Kind::Select,
            FieldView::new("identity_mode", "Who must be allowed for a call")
                .choices(identities)
                .value(or(&typed.identity_mode, "agent")),
        ),
    ];
    let tools = (format!("/o/{}/tools", visit.slug), "Tools & grants".to_owned());
    match server {
        Some(server) => {
            let there = format!("/o/{}/servers/{}", visit.slug, path(server));
            FormView {
                crumbs: vec![tools, (there.clone(), server.name.to_string())],
                title: format!("Change {}", server.name),
                fields: std::iter::once(name).chain(rest).collect(),
                hidden: vec![("version".to_owned(), typed.version.clone())],
                button: "Save the server".to_owned(),
                action: format!("{there}/edit"),
                back: there,
                ..FormView::default()
            }
        }
        None => FormView {
            crumbs: vec![tools.clone()],
            title: "Register a server".to_owned(),
            lede: "An MCP server or another provider of tools. Registering it gives nobody access."
                .to_owned(),
            fields: [name, (Kind::Text, slug)].into_iter().chain(rest).collect(),
            button: "Register the server".to_owned(),
            action: format!("/o/{}/servers/new", visit.slug),
            back: tools.0,
            ..FormView::default()
        },
    }
}
