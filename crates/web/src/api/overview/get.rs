use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::{App, Error, Reading, attention};
use chrono::{DateTime, Utc};
use model::OrganizationId;
use serde::{Deserialize, Serialize};
use tokio::join;
use utoipa::{IntoParams, ToSchema};

use super::attention::AttentionView;
use super::busiest::BusyView;
use super::cascades::{CascadeView, cascades};
use super::health::{HealthView, health};
use super::traffic::TrafficView;
use super::window::{Window, zone};
use crate::Problem;
use crate::api::Tenant;

/// Agents that are named as the busiest.
const BUSIEST: u16 = 5;

/// How far back.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct WindowQuery {
    /// `48h`, as where nothing is said, `7d` or `30d`.
    window: Option<String>,
    /// The zone whose days `7d` and `30d` begin with, by its IANA name. Left out: UTC.
    zone: Option<String>,
}

/// What is going on. What is not for the caller is null.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverviewView {
    /// `48h`, `7d` or `30d`.
    window: &'static str,
    /// When it begins.
    from: DateTime<Utc>,
    /// When it ends: with the hour or the day that is under way.
    until: DateTime<Utc>,
    /// The calls that were decided. Who may not see all decisions sees those of their own agents.
    traffic: Option<TrafficView>,
    /// The agents and robots that called most, five at most, most first. Whole days in UTC are counted, from that of
    /// `from` on.
    busiest: Option<Vec<BusyView>>,
    /// What waits for somebody, among what the caller may see.
    attention: AttentionView,
    /// The last five times that somebody lost their access and their agents with it, newest first.
    cascades: Option<Vec<CascadeView>>,
    /// Whether it works; for whoever may see all decisions.
    health: Option<HealthView>,
}

/// Tells what is going on, and what waits for somebody: the numbers of the page *Overview*.
#[utoipa::path(tag = "overview", params(("org" = String, Path), WindowQuery), responses((status = 200, body = OverviewView)))]
#[get("/v1/orgs/{org}/overview")]
pub async fn get(
    app: Data<App>,
    tenant: Tenant,
    query: Query<WindowQuery>,
) -> Result<Json<OverviewView>, Problem> {
    let (window, zone) = (Window::read(query.window.as_deref())?, zone(query.zone.as_deref())?);
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let from = window.begins(reading.now, zone);
    Ok(Json(view(&app, &reading, tenant.organization, (window, from)).await?))
}

/// Everything, found side by side.
async fn view(
    app: &App,
    reading: &Reading,
    id: OrganizationId,
    (window, from): (Window, DateTime<Utc>),
) -> Result<OverviewView, Problem> {
    let (counts, busy, quiet, lost, health, asking) = join!(
        app.hour_counts(reading, id, from, window.stretches),
        app.busiest(reading, id, from, BUSIEST),
        app.quiet_agents(reading, id),
        cascades(app, reading, id),
        health(app, reading, id),
        app.who_asks_to_come_in(reading, id),
    );
    let busy = for_caller(busy)?;
    Ok(OverviewView {
        window: window.code,
        from,
        until: window.begin_of(from, window.stretches.0),
        traffic: for_caller(counts)?.map(|counts| TrafficView::of(window, from, &counts)),
        busiest: busy.map(|counts| counts.into_iter().map(|count| BusyView::of(reading, count)).collect()),
        attention: AttentionView::of(attention(reading), quiet?, asking?.len()),
        cascades: for_caller(lost)?,
        health: for_caller(health)?,
    })
}

/// What was found, if it is for the caller.
fn for_caller<T>(found: Result<T, Error>) -> Result<Option<T>, Problem> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::Denied(_) | Error::Hidden(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
