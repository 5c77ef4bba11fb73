//! `/o/{org}/keys`

use std::collections::BTreeMap;

use actix_web::web::{Data, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get};
use app::App;
use askama::Template;
use decision::{Action, On};
use model::{Holder, Key, KeyId};
use serde::Deserialize;

use super::row::KeyRow;
use crate::Problem;
use crate::pages::agents::look::say;
use crate::pages::{Choice, Section, Shell, filters, page};
use crate::session::Visit;

/// As many as are read without losing the place.
const ON_A_PAGE: usize = 50;

/// The list's filters, as its URL has them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    /// A part of the key's or its holder's name.
    q: String,
    /// `agent`, `robot` or `gateway`.
    kind: String,
    /// `live`, `retiring`, `expired` or `revoked`. Empty: those that count.
    state: String,
    /// The last one of the page before.
    after: String,
}

#[derive(Template)]
#[template(path = "keys/list.html")]
struct Page {
    shell: Shell,
    filter: Filter,
    kinds: Vec<Choice>,
    states: Vec<Choice>,
    rows: Vec<KeyRow>,
    total: usize,
    next: Option<String>,
    no_many: &'static str,
    is_narrowed: bool,
}

/// Lists the keys of agents, robots and gateways that the visitor may see; those that end first come first.
#[get("/o/{org}/keys")]
pub(super) async fn list(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    filter: Query<Filter>,
) -> Result<HttpResponse, Error> {
    let filter = filter.into_inner();
    let reading = app.read(visit.caller, visit.organization).await.map_err(Problem::from)?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Settings);
    let needle = filter.q.trim().to_lowercase();
    let named = |key: &Key| {
        needle.is_empty()
            || key.name.as_str().to_lowercase().contains(&needle)
            || super::row::holder(&reading.facts, key.holder).0.to_lowercase().contains(&needle)
    };
    let mut keys: Vec<_> = reading
        .facts
        .list_keys(None)
        .filter(|key| !matches!(key.holder, Holder::User(_)))
        .filter(|key| filter.kind.is_empty() || key.holder.as_str() == filter.kind)
        .filter(|key| {
            if filter.state.is_empty() {
                key.counts_at(reading.now)
            } else {
                key.state_at(reading.now) == filter.state
            }
        })
        .filter(|key| named(key))
        .filter(|key| reading.may(Action::KeyRead, On::KeysOf(key.holder)))
        .cloned()
        .collect();
    keys.sort_by_key(|key| (key.effective_end(), key.id));
    let total = keys.len();
    if let Ok(after) = filter.after.parse::<KeyId>() {
        let place = keys.iter().position(|key| key.id == after).map_or(0, |at| at + 1);
        keys.drain(..place);
    }
    let more = keys.len() > ON_A_PAGE;
    keys.truncate(ON_A_PAGE);
    let ids: Vec<KeyId> = keys.iter().map(|key| key.id).collect();
    let usage = app.key_usage_of(visit.organization, &ids).await.map_err(Problem::from)?;
    let usage: BTreeMap<_, _> = usage.into_iter().map(|usage| (usage.key, usage)).collect();
    let next = keys.last().filter(|_| more).map(|last| filter.query(&last.id.to_string()));
    let template = Page {
        kinds: choices(
            &[("", "All kinds"), ("agent", "Agents"), ("robot", "Robots"), ("gateway", "Gateways")],
            &filter.kind,
        ),
        states: choices(
            &[
                ("", "Those that count"),
                ("live", "Live"),
                ("retiring", "Retiring"),
                ("expired", "Expired"),
                ("revoked", "Revoked"),
            ],
            &filter.state,
        ),
        rows: keys.iter().map(|key| KeyRow::of(&reading, key, usage.get(&key.id))).collect(),
        total,
        next,
        no_many: say(reading.why_not(Action::KeyRotateMany, On::Organization)),
        is_narrowed: [&filter.q, &filter.kind, &filter.state].iter().any(|value| !value.is_empty()),
        filter,
        shell,
    };
    Ok(page(&template)?)
}

impl Filter {
    fn query(&self, after: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in
            [("q", &*self.q), ("kind", &*self.kind), ("state", &*self.state), ("after", after)]
        {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }
}

fn choices(of: &[(&str, &str)], chosen: &str) -> Vec<Choice> {
    of.iter()
        .map(|(value, label)| Choice { is_chosen: *value == chosen, ..Choice::new(*value, *label) })
        .collect()
}
