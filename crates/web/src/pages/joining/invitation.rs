use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::identities::Joining;
use app::member_invitations::{Newcomer, Shown};
use app::{App, Error};
use askama::Template;
use model::{Name, NameError, Session};
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
    /// What becomes of the way in by which they are.
    joining: Option<Joining>,
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
    let session = found(&request).await?.map(|found| found.session);
    secret_page(&form(&request, &app, &sign_up, &token, &shown, session.as_ref(), "", Errors::none()).await?)
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
                let session = here.as_ref().map(|found| &found.session);
                let errors = Errors::none().with("name", said(&wrong));
                let page = form(&request, &app, &sign_up, &token, &shown, session, name, errors).await?;
                return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
            }
        },
        _ => return over(&request),
    };
    let is_new = matches!(who, Newcomer::New(_));
    if is_new {
        count_newcomer(&request)?;
    }
    let session = here.as_ref().map(|found| &found.session).filter(|_| !is_new);
    let arrived = match app.accept_invitation(&token, who, session).await {
        Ok(changed) => changed.value,
        Err(Error::Conflict { code: "taken", .. }) => {
            return Ok(Redirect::to(home(&shown)).saying("You are a member here already.").response());
        }
        Err(Error::NotFound(_) | Error::Hidden(_) | Error::Denied(_)) => return over(&request),
        Err(error) => return Err(error.into()),
    };
    if let Some(session) = session {
        let is_open = app.place(session, &arrived.organization.to_string()).await?.is_some();
        let entrance = if is_open { home(&shown) } else { "/choose".to_owned() };
        return Ok(Redirect::to(entrance).saying(welcome(is_open)).response());
    }
    let before = here.map(|found| found.session.id);
    let opened = app.sign_in_newcomer(arrived.user, browser(&request), before).await?;
    signed_in(&app, &opened, "/account").await
}

/// What is said to a member who has just become one.
fn welcome(is_open: bool) -> &'static str {
    if is_open {
        "Welcome. You are a member now."
    } else {
        "You are a member now. The organization does not take the way you signed in here: sign in by another way to enter \
         it, or wait until it takes this one, if you asked for that by joining."
    }
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
    session: Option<&Session>,
    name: &str,
    errors: Errors,
) -> Result<Page, Problem> {
    let (mut known_as, mut joining) = (None, None);
    if let Some(session) = session {
        known_as = app.person(session.user).await?.map(|person| person.name.to_string());
        joining = Some(app.joining(shown, session).await?);
    }
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
        joining,
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
