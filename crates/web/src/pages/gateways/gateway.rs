use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use app::{App, GatewayUsage, Reading};
use askama::Template;
use decision::{Action, On};
use keys::public_id;
use model::{Because, Gateway, GatewayState, Holder};
use serde::Deserialize;

use super::snippets::{Snippet, Target, snippets};
use super::standing::Standing;
use super::{GatewayPath, seen};
use crate::Problem;
use crate::pages::ability::Ability;
use crate::pages::history::who;
use crate::pages::query::query;
use crate::pages::{Choice, Moment, Section, Shell, filters, page};
use crate::session::Visit;

/// For which server the configurations are written.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    server: String,
}

#[derive(Template)]
#[template(path = "gateways/gateway.html")]
struct Page {
    shell: Shell,
    there: String,
    new_key: String,
    gateway: Gateway,
    standing: Standing,
    since: Option<Since>,
    call: FirstCall,
    created: Moment,
    keys: Vec<KeyRow>,
    sees_keys: bool,
    servers: Vec<Choice>,
    snippets: Vec<Snippet<String>>,
    is_tls: bool,
    can: Cans,
}

/// Since when, by whom and why it does not ask.
struct Since {
    at: Moment,
    by: String,
    reason: String,
}

/// Whether it has asked.
struct FirstCall {
    /// When last.
    at: Option<Moment>,
    allowed: u64,
    denied: u64,
    /// Its calls in the audit log.
    log: String,
}

struct KeyRow {
    href: String,
    name: String,
    public: String,
    ends: Option<Moment>,
}

/// What the reader may do with it.
struct Cans {
    edit: Ability,
    pause: Ability,
    resume: Ability,
    revoke: Ability,
    key: Ability,
}

/// Shows one gateway, and how it is connected.
#[get("/o/{org}/gateways/{gateway}")]
pub(super) async fn show(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<GatewayPath>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let gateway = seen(&reading, &path)?;
    let usage = app.gateways_seen(visit.organization).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Gateways);
    page(&shown(shell, &app, &reading, gateway, (usage.of(gateway.id), &asked.server)))
}

fn shown(
    shell: Shell,
    app: &App,
    reading: &Reading,
    gateway: &Gateway,
    (usage, server): (Option<&GatewayUsage>, &str),
) -> Page {
    let servers = servers(reading, server);
    let chosen = servers.iter().find(|choice| choice.is_chosen).map_or("your-server", |choice| &choice.value);
    let target = Target::of(&app.public_url, chosen);
    let holder = Holder::Gateway(gateway.id);
    let line = format!("gateway:{} since:7d", gateway.id);
    Page {
        there: shell.path(&format!("/gateways/{}", gateway.id)),
        new_key: shell.path(&format!("/keys/new?gateway={}", gateway.id)),
        standing: Standing::of(gateway, usage, reading.now),
        since: since(&shell, reading, gateway),
        call: FirstCall {
            at: usage.map(|usage| shell.zone.ago(usage.at)),
            allowed: usage.map_or(0, |usage| usage.allowed),
            denied: usage.map_or(0, |usage| usage.denied),
            log: shell.path(&format!("/audit{}", query(&[("q", &line)]))),
        },
        created: shell.zone.day(gateway.created_at),
        sees_keys: reading.may(Action::KeyRead, On::KeysOf(holder)),
        keys: keys(&shell, reading, holder),
        snippets: snippets(&target),
        is_tls: target.is_tls,
        can: cans(reading, gateway),
        servers,
        gateway: gateway.clone(),
        shell,
    }
}

/// The servers that the reader may see, one of which is chosen.
fn servers(reading: &Reading, asked: &str) -> Vec<Choice> {
    let seen = reading.facts.list_servers(None).filter(|server| server.is_active());
    let seen = seen.filter(|server| reading.may(Action::ServerRead, On::Server(server.id)));
    let mut choices: Vec<Choice> =
        seen.map(|server| Choice::new(server.slug.as_str(), server.name.to_string())).collect();
    choices.sort_by_cached_key(|choice| choice.label.to_lowercase());
    let at = choices.iter().position(|choice| choice.value == asked).unwrap_or(0);
    if let Some(choice) = choices.get_mut(at) {
        choice.is_chosen = true;
    }
    choices
}

fn since(shell: &Shell, reading: &Reading, gateway: &Gateway) -> Option<Since> {
    let (GatewayState::Paused(because) | GatewayState::Revoked(because)) = &gateway.state else {
        return None;
    };
    let Because { at, by, reason } = because;
    Some(Since { at: shell.zone.moment(*at), by: who(&reading.facts, *by), reason: reason.clone() })
}

fn keys(shell: &Shell, reading: &Reading, holder: Holder) -> Vec<KeyRow> {
    if !reading.may(Action::KeyRead, On::KeysOf(holder)) {
        return Vec::new();
    }
    let counting = reading.facts.keys_of(holder).filter(|key| key.counts_at(reading.now));
    let row = |key: &std::sync::Arc<model::Key>| KeyRow {
        href: shell.path(&format!("/keys/{}", key.id)),
        name: key.name.to_string(),
        public: public_id(key.holder.key_kind(), key.id),
        ends: key.effective_end().map(|end| shell.zone.day(end)),
    };
    counting.map(row).collect()
}

fn cans(reading: &Reading, gateway: &Gateway) -> Cans {
    let is_over = matches!(gateway.state, GatewayState::Revoked(_));
    let ask = |action, on| Ability::of(reading, action, on).unless(is_over, "It was revoked for ever.");
    let on = On::Gateway(gateway.id);
    Cans {
        edit: ask(Action::GatewayUpdate, on),
        pause: ask(Action::GatewayPause, on),
        resume: ask(Action::GatewayResume, on),
        revoke: ask(Action::GatewayRevoke, on),
        key: ask(Action::KeyCreate, On::KeysOf(Holder::Gateway(gateway.id))),
    }
}
