use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use app::{App, Reading, gateways};
use decision::{Action, On};
use model::{Gateway, GatewayState, Holder};
use serde::Deserialize;

use super::{GatewayPath, seen};
use crate::Problem;
use crate::pages::again::wrong;
use crate::pages::{Confirm, Consequence, Errors, FieldView, Flash, Redirect, Section, Shell, Tone};
use crate::session::{Form, Fresh, Visit};

/// Why, and the name where it has to be typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ActForm {
    reason: String,
    confirm: String,
}

/// Says what a pause means.
#[get("/o/{org}/gateways/{gateway}/pause")]
pub(super) async fn ask_pause(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<GatewayPath>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let gateway = seen(&reading, &path)?;
    may(&reading, gateway, Action::GatewayPause)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Gateways);
    let asked = pausing(&shell, gateway, "", &Errors::none());
    Confirm::page(shell, asked)
}

/// Holds it.
#[post("/o/{org}/gateways/{gateway}/pause")]
pub(super) async fn pause(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<GatewayPath>,
    sent: Form<ActForm>,
) -> Result<HttpResponse, Problem> {
    let reason = sent.0.reason;
    let reading = app.read(visit.caller, visit.organization).await?;
    let gateway = seen(&reading, &path)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Gateways);
    let there = Redirect::to(shell.path(&format!("/gateways/{}", gateway.id)));
    if !matches!(gateway.state, GatewayState::Active) {
        return Ok(there.saying("It was held already.").into());
    }
    if reason.trim().is_empty() {
        let errors = unsaid();
        let asked = pausing(&shell, gateway, &reason, &errors);
        return Confirm::again(shell, asked, errors);
    }
    let id = gateway.id;
    match app.change(visit.request(), |p| gateways::pause(p, id, &reason)).await {
        Ok(changed) => Ok(there
            .saying(format!(
                "{} is paused. Whatever it asks is denied, after {} ms.",
                gateway.name, changed.receipt.took_ms
            ))
            .into()),
        Err(error) => {
            let errors = wrong(error, &["reason"])?;
            let asked = pausing(&shell, gateway, &reason, &errors);
            Confirm::again(shell, asked, errors)
        }
    }
}

/// Lets it ask again.
#[post("/o/{org}/gateways/{gateway}/resume")]
pub(super) async fn resume(
    app: Data<App>,
    visit: Visit,
    path: Path<GatewayPath>,
    _sent: Form<ActForm>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let gateway = seen(&reading, &path)?;
    let id = gateway.id;
    let there = Redirect::to(format!("/o/{}/gateways/{id}", visit.slug));
    match app.change(visit.request(), |p| gateways::resume(p, id, "resumed on its page")).await {
        Ok(_) => Ok(there.saying(format!("{} may ask again.", gateway.name)).into()),
        Err(error) => {
            let text = wrong(error, &[])?.text();
            Ok(there.flashing(Flash { tone: Tone::Mind, text }).into())
        }
    }
}

/// Says what revoking means.
#[get("/o/{org}/gateways/{gateway}/revoke")]
pub(super) async fn ask_revoke(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<GatewayPath>,
) -> Result<HttpResponse, Problem> {
    let Fresh(visit) = visit;
    let reading = app.read(visit.caller, visit.organization).await?;
    let gateway = seen(&reading, &path)?;
    may(&reading, gateway, Action::GatewayRevoke)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Gateways);
    let asked = revoking(&shell, &reading, gateway, "", &Errors::none());
    Confirm::page(shell, asked)
}

/// Ends it for ever, with its keys.
#[post("/o/{org}/gateways/{gateway}/revoke")]
pub(super) async fn revoke(
    request: HttpRequest,
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<GatewayPath>,
    sent: Form<ActForm>,
) -> Result<HttpResponse, Problem> {
    let Fresh(visit) = visit;
    let ActForm { reason, confirm } = sent.0;
    let reading = app.read(visit.caller, visit.organization).await?;
    let gateway = seen(&reading, &path)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Gateways);
    let there = Redirect::to(shell.path("/gateways"));
    if matches!(gateway.state, GatewayState::Revoked(_)) {
        return Ok(there.saying(format!("{} was revoked already.", gateway.name)).into());
    }
    let mut errors = if reason.trim().is_empty() { unsaid() } else { Errors::none() };
    if confirm.trim() != gateway.name.as_str() {
        errors.note("confirm", "type the name exactly as it is shown");
    }
    if !errors.is_empty() {
        let asked = revoking(&shell, &reading, gateway, &reason, &errors);
        return Confirm::again(shell, asked, errors);
    }
    let id = gateway.id;
    match app.change(visit.request(), |p| gateways::revoke(p, id, &reason)).await {
        Ok(changed) => {
            let text =
                format!("{} is revoked with its keys, after {} ms.", gateway.name, changed.receipt.took_ms);
            Ok(there.saying(text).into())
        }
        Err(error) => {
            let errors = wrong(error, &["reason"])?;
            let asked = revoking(&shell, &reading, gateway, &reason, &errors);
            Confirm::again(shell, asked, errors)
        }
    }
}

/// What is wrong where nothing is said.
fn unsaid() -> Errors {
    Errors::none().with("reason", "Say why: whoever looks at it later will read it.")
}

fn may(reading: &Reading, gateway: &Gateway, action: Action) -> Result<(), Problem> {
    match reading.why_not(action, On::Gateway(gateway.id)) {
        Some(reason) => Err(Problem::denied(reason)),
        None => Ok(()),
    }
}

fn why(reason: &str, errors: &Errors) -> Vec<FieldView> {
    let hint = "Stands in the evidence.";
    vec![FieldView::new("reason", "Reason").hint(hint).value(reason).wrong(errors)]
}

fn pausing(shell: &Shell, gateway: &Gateway, reason: &str, errors: &Errors) -> Consequence {
    let there = shell.path(&format!("/gateways/{}", gateway.id));
    Consequence {
        title: format!("Pause {}?", gateway.name),
        sentence:
            "Whatever it asks is denied until it is resumed: every agent behind it is refused. Its keys stay."
                .to_owned(),
        button: "Pause it".to_owned(),
        action: format!("{there}/pause"),
        back: there,
        fields: why(reason, errors),
        ..Consequence::default()
    }
}

fn revoking(
    shell: &Shell,
    reading: &Reading,
    gateway: &Gateway,
    reason: &str,
    errors: &Errors,
) -> Consequence {
    let there = shell.path(&format!("/gateways/{}", gateway.id));
    let keys =
        reading.facts.keys_of(Holder::Gateway(gateway.id)).filter(|key| key.counts_at(reading.now)).count();
    Consequence {
        title: format!("Revoke {} for ever?", gateway.name),
        sentence: "Its keys end in the same moment. What it asks is not answered any more, so a gateway that fails closed lets nothing pass.".to_owned(),
        counts: vec![(keys, "Keys that end".to_owned())],
        button: "Revoke it".to_owned(),
        action: format!("{there}/revoke"),
        back: there,
        fields: why(reason, errors),
        type_name: Some(gateway.name.to_string()),
        is_final: true,
        ..Consequence::default()
    }
}
