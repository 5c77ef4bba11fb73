//! `/o/{org}/invitations/{invitation}/accept`, `…/decline` and `…/withdraw`

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::{App, Reading, invitations, workspaces};
use decision::{Action, On, Reason};
use model::{FactKind, Invitation, InvitationId, InvitationState, PrincipalId};
use serde::Deserialize;

use super::row::Row;
use crate::Problem;
use crate::pages::again::wrong;
use crate::pages::{Confirm, Consequence, Errors, FieldView, Flash, Redirect, Section, Shell, Tone};
use crate::session::{Form, Visit};

/// Which invitation, and what to do with it.
#[derive(Debug, Deserialize)]
pub(super) struct AnswerPath {
    invitation: InvitationId,
    answer: Answer,
}

/// What can be done with an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    /// The workspace lets it in.
    Accept,
    /// The workspace keeps it out, or puts it out again.
    Decline,
    /// Its owner takes it back.
    Withdraw,
}

/// Why.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Why {
    reason: String,
}

/// Shows what follows.
#[get("/o/{org}/invitations/{invitation}/{answer}")]
pub(super) async fn ask(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<AnswerPath>,
) -> Result<HttpResponse, Error> {
    let (reading, invitation) = find(&app, &visit, path.invitation).await?;
    path.answer.is_theirs(&reading, &invitation)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Workspaces);
    let row = Row::of(&app, &reading, &shell, &invitation);
    let consequence = consequence(&shell, &row, path.answer, "", &Errors::none());
    Ok(Confirm::page(shell, consequence)?)
}

/// Does it.
#[post("/o/{org}/invitations/{invitation}/{answer}")]
pub(super) async fn give(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<AnswerPath>,
    form: Form<Why>,
) -> Result<HttpResponse, Error> {
    let (reading, invitation) = find(&app, &visit, path.invitation).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Workspaces);
    let row = Row::of(&app, &reading, &shell, &invitation);
    let back = shell.path("/invitations");
    if path.answer.is_done(&invitation.state) {
        let text = format!("It was {} already.", invitation.state.as_str());
        return Ok(Redirect::to(back).flashing(Flash { tone: Tone::Mind, text }).response());
    }
    let reason = form.0.reason;
    if path.answer == Answer::Decline && reason.trim().is_empty() {
        let errors = Errors::none().with("reason", format!("Say why: {} reads it.", row.owner));
        let consequence = consequence(&shell, &row, path.answer, &reason, &errors);
        return Ok(Confirm::again(shell, consequence, errors)?);
    }
    let id = invitation.id;
    let request = app::Request { home: Some(invitation.agent_organization), ..visit.request() };
    let changed = app
        .change(request, |planning| match path.answer {
            Answer::Accept => invitations::accept(planning, id, &reason),
            Answer::Decline => invitations::decline(planning, id, &reason),
            Answer::Withdraw => invitations::withdraw(planning, id, &reason),
        })
        .await;
    match changed {
        Ok(_) => Ok(Redirect::to(back).saying(path.answer.said(&row)).response()),
        Err(error) => {
            let errors = wrong(error, &["reason"])?;
            let consequence = consequence(&shell, &row, path.answer, &reason, &errors);
            Ok(Confirm::again(shell, consequence, errors)?)
        }
    }
}

async fn find(app: &App, visit: &Visit, id: InvitationId) -> Result<(Reading, Invitation), Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let found = reading
        .facts
        .invitation(id)
        .filter(|invitation| workspaces::may_see(&reading, invitation.agent, Some(invitation.invited_by)))
        .map(|invitation| Invitation::clone(invitation))
        .ok_or(app::Error::NotFound(FactKind::Invitation))?;
    app.engine.replica().hold(found.agent_organization).await.map_err(app::Error::from)?;
    Ok((reading, found))
}

impl Answer {
    fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Withdraw => "withdraw",
        }
    }

    /// Refuses the question to who may not answer it so, with the reason.
    fn is_theirs(self, reading: &Reading, invitation: &Invitation) -> Result<(), Problem> {
        let there = On::Workspace(invitation.workspace);
        let is_own = reading.caller.principal == Some(PrincipalId::User(invitation.invited_by));
        match self {
            Self::Accept => Ok(reading.require(Action::InvitationAccept, there)?),
            Self::Decline => Ok(reading.require(Action::InvitationDecline, there)?),
            Self::Withdraw if is_own => Ok(()),
            Self::Withdraw => Err(Problem::denied(Reason::NotYours)),
        }
    }

    fn is_done(self, state: &InvitationState) -> bool {
        matches!(
            (self, state),
            (Self::Accept, InvitationState::Accepted(_))
                | (Self::Decline, InvitationState::Declined(_))
                | (Self::Withdraw, InvitationState::Withdrawn(_))
        )
    }

    fn said(self, row: &Row) -> String {
        let (agent, place) = (&row.who.name, &row.workspace);
        match self {
            Self::Accept => format!("{agent} is in {place} now."),
            Self::Decline => format!("{agent} stays out of {place}. {} is told why.", row.owner),
            Self::Withdraw => format!("Taken back: {agent} is not in {place}."),
        }
    }
}

fn consequence(shell: &Shell, row: &Row, answer: Answer, reason: &str, errors: &Errors) -> Consequence {
    let (agent, place, owner) = (&row.who.name, &row.workspace, &row.owner);
    let (title, sentence, button) = match answer {
        Answer::Accept => (
            format!("Let {agent} into {place}?"),
            format!(
                "It may then do here what {owner} holds here and its own scope names, never more. If {owner} leaves, it leaves in the same moment."
            ),
            "Let it in",
        ),
        Answer::Decline => (
            format!("Keep {agent} out of {place}?"),
            format!("It does nothing here. {owner} sees your reason and may ask again."),
            "Keep it out",
        ),
        Answer::Withdraw => (
            format!("Take back the invitation of {agent}?"),
            format!("It does nothing in {place} from this moment on."),
            "Take it back",
        ),
    };
    let why = FieldView::new("reason", "Reason").hint(match answer {
        Answer::Decline => format!("{owner} reads it."),
        Answer::Accept | Answer::Withdraw => "Stands in the evidence.".to_owned(),
    });
    let why = if answer == Answer::Decline { why } else { why.optional() };
    Consequence {
        title,
        sentence,
        button: button.to_owned(),
        action: format!("{}/{}", row.path, answer.word()),
        back: shell.path("/invitations"),
        fields: vec![why.value(reason).wrong(errors)],
        ..Consequence::default()
    }
}
