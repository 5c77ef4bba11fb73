//! `/o/{org}/keys/{key}`: one key, and beside it the one that it takes over from or gives way to.

use std::collections::BTreeMap;

use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::App;
use askama::Template;
use decision::{Action, On};
use model::{KeyId, KeyState};

use super::create::section;
use super::row::KeyRow;
use super::{KeyPath, find};
use crate::Problem;
use crate::pages::agents::look::say;
use crate::pages::{Shell, filters, page};
use crate::session::Visit;

#[derive(Template)]
#[template(path = "keys/show.html")]
struct Page {
    shell: Shell,
    path: String,
    key: KeyRow,
    /// Old and new, where both count.
    pair: Option<(KeyRow, KeyRow)>,
    no_rotate: &'static str,
    no_update: &'static str,
    no_revoke: &'static str,
}

/// Shows a key. While it is being rotated: both, so that one sees when the old one is no longer used.
#[get("/o/{org}/keys/{key}")]
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    path: Path<KeyPath>,
) -> Result<HttpResponse, Error> {
    let (reading, key) = find(&app, &visit, path.key).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, section(key.holder));
    let facts = &reading.facts;
    let other: Option<KeyId> = match key.state {
        KeyState::Retiring { successor, .. } => Some(successor),
        KeyState::Live | KeyState::Revoked(_) => key.replaces,
    };
    let other = other.and_then(|id| facts.key(id)).cloned();
    let ids: Vec<KeyId> = std::iter::once(key.id).chain(other.iter().map(|key| key.id)).collect();
    let usage = app.key_usage_of(visit.organization, &ids).await.map_err(Problem::from)?;
    let usage: BTreeMap<_, _> = usage.into_iter().map(|usage| (usage.key, usage)).collect();
    let shown = KeyRow::of(&reading, &key, usage.get(&key.id));
    let pair = other.map(|other| KeyRow::of(&reading, &other, usage.get(&other.id))).and_then(|other| {
        let (old, new) =
            if shown.state == "retiring" { (shown.clone(), other) } else { (other, shown.clone()) };
        (old.state == "retiring").then_some((old, new))
    });
    let refuse = |action| say(reading.why_not(action, On::KeysOf(key.holder)));
    let template = Page {
        path: shell.path(&format!("/keys/{}", key.id)),
        pair,
        no_rotate: match shown.state {
            "live" => refuse(Action::KeyRotate),
            "retiring" => "It is being rotated already.",
            _ => "It has ended. Make a new key.",
        },
        no_update: if shown.counts() { refuse(Action::KeyUpdate) } else { "It has ended." },
        no_revoke: match shown.state {
            "revoked" | "leaked" => "It was revoked already.",
            _ => refuse(Action::KeyRevoke),
        },
        key: shown,
        shell,
    };
    Ok(page(&template)?)
}
