//! Explore access: may somebody do one thing and why, who may do it, what somebody may do. The same evaluator that
//! answers gateways, asked of the facts as they are now.

mod columns;
mod examples;
mod graph;
mod pick;
mod steps;
mod what;
mod who;
mod why;

use actix_web::web::ServiceConfig;

/// Mounts the pages of the questions.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(why::explore)
        .service(who::who)
        .service(who::who_csv)
        .service(what::what)
        .service(what::what_csv);
}
