use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, version_of, workspaces};
use askama::Template;
use decision::{Action, On};
use model::{AccessMode, IdentityMode, Visibility, Workspace};
use serde::Deserialize;

use super::frame::Head;
use super::rows::visibility;
use super::{WorkspacePath, seen};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::again::{Again, again, take, versioned};
use crate::pages::both::{Both, Row};
use crate::pages::form_page::Kind;
use crate::pages::servers::identity;
use crate::pages::{Choice, Errors, FieldView, Redirect, Section, Shell, filters, page_with};
use crate::session::{Form, Visit};

/// A workspace's name and rules, as they were chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RulesForm {
    pub(super) name: String,
    pub(super) slug: String,
    visibility: String,
    access_mode: String,
    guest_agents: String,
    auto_accept_agents: String,
    identity_mode: String,
    version: String,
}

impl RulesForm {
    fn of(workspace: &Workspace) -> Self {
        let word = |yes| if yes { "yes" } else { "no" };
        Self {
            name: workspace.name.to_string(),
            slug: workspace.slug.to_string(),
            visibility: if workspace.visibility == Visibility::Private { "private" } else { "organization" }
                .into(),
            access_mode: if workspace.access_mode == AccessMode::Inherit { "inherit" } else { "explicit" }
                .into(),
            guest_agents: word(workspace.guest_agents).into(),
            auto_accept_agents: word(workspace.auto_accept_agents).into(),
            identity_mode: workspace.identity_mode.map_or("", mode_word).into(),
            version: version_of(&workspace.clone().into()),
        }
    }

    pub(super) fn visibility(&self) -> Visibility {
        if self.visibility == "organization" { Visibility::Organization } else { Visibility::Private }
    }

    pub(super) fn access_mode(&self) -> AccessMode {
        if self.access_mode == "explicit" { AccessMode::Explicit } else { AccessMode::Inherit }
    }

    pub(super) fn guest_agents(&self) -> bool {
        self.guest_agents == "yes"
    }

    pub(super) fn auto_accept_agents(&self) -> bool {
        self.auto_accept_agents == "yes"
    }

    pub(super) fn identity_mode(&self) -> Option<IdentityMode> {
        MODES.into_iter().find(|mode| mode_word(*mode) == self.identity_mode)
    }
}

const MODES: [IdentityMode; 3] = [IdentityMode::Agent, IdentityMode::OnBehalfOf, IdentityMode::Hybrid];

fn mode_word(mode: IdentityMode) -> &'static str {
    match mode {
        IdentityMode::Agent => "agent",
        IdentityMode::OnBehalfOf => "on_behalf_of",
        IdentityMode::Hybrid => "hybrid",
    }
}

/// The fields of a workspace's name and rules.
pub(super) fn fields(typed: &RulesForm) -> Vec<(Kind, FieldView)> {
    let or = |value: &str, usual: &str| if value.is_empty() { usual } else { value }.to_owned();
    let see = FieldView::new("visibility", "Who may know that it exists")
        .hint("Knowing of it gives no access.")
        .choices([
            Choice::new("private", "Members only").hint("And administrators and auditors."),
            Choice::new("organization", "Everyone here").hint("Guests aside."),
        ])
        .value(or(&typed.visibility, "private"));
    let enter = FieldView::new("access_mode", "How agents get in")
        .choices([
            Choice::new("inherit", "With the person who answers for them")
                .hint("Bounded by their own scope. When the person leaves, they are out in the same moment."),
            Choice::new("explicit", "Only by an accepted invitation as well")
                .hint("For places where much is at stake."),
        ])
        .value(or(&typed.access_mode, "inherit"));
    let guests = FieldView::new("guest_agents", "Guests' agents")
        .choices([
            Choice::new("no", "Guests come without their agents"),
            Choice::new("yes", "Guests may bring their agents")
                .hint("From their own organization; both organizations keep evidence of each call."),
        ])
        .value(or(&typed.guest_agents, "no"));
    let accept = FieldView::new("auto_accept_agents", "Invitations of agents")
        .choices([Choice::new("no", "Wait for an administrator"), Choice::new("yes", "Count at once")])
        .value(or(&typed.auto_accept_agents, "no"));
    let modes = [Choice::new("", "As each server says")];
    let modes = modes.into_iter().chain(MODES.map(|mode| Choice::new(mode_word(mode), identity(mode))));
    let mode = FieldView::new("identity_mode", "Who must be allowed for a call")
        .hint("Can only be stricter than the server's own rule.")
        .choices(modes)
        .value(&typed.identity_mode);
    vec![
        (Kind::Text, FieldView::new("name", "Name").value(&typed.name)),
        (Kind::Radio, see),
        (Kind::Radio, enter),
        (Kind::Radio, guests),
        (Kind::Radio, accept),
        (Kind::Select, mode),
    ]
}

