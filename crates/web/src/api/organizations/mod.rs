//! `/v1/orgs`

mod credential;
mod get;
mod list;
mod release;
mod stop;
mod update;
mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub use view::OrganizationView;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list)
        .service(get::get)
        .service(update::update)
        .service(stop::stop_agents)
        .service(release::release_agents);
}
