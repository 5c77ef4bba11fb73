//! The audit log: what was asked, what was answered and why.

mod list;
pub(super) mod path;
mod record;

use actix_web::web::ServiceConfig;

/// Mounts the pages of the audit log.
pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(list::list).service(record::record);
}
