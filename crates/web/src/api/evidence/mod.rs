//! `/v1/orgs/{org}/decisions`, `/audit` and `/access`: what was decided, what was changed, who may do what now

mod access_what;
mod access_who;
mod access_why;
mod audit;
mod change_view;
mod cursor;
mod decision_filter;
mod decision_view;
mod decisions;
mod get_decision;
mod search;
mod window;

use utoipa_actix_web::service_config::ServiceConfig;

pub use change_view::ChangeView;
pub use decision_view::DecisionView;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(decisions::decisions)
        .service(get_decision::get_decision)
        .service(audit::audit)
        .service(access_who::who)
        .service(access_what::what)
        .service(access_why::why)
        .service(search::search);
}
