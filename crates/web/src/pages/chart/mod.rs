//! `/o/{org}/chart`: people, and the agents they answer for

mod page;
mod tree;

use actix_web::web::ServiceConfig;

/// Mounts the chart.
pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(page::chart);
}
