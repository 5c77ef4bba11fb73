use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::member_invitations::{Newcomer, Shown};
use app::{App, Error};
use askama::Template;
use model::{Name, NameError, UserId};
use serde::Deserialize;

use crate::Problem;
use crate::pages::sign_in::signed_in;
use crate::pages::{Bare, Errors, FieldView, Redirect, filters, page_with, secret_page};
use crate::serving::SignUp;
use crate::session::{OpenForm, browser, count_newcomer, found};

#[derive(Template)]
#[template(path = "joining/invitation.html")]
struct Page {
    shell: Bare,
    token: String,
    organization: String,
    inviter: String,
    /// With its article: `an admin`.
    role: String,
    workspaces: Vec<String>,
    ends: String,
    /// Who is signed in here.
    known_as: Option<String>,
    /// Whether somebody whom nobody knows yet may come.
    may_be_new: bool,
    name: FieldView,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "joining/over.html")]
struct Over {
    shell: Bare,
}

#[derive(Debug, Deserialize)]
pub(super) struct Fields {
    /// What somebody new is called. Left out by who is signed in.
    #[serde(default)]
    name: String,
}

/// Says who invites where, and has a button for it: looking accepts nothing.
#[get("/invitations/{token}")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    sign_up: Data<SignUp>,
    token: Path<String>,
) -> Result<HttpResponse, Problem> {
    let Ok(shown) = app.invitation_behind(&token).await else { return over(&request) };
    let user = found(&request).await?.map(|found| found.session.user);
    secret_page(&form(&request, &app, &sign_up, &token, &shown, user, "", Errors::none()).await?)
}

/// The person becomes a member: as who is signed in here, or as somebody new, who is then signed in.
#[post("/invitations/{token}")]
pub(super) async fn accept(
    request: HttpRequest,
    app: Data<App>,
    sign_up: Data<SignUp>,
    token: Path<String>,
    fields: OpenForm<Fields>,
) -> Result<HttpResponse, Problem> {
    let Ok(shown) = app.invitation_behind(&token).await else { return over(&request) };
    let OpenForm(Fields { name }) = fields;
    let here = found(&request).await?;
    let who = match (&here, name.trim()) {
        (Some(found), "") => Newcomer::Known(found.session.user),
        (_, name) if *sign_up.get_ref() != SignUp::Closed => match name.parse::<Name>() {
            Ok(name) => Newcomer::New(name),
            Err(wrong) => {
                let user = here.map(|found| found.session.user);
                let errors = Errors::none().with("name", said(&wrong));
                let page = form(&request, &app, &sign_up, &token, &shown, user, name, errors).await?;
                return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
            }
        },
        _ => return over(&request),
    };
    let is_new = matches!(who, Newcomer::New(_));
    if is_new {
        count_newcomer(&request)?;
    }
    let arrived = match app.accept_invitation(&token, who).await {
        Ok(changed) => changed.value,
        Err(Error::Conflict { code: "taken", .. }) => {
            return Ok(Redirect::to(home(&shown)).saying("You are a member here already.").response());
        }
        Err(Error::NotFound(_) | Error::Hidden(_) | Error::Denied(_)) => return over(&request),
        Err(error) => return Err(error.into()),
    };
    if !is_new {
        return Ok(Redirect::to(home(&shown)).saying("Welcome. You are a member now.").response());
    }
    let before = here.map(|found| found.session.id);
    let opened = app.sign_in_newcomer(arrived.user, browser(&request), before).await?;
    signed_in(&app, &opened, "/account").await
}

fn home(shown: &Shown) -> String {
    let slug = shown.facts.organization().map(|organization| organization.slug.to_string());
    format!("/o/{}", slug.unwrap_or_default())
}

/// What is wrong with a name, as a sentence.
pub(super) fn said(wrong: &NameError) -> String {
    format!("Enter a name: {wrong}.")
}

#[expect(clippy::too_many_arguments, reason = "the page, as it is shown and as it is shown again")]
async fn form(
    request: &HttpRequest,
    app: &App,
    sign_up: &SignUp,
    token: &str,
    shown: &Shown,
    user: Option<UserId>,
    name: &str,
    errors: Errors,
) -> Result<Page, Problem> {
    let known_as = match user {
        Some(user) => app.person(user).await?.map(|person| person.name.to_string()),
        None => None,
    };
    let (facts, invitation) = (&shown.facts, &shown.invitation);
    let workspace =
        |place: &model::InvitedPlace| facts.workspace(place.workspace).map(|w| w.name.to_string());
    let inviter = facts.user(invitation.invited_by).map(|user| user.name.to_string());
    let role = invitation.role.as_str();
    let article = if role.starts_with(['a', 'o']) { "an" } else { "a" };
    Ok(Page {
        shell: Bare::of(request),
        token: token.to_owned(),
        organization: facts.organization().map(|o| o.name.to_string()).unwrap_or_default(),
        inviter: inviter.unwrap_or_default(),
        role: format!("{article} {role}"),
        workspaces: invitation.places.iter().filter_map(workspace).collect(),
        ends: invitation.ends_at.format("%-d %B %Y, %H:%M UTC").to_string(),
        known_as,
        may_be_new: *sign_up != SignUp::Closed,
        name: FieldView::new("name", "Your name")
            .hint("As your colleagues know you.")
            .value(name)
            .autocomplete("name")
            .wrong(&errors),
        errors,
    })
}

/// An invitation that cannot be accepted: used, withdrawn, too old, or never made. All look the same.
fn over(request: &HttpRequest) -> Result<HttpResponse, Problem> {
    page_with(StatusCode::GONE, &Over { shell: Bare::of(request) })
}
