use std::sync::Arc;

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use app::gateways::Seen;
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use keys::public_id;
use model::{Gateway, GatewayState, Holder};
use serde::Deserialize;

use super::standing::Standing;
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::cut::Cut;
use crate::pages::query::query;
use crate::pages::{Moment, Section, Shell, filters, page};
use crate::session::Visit;

/// Which gateways.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filter {
    q: String,
    /// `revoked` shows those that have ended too.
    state: String,
    after: String,
}

#[derive(Template)]
#[template(path = "gateways/list.html")]
struct Page {
    shell: Shell,
    filter: Filter,
    cut: Cut<Row>,
    create: Ability,
}

/// A gateway in the list.
struct Row {
    id: String,
    name: String,
    standing: Standing,
    /// The public parts of its keys that count.
    keys: Vec<String>,
    seen: Option<Moment>,
    allowed: u64,
    denied: u64,
    /// How often it asked in the last minute, among the newest calls of the organization.
    minute: u64,
}

impl Page {
    fn following(&self, after: &str) -> String {
        let fields = [("q", self.filter.q.as_str()), ("state", &self.filter.state), ("after", after)];
        self.shell.path(&format!("/gateways{}", query(&fields)))
    }
}

/// Lists the gateways.
#[get("/o/{org}/gateways")]
pub(super) async fn list(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    filter: Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    // Whoever sets up nothing here knows of no gateways: for them the page does not exist.
    if !reading.may(Action::GatewayRead, On::Organization) {
        return Err(Problem::not_found());
    }
    let filter = filter.into_inner();
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Gateways);
    let seen = app.gateways_seen(visit.organization).await?;
    let minute = app.gateways_minute(&reading, visit.organization).await?;
    let cut = Cut::of(gateways(&reading, &filter), &filter.after, |gateway| gateway.id.to_string());
    let cut = cut.map(|gateway| row(&shell, &reading, &gateway, &seen, minute.get(&gateway.id).copied()));
    let create = Ability::of(&reading, Action::GatewayCreate, On::Organization);
    page(&Page { shell, filter, cut, create })
}

fn gateways(reading: &Reading, filter: &Filter) -> Vec<Arc<Gateway>> {
    let needle = filter.q.trim().to_lowercase();
    let mut found: Vec<Arc<Gateway>> = reading
        .facts
        .list_gateways(None)
        .filter(|gateway| filter.state == "revoked" || !matches!(gateway.state, GatewayState::Revoked(_)))
        .filter(|gateway| gateway.name.as_str().to_lowercase().contains(&needle))
        .cloned()
        .collect();
    found.sort_by_cached_key(|gateway| (gateway.name.as_str().to_lowercase(), gateway.id));
    found
}

fn row(shell: &Shell, reading: &Reading, gateway: &Gateway, seen: &Seen, minute: Option<u64>) -> Row {
    let usage = seen.of(gateway.id);
    let keys = reading.facts.keys_of(Holder::Gateway(gateway.id)).filter(|key| key.counts_at(reading.now));
    let public = |key: &Arc<model::Key>| public_id(key.holder.key_kind(), key.id);
    Row {
        id: gateway.id.to_string(),
        name: gateway.name.to_string(),
        standing: Standing::of(gateway, usage, reading.now),
        keys: keys.map(public).collect(),
        seen: usage.map(|usage| shell.zone.ago(usage.at)),
        allowed: usage.map_or(0, |usage| usage.allowed),
        denied: usage.map_or(0, |usage| usage.denied),
        minute: minute.unwrap_or(0),
    }
}
