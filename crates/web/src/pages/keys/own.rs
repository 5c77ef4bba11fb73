//! `/o/{org}/settings/api-keys`: management keys, which act for the person who made them.

use std::collections::BTreeMap;

use actix_web::web::Data;
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::App;
use askama::Template;
use decision::{Action, On};
use model::{Holder, KeyId};

use super::row::KeyRow;
use crate::Problem;
use crate::pages::agents::look::say;
use crate::pages::{Section, Shell, filters, page};
use crate::session::Visit;

#[derive(Template)]
#[template(path = "keys/own.html")]
struct Page {
    shell: Shell,
    mine: Vec<KeyRow>,
    others: Vec<KeyRow>,
    no_new: &'static str,
}

/// The visitor's own management keys, and those of others as far as they may see them.
#[get("/o/{org}/settings/api-keys")]
pub(super) async fn own(app: Data<App>, request: HttpRequest, visit: Visit) -> Result<HttpResponse, Error> {
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    let keys: Vec<_> = reading
        .facts
        .list_keys(None)
        .filter(|key| matches!(key.holder, Holder::User(_)))
        .filter(|key| reading.may(Action::KeyRead, On::KeysOf(key.holder)))
        .cloned()
        .collect();
    let ids: Vec<KeyId> = keys.iter().map(|key| key.id).collect();
    let usage = app.key_usage_of(visit.organization, &ids).await.map_err(Problem::from)?;
    let usage: BTreeMap<_, _> = usage.into_iter().map(|usage| (usage.key, usage)).collect();
    let (mine, others): (Vec<_>, Vec<_>) =
        keys.iter().partition(|key| key.holder == Holder::User(visit.user));
    let rows = |keys: Vec<&std::sync::Arc<model::Key>>| {
        keys.into_iter().rev().map(|key| KeyRow::of(&reading, key, usage.get(&key.id))).collect()
    };
    let template = Page {
        mine: rows(mine),
        others: rows(others),
        no_new: say(reading.why_not(Action::KeyCreate, On::KeysOf(Holder::User(visit.user)))),
        shell,
    };
    Ok(page(&template)?)
}
