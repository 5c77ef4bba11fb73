//! `/v1/orgs`

mod credential;
mod delete;
pub(crate) mod export;
mod get;
mod list;
mod release;
mod stop;
mod undelete;
mod update;
mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub use export::{end as export_end, line as export_line};
pub use view::OrganizationView;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list)
        .service(get::get)
        .service(update::update)
        .service(stop::stop_agents)
        .service(release::release_agents)
        .service(delete::delete)
        .service(undelete::undelete)
        .service(export::export);
}
