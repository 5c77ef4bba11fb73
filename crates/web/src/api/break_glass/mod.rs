//! `/v1/orgs/{org}/break-glass`: who may come in past the organization's provider. Changed by people in signed-in
//! sessions only.

mod add;
mod list;
mod remove;
mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub use view::BreakGlassView;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list::list).service(add::add).service(remove::remove);
}
