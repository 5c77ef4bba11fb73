use actix_web::post;
use actix_web::web::{Data, Json};
use app::App;

use super::view::OnboardingView;
use crate::Problem;
use crate::api::Tenant;

/// Shows the first steps again, with those that were skipped.
#[utoipa::path(tag = "onboarding", params(("org" = String, Path)), responses((status = 200, body = OnboardingView)))]
#[post("/v1/orgs/{org}/onboarding/show")]
pub async fn show(app: Data<App>, tenant: Tenant) -> Result<Json<OnboardingView>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    app.unskip_steps(&reading, tenant.organization).await?;
    Ok(Json(OnboardingView::of(&app, &reading, tenant.organization).await?))
}
