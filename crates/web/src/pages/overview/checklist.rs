//! The first steps, until they are done, skipped or put away.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use app::onboarding::{Standing, Step};
use app::{App, Error, Reading};
use model::{OrganizationId, PrincipalId};
use serde::Deserialize;

use crate::Problem;
use crate::pages::history::who;
use crate::pages::{Redirect, Shell};
use crate::session::{Form, Visit};

/// The list as the page shows it.
pub(super) struct Checklist {
    pub(super) steps: Vec<Row>,
    pub(super) done: usize,
}

/// A step.
pub(super) struct Row {
    pub(super) number: usize,
    pub(super) title: &'static str,
    pub(super) sentence: &'static str,
    pub(super) standing: Standing,
    /// Who did it or skipped it, and when, in words. Empty: it is to be done.
    pub(super) by: String,
    pub(super) href: String,
    pub(super) act: &'static str,
    pub(super) code: &'static str,
}

impl Row {
    pub(super) fn is_open(&self) -> bool {
        self.standing == Standing::Open
    }

    pub(super) fn is_done(&self) -> bool {
        matches!(self.standing, Standing::Done(_))
    }
}

/// The list, if there is something left of it and the reader may do it.
pub(super) async fn checklist(
    app: &App,
    reading: &Reading,
    shell: &Shell,
    organization: OrganizationId,
) -> Result<Option<Checklist>, Error> {
    let Some(steps) = app.onboarding(reading, organization).await? else { return Ok(None) };
    let done = steps.iter().filter(|(_, standing)| matches!(standing, Standing::Done(_))).count();
    let rows = steps.into_iter().enumerate();
    let rows = rows.map(|(at, (step, standing))| row(reading, shell, at + 1, step, standing));
    Ok(Some(Checklist { steps: rows.collect(), done }))
}

fn row(reading: &Reading, shell: &Shell, number: usize, step: Step, standing: Standing) -> Row {
    let (title, sentence, path, act) = words(step);
    let named = |id| who(&reading.facts, id);
    let by = match &standing {
        Standing::Open | Standing::Done(None) => String::new(),
        Standing::Done(Some((id, at))) => format!("{}, {}", named(*id), shell.zone.day(*at).text),
        Standing::Skipped(user, at) => {
            let name = named(Some(PrincipalId::User(*user)));
            format!("Skipped by {name}, {}", shell.zone.day(*at).text)
        }
    };
    let href = match step {
        Step::Decision => first_gateway(reading, shell),
        _ => shell.path(path),
    };
    Row { number, title, sentence, standing, by, href, act, code: step.code() }
}

/// Where the first call is waited for: at the gateway that was registered last.
fn first_gateway(reading: &Reading, shell: &Shell) -> String {
    let newest = reading.facts.list_gateways(None).max_by_key(|gateway| gateway.id);
    newest.map_or_else(|| shell.path("/gateways"), |gateway| shell.path(&format!("/gateways/{}", gateway.id)))
}

/// Its title, what it is good for, its page, and what the button says.
fn words(step: Step) -> (&'static str, &'static str, &'static str, &'static str) {
    match step {
        Step::Name => (
            "Name the organization",
            "The name stands on every page and in every letter.",
            "/settings/general",
            "Change the name",
        ),
        Step::Domain => (
            "Prove a domain",
            "Whoever signs in with an address of it is led here. It takes a record in DNS; you can leave the page meanwhile.",
            "/settings/sign-in",
            "Prove a domain",
        ),
        Step::SignIn => (
            "Connect sign-in",
            "People use the account they have: Okta, Entra, Google or any OpenID Connect provider. It is tested before it counts.",
            "/settings/sign-in",
            "Connect a provider",
        ),
        Step::Workspace => (
            "Add a workspace",
            "Where people and their agents meet tools. A server is offered in workspaces.",
            "/workspaces/new",
            "Add a workspace",
        ),
        Step::Agent => (
            "Create your first agent",
            "A colleague that is not a person: its own id, one person who answers for it, and no access until you give some.",
            "/agents/new",
            "New agent",
        ),
        Step::Gateway => (
            "Connect a gateway",
            "What stands before your MCP servers asks here about every call. Ready configurations for nginx, Caddy, Envoy and code.",
            "/gateways/new",
            "New gateway",
        ),
        Step::Decision => (
            "See your first decision",
            "Let the agent call a tool through the gateway. The answer appears with its reason.",
            "/gateways",
            "Watch for it",
        ),
    }
}

/// Which step; none: the whole list.
#[derive(Debug, Deserialize)]
pub(super) struct SkipForm {
    #[serde(default)]
    step: String,
}

/// Skips a step.
#[post("/o/{org}/onboarding/skip")]
pub(super) async fn skip(
    app: Data<App>,
    visit: Visit,
    sent: Form<SkipForm>,
) -> Result<HttpResponse, Problem> {
    let step =
        Step::EVERY.into_iter().find(|step| step.code() == sent.0.step).ok_or_else(Problem::not_found)?;
    let reading = app.read(visit.caller, visit.organization).await?;
    app.skip_step(&reading, visit.organization, visit.user, Some(step)).await?;
    Ok(Redirect::to(format!("/o/{}", visit.slug))
        .saying("The step is skipped. Its page stays where it is.")
        .into())
}

/// Puts the whole list away.
#[post("/o/{org}/onboarding/dismiss")]
pub(super) async fn dismiss(
    app: Data<App>,
    visit: Visit,
    _sent: Form<SkipForm>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    app.skip_step(&reading, visit.organization, visit.user, None).await?;
    let there = Redirect::to(format!("/o/{}", visit.slug));
    Ok(there.saying("The first steps are put away. Settings, General brings them back.").into())
}

/// Shows it again.
#[post("/o/{org}/onboarding/show")]
pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    _sent: Form<SkipForm>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    app.unskip_steps(&reading, visit.organization).await?;
    Ok(Redirect::to(format!("/o/{}", visit.slug))
        .saying("What is left of the first steps is shown again.")
        .into())
}
