//! `/v1/orgs/{org}/decisions`, `/audit` and `/access`: what was decided, what was changed, who may do what now

mod access_effects;
mod access_holders;
mod access_what;
mod access_who;
mod access_why;
mod audit;
mod change_view;
mod count_changes;
mod counts;
mod csv_rows;
mod cursor;
mod decision_filter;
mod decision_view;
mod decisions;
mod export;
mod export_changes;
mod get_decision;
mod manifest;
mod saved_create;
mod saved_list;
mod saved_remove;
mod saved_view;
mod search;
mod tail;
mod taken;
mod window;

use utoipa_actix_web::service_config::ServiceConfig;

pub use change_view::ChangeView;
pub use decision_view::DecisionView;

pub(crate) use tail::since;
pub(crate) use taken::{Shape, send};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(decisions::decisions)
        .service(manifest::manifest)
        .service(get_decision::get_decision)
        .service(count_changes::count_changes)
        .service(export_changes::export_changes)
        .service(audit::audit)
        .service(access_who::who)
        .service(access_what::what)
        .service(access_why::why)
        .service(access_holders::list)
        .service(access_effects::list)
        .service(search::search)
        .service(counts::counts)
        .service(tail::tail)
        .service(export::export)
        .service(saved_list::list)
        .service(saved_create::create)
        .service(saved_remove::remove);
}
