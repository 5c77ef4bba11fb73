use actix_web::get;
use actix_web::web::{Data, Json, Path};
use app::App;
use model::DecisionId;
use serde::Deserialize;
use utoipa::IntoParams;

use super::DecisionView;
use crate::Problem;
use crate::api::Tenant;

/// The path of one decision.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DecisionPath {
    /// The decision's id.
    #[param(value_type = uuid::Uuid)]
    pub(super) decision: DecisionId,
}

/// Shows a decision with the whole path that led to it.
#[utoipa::path(tag = "evidence", params(("org" = String, Path), DecisionPath), responses((status = 200, body = DecisionView)))]
#[get("/v1/orgs/{org}/decisions/{decision}")]
pub async fn get_decision(
    app: Data<App>,
    tenant: Tenant,
    path: Path<DecisionPath>,
) -> Result<Json<DecisionView>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let found = app.decision(&reading, tenant.organization, path.decision).await?;
    found.map(|stored| Json(DecisionView::whole(stored))).ok_or_else(Problem::not_found)
}
