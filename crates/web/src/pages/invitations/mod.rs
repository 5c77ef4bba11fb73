//! Invitations of agents: who asks to be let into a workspace here, and what becomes of it.

mod answer;
mod list;
mod row;

use actix_web::web::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(list::list).service(answer::ask).service(answer::give);
}
