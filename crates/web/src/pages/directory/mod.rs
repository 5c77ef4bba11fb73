//! `/o/{org}/settings/directory`

mod map;
mod rows;
mod show;
mod unmap;

use actix_web::web::ServiceConfig;

/// Mounts the pages of the directory.
pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(show::show).service(map::open).service(map::map).service(unmap::unmap);
}
