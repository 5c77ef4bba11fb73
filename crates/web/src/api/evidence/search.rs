use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use app::evidence::{DecisionCursor, Found, Query as Line, StoredDecision};
use model::DecisionId;
use serde::Deserialize;
use utoipa::IntoParams;

use super::DecisionView;
use super::cursor::{Cursor, page};
use crate::Problem;
use crate::api::{Listed, PageQuery, Tenant};

/// A search in the evidence.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct Search {
    /// The query, as the audit log takes it: `actor:"Invoice Reconciler" decision:deny since:24h -server:github`.
    q: String,
    /// How many items at most, 1 to 1000. Default 100.
    limit: Option<usize>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Searches the decisions with a line of text, newest first. A page may hold fewer items than asked for, or none, and
/// still have a `next`: then so many records were looked through, and the search goes on from there.
#[utoipa::path(tag = "evidence", params(("org" = String, Path), Search), responses((status = 200, body = Listed<DecisionView>)))]
#[get("/v1/orgs/{org}/evidence")]
pub async fn search(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Search>,
) -> Result<Json<Listed<DecisionView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let shown = PageQuery { limit: query.limit, after: query.after.clone() };
    let page = page(&shown)?;
    let line = Line::parse(&query.q).map_err(|error| Problem::invalid_field("q", &error.to_string()))?;
    let search = app.search_of(&reading, &line)?;
    let found = app.search(tenant.organization, &search, page).await?;
    let further = further(&found);
    let cursor = |stored: &StoredDecision| stored.cursor().text();
    let mut listed = shown.cut(found.items.into_iter(), cursor, DecisionView::brief)?;
    listed.next = listed.next.or(further);
    Ok(Json(listed))
}

/// Where to go on with a search that stopped looking though there is more.
pub(crate) fn further<T>(found: &Found<T>) -> Option<String> {
    found.stopped_at.map(|at| DecisionCursor { at, id: DecisionId::MIN }.text())
}
