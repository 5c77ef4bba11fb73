use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::identities::{OutsideIdentity, Standing};
use app::{App, Error, Reading};
use decision::{Action, On};
use serde::Deserialize;

use super::identities::{IdentityPath, seen_identity, there};
use super::name;
use crate::Problem;
use crate::pages::again::wrong;
use crate::pages::{Confirm, Consequence, FieldView, Flash, Redirect, Section, Shell, Tone};
use crate::session::{Form, Visit};

/// Why an account is withdrawn.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WithdrawForm {
    reason: String,
}

/// Says what follows from withdrawing an account, or from declining one.
#[get("/o/{org}/people/{person}/identities/{identity}/withdraw")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<IdentityPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let identity = seen_identity(&app, &visit, &reading, &path).await?;
    reading.require(Action::IdentityWithdraw, On::Member(path.person))?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    Confirm::page(shell, consequence(&visit, &reading, &path, &identity, String::new()))
}

/// Withdraws or declines it.
#[post("/o/{org}/people/{person}/identities/{identity}/withdraw")]
pub(super) async fn submit(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<IdentityPath>,
    form: Form<WithdrawForm>,
) -> Result<HttpResponse, Problem> {
    let Form(WithdrawForm { reason }) = form;
    let back = Redirect::to(there(&visit, &path));
    let error = match app.withdraw_identity(visit.request(), path.person, path.identity, &reason).await {
        Ok(_) => return Ok(back.saying("That account opens nothing here.").into()),
        // Pressed twice, or by two people: what was wanted is so.
        Err(Error::NotFound(_)) => {
            let text = "That account was withdrawn already.".to_owned();
            return Ok(back.flashing(Flash { tone: Tone::Mind, text }).into());
        }
        Err(error) => error,
    };
    let errors = wrong(error, &["reason"])?;
    let reading = app.read(visit.caller, visit.organization).await?;
    let identity = seen_identity(&app, &visit, &reading, &path).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::People);
    Confirm::again(shell, consequence(&visit, &reading, &path, &identity, reason), errors)
}

fn consequence(
    visit: &Visit,
    reading: &Reading,
    path: &IdentityPath,
    identity: &OutsideIdentity,
    reason: String,
) -> Consequence {
    let (name, there) = (name(&reading.facts, path.person), there(visit, path));
    let OutsideIdentity { issuer, subject, .. } = identity;
    let (verb, sentence) = match identity.standing {
        Standing::Asked { .. } => (
            "Decline",
            format!(
                "{name} does not come in by {subject} at {issuer}. They stay a member, and can ask again."
            ),
        ),
        Standing::Accepted { .. } => (
            "Withdraw",
            format!(
                "Every session of {name} that came in by {subject} at {issuer} opens nothing here from the next click on. \
                 Their keys and agents go on, other organizations are not touched, and they can still sign in by \
                 another way: suspend them if they should not."
            ),
        ),
    };
    Consequence {
        title: format!("{verb} the account {subject}?"),
        sentence,
        button: format!("{verb} it"),
        action: format!("{there}/identities/{}/withdraw", path.identity),
        back: there,
        fields: vec![FieldView::reason(reason)],
        ..Consequence::default()
    }
}