#[derive(Template)]
#[template(path = "workspaces/rules.html")]
struct RulesPage {
    shell: Shell,
    head: Head,
    fields: Vec<(Kind, FieldView)>,
    version: String,
    can: Ability,
    facts: Vec<(&'static str, String)>,
    errors: Errors,
}

/// Shows a workspace's rules, to be changed by whoever may.
#[get("/o/{org}/workspaces/{workspace}/rules")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<WorkspacePath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Workspaces);
    let form = RulesForm::of(workspace);
    page_with(StatusCode::OK, &rules_page(shell, &reading, workspace, &form, Errors::none()))
}

/// Changes a workspace's name and rules.
#[post("/o/{org}/workspaces/{workspace}/rules")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<WorkspacePath>,
    sent: Form<RulesForm>,
) -> Result<HttpResponse, Problem> {
    let Form(sent) = sent;
    let reading = app.read(visit.caller, visit.organization).await?;
    let workspace = seen(&reading, &path.workspace)?;
    let there = format!("/o/{}/workspaces/{}/rules", visit.slug, super::path(workspace));
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Workspaces);
    let mut errors = Errors::none();
    let Some(name) = take(&mut errors, "name", &sent.name) else {
        let view = rules_page(shell, &reading, workspace, &sent, errors);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let rules = workspaces::Rules {
        name: Some(name),
        visibility: Some(sent.visibility()),
        access_mode: Some(sent.access_mode()),
        guest_agents: Some(sent.guest_agents()),
        auto_accept_agents: Some(sent.auto_accept_agents()),
        identity_mode: sent.identity_mode().map_or(workspaces::Stricter::Lifted, workspaces::Stricter::Mode),
    };
    let id = workspace.id;
    let changed = app.change(versioned(&visit, &sent.version), |p| workspaces::update(p, id, rules)).await;
    let Err(error) = changed else {
        return Ok(Redirect::to(there)
            .saying("The rules are changed. They count from the next call on.")
            .into());
    };
    match again(error, &["name"], "")? {
        Again::Wrong(errors) => {
            let view = rules_page(shell, &reading, workspace, &sent, errors);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Again::Stale(_) => {
            let now = app.read(visit.caller, visit.organization).await?;
            both(shell, &sent, &RulesForm::of(seen(&now, &path.workspace)?), there).response()
        }
    }
}

fn both(shell: Shell, yours: &RulesForm, theirs: &RulesForm, there: String) -> Both {
    let fields = [
        ("name", &yours.name),
        ("visibility", &yours.visibility),
        ("access_mode", &yours.access_mode),
        ("guest_agents", &yours.guest_agents),
        ("auto_accept_agents", &yours.auto_accept_agents),
        ("identity_mode", &yours.identity_mode),
        ("version", &theirs.version),
    ];
    let rows = said(yours).into_iter().zip(said(theirs));
    Both {
        shell,
        name: theirs.name.clone(),
        action: there.clone(),
        fields: fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).clone())).collect(),
        rows: rows.map(|((label, yours), (_, theirs))| Row::of(label, yours, theirs)).collect(),
        back: there,
    }
}

/// The rules in words.
fn said(rules: &RulesForm) -> Vec<(&'static str, String)> {
    let enter = match rules.access_mode() {
        AccessMode::Inherit => "With the person who answers for them",
        AccessMode::Explicit => "Only by an accepted invitation as well",
    };
    vec![
        ("Name", rules.name.clone()),
        ("Who may know that it exists", visibility(rules.visibility()).to_owned()),
        ("How agents get in", enter.to_owned()),
        ("Guests' agents", if rules.guest_agents() { "May come along" } else { "Stay outside" }.to_owned()),
        (
            "Invitations of agents",
            if rules.auto_accept_agents() { "Count at once" } else { "Wait for an administrator" }.to_owned(),
        ),
        (
            "Who must be allowed for a call",
            rules.identity_mode().map_or("As each server says", identity).to_owned(),
        ),
    ]
}

fn rules_page(
    shell: Shell,
    reading: &Reading,
    workspace: &Workspace,
    form: &RulesForm,
    errors: Errors,
) -> RulesPage {
    let fields = fields(form).into_iter().map(|(kind, field)| (kind, field.wrong(&errors)));
    RulesPage {
        head: Head::of(&shell.place.slug, reading, workspace, "rules"),
        fields: fields.collect(),
        version: form.version.clone(),
        can: Ability::of(reading, Action::WorkspaceUpdate, On::Workspace(workspace.id)),
        facts: said(&RulesForm::of(workspace)),
        errors,
        shell,
    }
}
