//! Who is invited, and taking an invitation back.

use std::collections::BTreeSet;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, member_invitations};
use askama::Template;
use decision::{Action, On};
use model::{MemberInvitation, MemberInvitationId, MemberInvitationState, OrganizationRole, Timestamp};

use super::title;
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::{Redirect, Section, Shell, filters, page};
use crate::session::{Form, NoFields, Visit};

/// Older ones that are over are in the audit log.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "people/invited.html")]
struct Page {
    shell: Shell,
    rows: Vec<Row>,
    invite: Ability,
}

/// An invitation.
struct Row {
    id: String,
    whom: String,
    role: &'static str,
    /// The workspaces that they enter.
    places: String,
    inviter: String,
    ends_at: Timestamp,
    state: &'static str,
    /// Who came by it.
    came: Option<(String, String)>,
    withdraw: bool,
    /// Whether the account that they come with is accepted with it.
    accepts_identity: bool,
}

/// The invitations, the newest first.
#[get("/o/{org}/people/invitations")]
pub(super) async fn list(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    reading.check(Action::MemberInvitationRead, On::Organization)?;
    let mut all: Vec<_> = reading.facts.list_member_invitations(None).collect();
    all.sort_by_key(|invitation| std::cmp::Reverse((invitation.created_at, invitation.id)));
    let on = On::Invited(MemberInvitationId::MAX, OrganizationRole::Guest);
    page(&Page {
        rows: all.into_iter().take(SHOWN).map(|invitation| Row::of(&reading, invitation)).collect(),
        invite: Ability::of(&reading, Action::MemberInvitationCreate, on),
        shell: Shell::of(&request, &visit, &reading.facts, Section::People),
    })
}

/// Takes one back: its link leads nowhere from then on.
#[post("/o/{org}/people/invitations/{member_invitation}/withdraw")]
pub(super) async fn withdraw(
    app: Data<App>,
    visit: Visit,
    path: Path<(String, MemberInvitationId)>,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    let there = Redirect::to(format!("/o/{}/people/invitations", visit.slug));
    let id = path.1;
    match app.change(visit.request(), |planning| member_invitations::withdraw(planning, id, "")).await {
        Ok(_) => Ok(there.saying("It is taken back. Its link leads nowhere.").into()),
        // Somebody came by it, or somebody else was faster: the list says which.
        Err(app::Error::Conflict { detail, .. }) => Ok(there.saying(format!("{detail}.")).into()),
        Err(error) => Err(error.into()),
    }
}

impl Row {
    fn of(reading: &Reading, invitation: &MemberInvitation) -> Self {
        let called = |id| reading.facts.user(id).map(|user| user.name.to_string()).unwrap_or_default();
        let state = invitation.word_at(reading.now);
        let on = On::Invited(invitation.id, invitation.role);
        Self {
            id: invitation.id.to_string(),
            whom: invitation.email.clone().unwrap_or_else(|| "Whoever has the link".to_owned()),
            role: title(invitation.role),
            places: places(reading, invitation),
            inviter: called(invitation.invited_by),
            ends_at: invitation.ends_at,
            state,
            came: match &invitation.state {
                MemberInvitationState::Accepted { user, .. } => Some((user.to_string(), called(*user))),
                _ => None,
            },
            accepts_identity: invitation.accepts_identity,
            withdraw: matches!(state, "pending") && reading.may(Action::MemberInvitationWithdraw, on),
        }
    }
}

/// The names of the workspaces of an invitation, each once.
fn places(reading: &Reading, invitation: &MemberInvitation) -> String {
    let workspace = |id| reading.facts.workspace(id).map(|workspace| workspace.name.to_string());
    let names = invitation.places.iter().filter_map(|place| workspace(place.workspace));
    names.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
}
