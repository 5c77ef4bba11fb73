use actix_web::get;
use actix_web::web::{Data, Json};
use app::App;

use super::view::OnboardingView;
use crate::Problem;
use crate::api::Tenant;

/// Tells where the first steps stand. For whoever may change the organization.
#[utoipa::path(tag = "onboarding", params(("org" = String, Path)), responses((status = 200, body = OnboardingView)))]
#[get("/v1/orgs/{org}/onboarding")]
pub async fn get(app: Data<App>, tenant: Tenant) -> Result<Json<OnboardingView>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    Ok(Json(OnboardingView::of(&app, &reading, tenant.organization).await?))
}
