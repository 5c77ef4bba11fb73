use actix_web::post;
use actix_web::web::{Data, Json};
use app::App;

use super::person::person;
use super::view::OnboardingView;
use crate::Problem;
use crate::api::Tenant;

/// Puts the first steps away, for everybody in the organization.
#[utoipa::path(tag = "onboarding", params(("org" = String, Path)), responses((status = 200, body = OnboardingView)))]
#[post("/v1/orgs/{org}/onboarding/dismiss")]
pub async fn dismiss(app: Data<App>, tenant: Tenant) -> Result<Json<OnboardingView>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let user = person(&app, &reading).await?;
    app.skip_step(&reading, tenant.organization, user, None).await?;
    Ok(Json(OnboardingView::of(&app, &reading, tenant.organization).await?))
}
