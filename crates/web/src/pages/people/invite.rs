//! Inviting a person: by mail, or by a link that is shown once.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::member_invitations::NewMemberInvitation;
use app::{App, Reading};
use decision::{Action, On};
use model::{InvitedPlace, MemberInvitationId, OrganizationRole};
use serde::Deserialize;

use super::{ROLES, means, title};
use crate::Problem;
use crate::gateways::GatewayState;
use crate::pages::again::wrong;
use crate::pages::form_page::{FormPage, FormView, Kind};
use crate::pages::keys::reveal::{About, Secret, once, slip};
use crate::pages::{Choice, Errors, FieldView, Redirect, Section, Shell};
use crate::session::{Form, Visit, step_up_path};

const FIELDS: &[&str] = &["email", "role", "workspaces", "as", "days", "accepts_identity"];

/// Who is to be invited, as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    email: String,
    role: String,
    /// The workspaces that they enter.
    workspaces: Vec<String>,
    /// The role that they hold there.
    #[serde(rename = "as")]
    role_there: String,
    days: String,
    accepts_identity: String,
    slip: String,
}

/// How long an invitation may wait.
const WAITS: [(&str, &str); 4] =
    [("1", "For a day"), ("7", "For a week"), ("14", "For two weeks"), ("30", "For 30 days")];
const USUAL: &str = "7";

/// Asks who is to be invited.
#[get("/o/{org}/people/invite")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    if let Some(reason) = reading.why_not(
        Action::MemberInvitationCreate,
        On::Invited(MemberInvitationId::MAX, OrganizationRole::Guest),
    ) {
        return Err(Problem::denied(reason));
    }
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    FormPage::page(shell, form(&visit, &reading, &Typed { slip: slip(&app), ..Typed::default() }))
}

/// Invites them, once, and shows the link, once.
#[post("/o/{org}/people/invite")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    gateways: Data<GatewayState>,
    visit: Visit,
    sent: Form<Typed>,
) -> Result<HttpResponse, Problem> {
    let Form(typed) = sent;
    if typed.is_dangerous() && !visit.session.is_fresh(app.engine.world().now()) {
        // What was typed waits on the page that this becomes (`resend`).
        return Ok(Redirect::to(step_up_path(request.path())).into());
    }
    let errors = match typed.read(&app.read(visit.caller, visit.organization).await?) {
        Err(errors) => errors,
        Ok(new) => match invite(&app, &visit, &gateways.public_url, &typed.slip, new).await {
            Ok(response) => return Ok(response),
            Err(error) => wrong(error, FIELDS)?,
        },
    };
    let reading = app.read(visit.caller, visit.organization).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    FormPage::again(shell, form(&visit, &reading, &typed), errors)
}

async fn invite(
    app: &App,
    visit: &Visit,
    site: &str,
    slip: &str,
    new: NewMemberInvitation,
) -> Result<HttpResponse, app::Error> {
    let back = format!("/o/{}/people/invitations", visit.slug);
    let make = Box::pin(async {
        let made = app.invite_member(visit.request(), new, site).await?.value;
        let (label, note) = match &made.invitation.email {
            Some(address) => (
                format!("the link for {address}"),
                "It is on its way by mail too. Whoever has it can use it, once.".to_owned(),
            ),
            None => (
                "the link to hand over".to_owned(),
                "Send it to the person yourself. Whoever has it can use it, once.".to_owned(),
            ),
        };
        let token = format!("{site}/invitations/{}", made.token.as_str());
        let about = About { holder: "An invitation".to_owned(), back, note };
        Ok((about, vec![Secret { label, id: String::new(), token }]))
    });
    once(app, visit, slip, make).await
}

impl Typed {
    fn read(&self, reading: &Reading) -> Result<NewMemberInvitation, Errors> {
        let mut errors = Errors::none();
        let places = self.places(reading, &mut errors);
        let role = ROLES.into_iter().find(|role| role.as_str() == self.role);
        if role.is_none() {
            errors.note("role", "choose a role");
        }
        let days = self.days.parse().ok();
        if days.is_none() {
            errors.note("days", "choose how long it waits");
        }
        let email = Some(self.email.trim().to_owned()).filter(|email| !email.is_empty());
        let Some(role) = role.filter(|_| errors.is_empty()) else { return Err(errors) };
        let accepts_identity = self.accepts_identity();
        Ok(NewMemberInvitation { email, role, places, days, accepts_identity })
    }

    /// Whether it lets somebody else act as whoever is invited, or as an owner.
    fn is_dangerous(&self) -> bool {
        self.accepts_identity() || self.role == OrganizationRole::Owner.as_str()
    }

