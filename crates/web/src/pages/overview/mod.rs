//! `/o/{org}`: what is going on, and what waits for somebody.

mod attention;
mod busy;
mod card;
mod checklist;
mod demo;
mod health;
mod recent;
mod traffic;
mod window;

use actix_web::web::{Data, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get};
use app::{App, Reading};
use askama::Template;
use decision::{Action, On};
use model::AgentId;
use tokio::join;

use self::attention::Attention;
use self::busy::Busy;
use self::card::Card;
use self::checklist::Checklist;
use self::health::{Health, Lost, Stopped};
use self::recent::Decided;
use self::traffic::Traffic;
use self::window::{Asked, Window};
use super::ability::Ability;
use super::agents::look::say;
use super::{Moment, Section, Shell, break_glass_notice, filters, page};
use crate::Problem;
use crate::session::Visit;

/// Agents that are named as the busiest.
const BUSIEST: u16 = 5;

#[derive(Template)]
#[template(path = "overview/overview.html")]
struct Page {
    shell: Shell,
    lede: String,
    /// That everything here is made up, in the demo; and whether the visitor may take it away.
    demo: Option<Ability>,
    break_glass: Vec<break_glass_notice::Use>,
    /// How many people ask to come in through their own organization's provider.
    asking: usize,
    ending: Option<Moment>,
    stopped: Option<Stopped>,
    window: Window,
    attention: Attention,
    checklist: Card<Option<Checklist>>,
    quiet: Card<usize>,
    traffic: Card<Traffic>,
    busy: Card<Vec<Busy>>,
    recent: Card<Vec<Decided>>,
    lost: Card<Vec<Lost>>,
    health: Card<Health>,
    no_new: &'static str,
}

/// What is going on.
#[get("/o/{org}")]
async fn overview(
    app: Data<App>,
    request: HttpRequest,
    visit: Visit,
    asked: Query<Asked>,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, Section::Overview);
    let break_glass = break_glass_notice::recent(&app, &reading, visit.organization, shell.zone).await?;
    let template = filled(&app, &request, &visit, &reading, (shell, Window::of(&asked), break_glass)).await;
    page(&template)
}

/// Every card, found side by side.
async fn filled(
    app: &App,
    request: &HttpRequest,
    visit: &Visit,
    reading: &Reading,
    (shell, window, break_glass): (Shell, Window, Vec<break_glass_notice::Use>),
) -> Page {
    let id = visit.organization;
    let from = window.begins(reading.now, shell.zone);
    let (counts, busy, quiet, recent, lost, health, checklist, asking) = join!(
        app.hour_counts(reading, id, from, window.stretches()),
        app.busiest(reading, id, from, BUSIEST),
        app.quiet_agents(reading, id),
        recent::recent(app, reading, &shell, id),
        health::lost(app, reading, &shell, id),
        health::health(app, reading, &shell, id),
        checklist::checklist(app, reading, &shell, id),
        app.who_asks_to_come_in(reading, id),
    );
    let traffic = Card::of(request, "traffic", counts);
    Page {
        lede: attention::lede(reading),
        demo: demo::demo(request, visit, reading),
        break_glass,
        // A line that cannot be found is left out, and logged: the list of people has it too.
        asking: match Card::of(request, "asking", asking) {
            Card::Shown(asking) => asking.len(),
            Card::Broken(_) | Card::Absent => 0,
        },
        ending: health::ending(reading, &shell),
        stopped: health::stopped(reading, &shell),
        window,
        attention: attention::attention(reading, shell.zone),
        checklist: Card::of(request, "checklist", checklist),
        quiet: Card::of(request, "quiet", quiet),
        traffic: traffic.map(|counts| Traffic::of(&shell, window, from, &counts)),
        busy: Card::of(request, "busiest", busy).map(|counts| busy::busy(&shell, reading, counts)),
        recent: Card::of(request, "recent", recent),
        lost: Card::of(request, "cascades", lost),
        health: Card::of(request, "health", health),
        no_new: say(reading.why_not(Action::AgentCreate, On::NewAgent(AgentId::MIN, visit.user))),
        shell,
    }
}

/// Mounts the page, and the buttons on it.
pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(overview).service(checklist::skip).service(checklist::dismiss).service(checklist::show);
    config.service(demo::remove);
}
