use actix_web::get;
use actix_web::web::{Data, Json, Query};
use app::App;
use app::evidence::StoredDecision;

use super::DecisionView;
use super::cursor::{Cursor, page};
use super::decision_filter::Filter;
use crate::Problem;
use crate::api::{Listed, Tenant};

/// Lists decisions, newest first. Whoever has no general right to see them sees their own and their agents'.
#[utoipa::path(tag = "evidence", params(("org" = String, Path), Filter), responses((status = 200, body = Listed<DecisionView>)))]
#[get("/v1/orgs/{org}/decisions")]
pub async fn decisions(
    app: Data<App>,
    tenant: Tenant,
    query: Query<Filter>,
) -> Result<Json<Listed<DecisionView>>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let shown = query.page();
    let page = page(&shown)?;
    let filter = query.into_inner().read()?;
    let found = app.decisions(&reading, tenant.organization, filter, page).await?;
    let cursor = |stored: &StoredDecision| stored.cursor().text();
    Ok(Json(shown.cut(found.into_iter(), cursor, DecisionView::brief)?))
}
