use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::accounts::BREAK_GLASS_LIMIT;
use app::{App, Error, Reading};
use askama::Template;
use decision::{Action, On};
use model::{OrganizationRole, UserId};
use serde::Deserialize;

use super::home;
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::again::wrong;
use crate::pages::break_glass_notice::{Use, uses};
use crate::pages::{Choice, Errors, FieldView, Flash, Redirect, Section, Shell, filters, page_with};
use crate::session::{Form, Fresh, NoFields, Visit};

/// What was done with break-glass is shown for so many days: a quarter, as access is reviewed.
const SHOWN_DAYS: i64 = 90;

#[derive(Template)]
#[template(path = "ways_in/break_glass.html")]
struct Page {
    shell: Shell,
    there: String,
    is_enforced: bool,
    /// Whether somebody could still mend sign-in while the provider is down.
    is_covered: bool,
    named: Vec<Row>,
    consequence: String,
    add: Ability,
    remove: Ability,
    user: FieldView,
    uses: Vec<Use>,
    errors: Errors,
}

/// Somebody who may come in past the provider.
struct Row {
    id: String,
    name: String,
    role: &'static str,
    can_sign_in: bool,
}

/// Whom to name.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Named {
    #[serde(default)]
    user: String,
}

/// Whose account is taken back.
#[derive(Debug, Deserialize)]
struct UserPath {
    user: UserId,
}

/// Shows who may come in past the provider, and who did.
#[get("/o/{org}/settings/sign-in/break-glass")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
) -> Result<HttpResponse, Problem> {
    form(&request, &app, &visit, "", Errors::none()).await
}

/// Names somebody.
#[post("/o/{org}/settings/sign-in/break-glass")]
pub(super) async fn add(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
    sent: Form<Named>,
) -> Result<HttpResponse, Problem> {
    let (Fresh(visit), Form(sent)) = (visit, sent);
    let Ok(user) = sent.user.parse::<UserId>() else {
        let errors = Errors::none().with("user", "Choose somebody.");
        return form(&request, &app, &visit, &sent.user, errors).await;
    };
    match app.add_break_glass(visit.request(), user).await {
        Ok(_) => {
            let said = "They may come in past your provider now. Each time, every owner and admin is told.";
            Ok(Redirect::to(there(&visit)).saying(said).into())
        }
        Err(error) => form(&request, &app, &visit, &sent.user, wrong(error, &["user"])?).await,
    }
}

/// Takes it back.
#[post("/o/{org}/settings/sign-in/break-glass/{user}/remove")]
pub(super) async fn remove(
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<UserPath>,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    let Fresh(visit) = visit;
    match app.remove_break_glass(visit.request(), path.user).await {
        Ok(_) => {
            let said = "The account is taken back, and what it opened has ended.";
            Ok(Redirect::to(there(&visit)).saying(said).into())
        }
        Err(Error::Conflict { detail, .. }) => {
            Ok(Redirect::to(there(&visit)).flashing(Flash::failed(&detail)).into())
        }
        Err(error) => Err(error.into()),
    }
}

fn there(visit: &Visit) -> String {
    format!("{}/break-glass", home(&visit.slug))
}

async fn form(
    request: &HttpRequest,
    app: &App,
    visit: &Visit,
    typed: &str,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let accounts = app.break_glass(&reading, visit.organization).await?;
    let facts = &reading.facts;
    let shell = Shell::of(request, visit, facts, Section::Settings);
    let named: Vec<Row> = accounts
        .iter()
        .map(|account| Row {
            id: account.user.to_string(),
            name: facts.user(account.user).map(|user| user.name.to_string()).unwrap_or_default(),
            role: facts.member(account.user).map_or("gone", |member| member.role.as_str()),
            can_sign_in: account.can_sign_in,
        })
        .collect();
    let administers = |user| facts.member(user).is_some_and(|member| member.role >= OrganizationRole::Admin);
    let taken: Vec<UserId> = accounts.iter().map(|account| account.user).collect();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Page {
        there: there(visit),
        is_enforced: facts.enforced_connection().is_some(),
        is_covered: accounts.iter().any(|account| account.can_sign_in && administers(account.user)),
        consequence: format!(
            "At most {BREAK_GLASS_LIMIT} people. Each sign-in by it is told to every owner and admin, by mail and on the overview."
        ),
        add: Ability::of(&reading, Action::BreakGlassAdd, On::Member(visit.user))
            .unless(named.len() >= BREAK_GLASS_LIMIT as usize, "There are two. Take one back first."),
        remove: Ability::of(&reading, Action::BreakGlassRemove, On::Member(visit.user)),
        user: choice(&reading, &taken, typed).wrong(&errors),
        uses: uses(app, &reading, visit.organization, shell.zone, SHOWN_DAYS).await?,
        named,
        errors,
        shell,
    };
    page_with(status, &page)
}

/// Whom to choose among: owners and admins, who could mend what keeps the others out.
fn choice(reading: &Reading, taken: &[UserId], typed: &str) -> FieldView {
    let facts = &reading.facts;
    let able = facts
        .list_members(None)
        .filter(|member| member.is_active() && member.role >= OrganizationRole::Admin)
        .filter(|member| !taken.contains(&member.user));
    let choices = able.map(|member| {
        let name = facts.user(member.user).map(|user| user.name.to_string()).unwrap_or_default();
        Choice::new(member.user.to_string(), format!("{name}, {}", member.role.as_str()))
    });
    FieldView::new("user", "Who")
        .hint("An owner or admin who has a passkey, or a password with an authenticator, under Account.")
        .choices(std::iter::once(Choice::new("", "Choose somebody")).chain(choices))
        .value(typed)
}
