//! The audit log: what was asked, what was answered and why, and what was changed.

mod change_facets;
mod changed;
mod changes;
mod export;
mod export_changes;
mod facets;
mod list;
mod manifest;
mod opened;
pub(super) mod path;
mod record;
mod row;
mod saved;
mod tail;

use actix_web::web::ServiceConfig;

/// Mounts the pages of the audit log. Words come before ids: `/audit/changes` is no record.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list)
        .service(changes::changes)
        .service(tail::tail)
        .service(export::export)
        .service(export_changes::export_changes)
        .service(saved::save)
        .service(saved::remove)
        .service(manifest::manifest)
        .service(record::record);
}
