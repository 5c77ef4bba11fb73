//! `/o/{org}/keys/{key}/revoke`

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::{App, Reading, Receipt, keys as use_cases};
use askama::Template;
use decision::{Action, On};
use keys::public_id;
use model::{Key, KeyState};
use serde::Deserialize;

use super::create::section;
use super::row::holder as called;
use super::{KeyPath, find};
use crate::Problem;
use crate::pages::again::wrong;
use crate::pages::{
    Confirm, Consequence, Errors, FieldView, Flash, Moment, Redirect, Shell, Tone, filters, page,
};
use crate::session::{Form, Fresh, Visit};

/// Why.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Why {
    reason: String,
}

#[derive(Template)]
#[template(path = "keys/revoked.html")]
struct Page {
    shell: Shell,
    public_id: String,
    holder: String,
    back: String,
    receipt: Receipt,
    nodes: Vec<(String, &'static str, Moment)>,
}

/// Shows what revoking means.
#[get("/o/{org}/keys/{key}/revoke")]
pub(super) async fn ask(
    app: Data<App>,
    request: HttpRequest,
    visit: Fresh<Visit>,
    path: Path<KeyPath>,
) -> Result<HttpResponse, Error> {
    let (reading, key) = find(&app, &visit.0, path.key).await?;
    if let Some(reason) = reading.why_not(Action::KeyRevoke, On::KeysOf(key.holder)) {
        return Err(Problem::denied(reason).into());
    }
    let shell = Shell::of(&request, &visit.0, &reading.facts, section(key.holder));
    let consequence = consequence(&shell, &reading, &key, "", &Errors::none());
    Ok(Confirm::page(shell, consequence)?)
}

/// Ends it at once, and shows the receipt.
#[post("/o/{org}/keys/{key}/revoke")]
pub(super) async fn revoke(
    app: Data<App>,
    request: HttpRequest,
    visit: Fresh<Visit>,
    path: Path<KeyPath>,
    form: Form<Why>,
) -> Result<HttpResponse, Error> {
    let visit = visit.0;
    let (reading, key) = find(&app, &visit, path.key).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, section(key.holder));
    if matches!(key.state, KeyState::Revoked(_)) {
        let flash = Flash { tone: Tone::Mind, text: "It was revoked already.".to_owned() };
        return Ok(Redirect::to(shell.path(&format!("/keys/{}", key.id))).flashing(flash).response());
    }
    let reason = form.0.reason;
    match app.change(visit.request(), |planning| use_cases::revoke(planning, key.id, &reason)).await {
        Ok(changed) => {
            let (holder, path) = called(&reading.facts, key.holder);
            let nodes = changed.receipt.nodes.iter();
            let template = Page {
                public_id: public_id(key.holder.key_kind(), key.id),
                holder,
                back: shell.path(&format!("/{path}")),
                nodes: nodes.map(|node| (node.id.clone(), node.state, shell.zone.exact(node.at))).collect(),
                receipt: changed.receipt,
                shell,
            };
            Ok(page(&template)?)
        }
        Err(error) => {
            let errors = wrong(error, &["reason"])?;
            let consequence = consequence(&shell, &reading, &key, &reason, &errors);
            Ok(Confirm::again(shell, consequence, errors)?)
        }
    }
}

fn consequence(shell: &Shell, reading: &Reading, key: &Key, reason: &str, errors: &Errors) -> Consequence {
    let (holder, _) = called(&reading.facts, key.holder);
    Consequence {
        title: format!("Revoke {} of {holder}?", key.name),
        sentence: "Its very next use is refused, on every gateway, and it never counts again. To replace it without a failed call, rotate it instead.".to_owned(),
        button: "Revoke the key".to_owned(),
        action: shell.path(&format!("/keys/{}/revoke", key.id)),
        back: shell.path(&format!("/keys/{}", key.id)),
        fields: vec![FieldView::new("reason", "Reason").optional().hint("Stands in the evidence.").value(reason).wrong(errors)],
        is_final: true,
        ..Consequence::default()
    }
}
