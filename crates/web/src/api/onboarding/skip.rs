use actix_web::post;
use actix_web::web::{Data, Json};
use app::App;
use app::onboarding::Step;
use serde::Deserialize;
use utoipa::ToSchema;

use super::person::person;
use super::view::OnboardingView;
use crate::Problem;
use crate::api::words::one_of;
use crate::api::{Body, Tenant};

/// A step that is not to be done.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SkipBody {
    /// Which: `name`, `domain`, `sign_in`, `workspace`, `agent`, `gateway` or `decision`.
    step: String,
}

impl SkipBody {
    fn step(&self) -> Result<Step, Problem> {
        let word = one_of("step", Some(&self.step), &Step::EVERY.map(Step::code))?;
        let step = Step::EVERY.into_iter().find(|step| Some(step.code()) == word);
        step.ok_or_else(|| Problem::invalid_field("step", "say which step"))
    }
}

/// Skips one of the first steps. It can be done all the same.
#[utoipa::path(tag = "onboarding", params(("org" = String, Path)), request_body = SkipBody, responses((status = 200, body = OnboardingView)))]
#[post("/v1/orgs/{org}/onboarding/skip")]
pub async fn skip(
    app: Data<App>,
    tenant: Tenant,
    body: Body<SkipBody>,
) -> Result<Json<OnboardingView>, Problem> {
    let reading = app.read(tenant.caller, tenant.organization).await?;
    let (user, step) = (person(&app, &reading).await?, body.value.step()?);
    app.skip_step(&reading, tenant.organization, user, Some(step)).await?;
    Ok(Json(OnboardingView::of(&app, &reading, tenant.organization).await?))
}