    /// Where they start. A place wants a role, and a role a place.
    fn places(&self, reading: &Reading, errors: &mut Errors) -> Vec<InvitedPlace> {
        let facts = &reading.facts;
        let chosen: Vec<_> = self.workspaces.iter().filter(|text| !text.is_empty()).collect();
        let role = self.role_there.parse().ok().filter(|role| facts.role(*role).is_some());
        if role.is_none() && !chosen.is_empty() {
            errors.note("as", "choose the role that they hold in these workspaces");
        }
        if chosen.is_empty() && !self.role_there.is_empty() {
            errors.note("workspaces", "choose the workspaces in which they hold that role");
        }
        let found = chosen.into_iter().map(|text| text.parse().ok());
        let found = found.map(|id| id.filter(|id| facts.workspace(*id).is_some()));
        let Some(found) = found.collect::<Option<Vec<_>>>() else {
            errors.note("workspaces", "one of these workspaces is no longer there: choose again");
            return Vec::new();
        };
        let Some(role) = role else { return Vec::new() };
        found.into_iter().map(|workspace| InvitedPlace { workspace, role }).collect()
    }

    fn accepts_identity(&self) -> bool {
        self.accepts_identity == "on"
    }
}

fn form(visit: &Visit, reading: &Reading, typed: &Typed) -> FormView {
    let people = format!("/o/{}/people", visit.slug);
    let may = |role: &OrganizationRole| {
        reading.may(Action::MemberInvitationCreate, On::Invited(MemberInvitationId::MAX, *role))
    };
    let roles = ROLES.iter().filter(|role| may(role));
    let roles = roles.map(|role| Choice::new(role.as_str(), title(*role)).hint(means(*role)));
    let role = if typed.role.is_empty() { "member" } else { &typed.role };
    let days = if typed.days.is_empty() { USUAL } else { &typed.days };
    FormView {
        crumbs: vec![(people.clone(), "People".to_owned())],
        title: "Invite a person".to_owned(),
        lede: "They open a link, say who they are, and are here: in the workspaces that you choose, and with no agent."
            .to_owned(),
        fields: vec![
            (
                Kind::Email,
                FieldView::new("email", "E-mail address")
                    .hint("Where the link is sent. Left empty, you hand the link over yourself.")
                    .value(&typed.email)
                    .autocomplete("off")
                    .optional(),
            ),
            (Kind::Radio, FieldView::new("role", "Role in the organization").choices(roles).value(role)),
        ]
        .into_iter()
        .chain(places(reading, typed))
        .chain([
            (
                Kind::Select,
                FieldView::new("days", "How long it waits")
                    .choices(WAITS.map(|(value, label)| Choice::new(value, label)))
                    .value(days),
            ),
            (Kind::Checkbox, accepts_identity(reading, typed)),
        ])
        .collect(),
        hidden: vec![("slip".to_owned(), typed.slip.clone())],
        button: "Make the invitation".to_owned(),
        consequence: "The link is shown once, on the next page.".to_owned(),
        action: format!("{people}/invite"),
        back: people,
    }
}

/// Where they start, and as what. Nothing where there is no workspace or no role yet.
fn places(reading: &Reading, typed: &Typed) -> Vec<(Kind, FieldView)> {
    let facts = &reading.facts;
    let by_name =
        |choices: &mut Vec<Choice>| choices.sort_by_cached_key(|choice| choice.label.to_lowercase());
    let mut workspaces: Vec<Choice> = facts
        .list_workspaces(None)
        .map(|workspace| Choice {
            is_chosen: typed.workspaces.contains(&workspace.id.to_string()),
            ..Choice::new(workspace.id.to_string(), workspace.name.to_string())
        })
        .collect();
    let mut roles: Vec<Choice> =
        facts.list_roles(None).map(|role| Choice::new(role.id.to_string(), role.name.to_string())).collect();
    if workspaces.is_empty() || roles.is_empty() {
        return Vec::new();
    }
    by_name(&mut workspaces);
    by_name(&mut roles);
    let none = std::iter::once(Choice::new("", "No role"));
    vec![
        (
            Kind::Checkbox,
            FieldView::new("workspaces", "Workspaces they start in")
                .hint("A guest sees only these. More can be given once they are here.")
                .optional()
                .choices(workspaces),
        ),
        (
            Kind::Select,
            FieldView::new("as", "Role in these workspaces")
                .hint("What they may call there.")
                .optional()
                .choices(none.chain(roles))
                .value(&typed.role_there),
        ),
    ]
}

/// Whether the account of another organization's provider, by which they may be signed in, is accepted with it.
fn accepts_identity(reading: &Reading, typed: &Typed) -> FieldView {
    let hint = if reading.facts.enforced_connection().is_some() {
        "Your organization demands its own provider. While it does, this opens nothing."
    } else {
        "The one account that they are signed in as when they accept. Whoever runs that provider can then come in here as \
         them. It asks you to prove again who you are."
    };
    let choice = Choice::new("on", "They may come in through their own organization's provider").hint(hint);
    FieldView::new("accepts_identity", "How they come in").choices([choice]).value(&typed.accepts_identity)
}
